import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Benchmark, Figure, Report } from './figure.ts'
import { spreadOf } from './interleave.ts'
import { findPid, peakMegabytes } from './processes.ts'
import { freshFolder, runtree } from './program.ts'
import { hasPty, openPty, type Pty } from './pty.ts'
import { hasProgram } from './run-process.ts'

const BYTES = 1e9
const ENTER = '\r'
const NEEDLE = 'such a line is here once'
const PATIENCE_MS = 60_000

type Files = { readonly output: string; readonly document: string }

/** A gigabyte of lines with one in the middle that is like no other, and a runbook that prints it. */
const writeFiles = (): Files => {
  const folder = freshFolder()
  const [output, document] = [join(folder, 'output.txt'), join(folder, 'large.md')]
  const descriptor = openSync(output, 'w')
  for (let size = 0, line = 0, isThere = false; size < BYTES; ) {
    let piece = ''
    for (const end = line + 10_000; line < end; line += 1)
      piece += `Nov 28 06:17:42 worker-2 kubelet[2214]: I1128 06:17:42.123456 2214 reconciler.go:224] line ${line}\n`
    if (!isThere && size > BYTES / 2) piece += `${NEEDLE}\n`
    isThere ||= size > BYTES / 2
    size += writeSync(descriptor, piece)
  }
  closeSync(descriptor)
  writeFileSync(document, `# Large\n\n\`\`\`bash\ncat ${output}\n\`\`\`\n`)
  return { output, document }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Types a key and waits for what it brings. */
const press = (pty: Pty, keys: string, text: string): Promise<number> =>
  timed(() => {
    pty.forget()
    pty.type(keys)
    return pty.shows(text, PATIENCE_MS)
  })

type Measured = {
  readonly megabytes: number
  readonly top: number
  readonly first: number
  readonly found: number
}

const search = async (pty: Pty): Promise<Pick<Measured, 'first' | 'found'>> => {
  await press(pty, '/', 'Enter')
  pty.type(NEEDLE)
  await pause(500)
  const start = performance.now()
  const first = await press(pty, ENTER, 'looks again')
  for (let isFound = false; !isFound; ) {
    if (performance.now() - start > PATIENCE_MS)
      throw new Error(
        'The line is not found. Of a disk that is nine tenths full only the beginning of an output is kept.',
      )
    const seen = pty.shows('match 1 of 1', 500).then(
      () => true,
      () => false,
    )
    pty.type('n')
    isFound = await seen
  }
  return { first, found: performance.now() - start }
}

const measure = async ({ document }: Files): Promise<Measured> => {
  const pty = openPty([...runtree, 'open', document, '--timeout', '10m'])
  try {
    await pty.shows('Not run yet')
    await press(pty, ENTER, 'Type yes')
    await press(pty, `yes${ENTER}`, 'done')
    const megabytes = peakMegabytes(findPid(`runtree.js open ${document}`))
    await press(pty, '\t', 'scroll')
    const top = await press(pty, 'g', '1–')
    return { megabytes, top, ...(await search(pty)) }
  } finally {
    pty.end()
  }
}

/** How long the pager takes to the same line. */
const lessTime = async ({ output }: Files): Promise<number> => {
  const pty = openPty(['less', `+/${NEEDLE}`, output])
  try {
    return await timed(() => pty.shows(NEEDLE, PATIENCE_MS))
  } finally {
    pty.end()
  }
}

const figuresOf = (runs: readonly Measured[], less: readonly number[]): readonly Figure[] => {
  const over = (read: (run: Measured) => number) => spreadOf(runs.map(read))
  return [
    {
      name: 'memory at 1 GB of output, analysed',
      unit: 'MB',
      spread: over(run => run.megabytes),
      limit: 200,
    },
    { name: 'from the end of 1 GB to its first line', unit: 'ms', spread: over(run => run.top) },
    { name: 'a search in 1 GB: to its first frame', unit: 'ms', spread: over(run => run.first) },
    {
      name: 'a search in 1 GB: to the line in the middle',
      unit: 'ms',
      spread: over(run => run.found),
      ...(less.length === 0 ? {} : { parts: { less: spreadOf(less) } }),
    },
  ]
}

const report = async (rounds: number): Promise<Report> => {
  const files = writeFiles()
  const runs: Measured[] = []
  const less: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    runs.push(await measure(files))
    if (hasProgram('less')) less.push(await lessTime(files))
  }
  return { figures: figuresOf(runs, less), skipped: [] }
}

/** An output of a gigabyte in the screen: what it takes in memory, and how it is gone through and searched. */
export const largeOutput: Benchmark = {
  rounds: 3,
  run: rounds =>
    hasPty()
      ? report(rounds)
      : { figures: [], skipped: ['script(1) is missing, so there is no terminal to draw on'] },
}
