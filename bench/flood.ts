import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { quantile } from './cost.ts'
import type { Benchmark, Figure, Report } from './figure.ts'
import { type Flood, lineBegins, openFlood, rawScreen, writer } from './flood-stream.ts'
import { spreadOf } from './interleave.ts'
import { cpuSeconds, findPid, peakMegabytes } from './processes.ts'
import { runtree } from './program.ts'
import { hasPty, openPty, type Pty } from './pty.ts'
import { hasProgram } from './run-process.ts'

const FRAME_MS = 33
const ENTER = '\r'
/** Opens the field for a command of one's own. */
const OWN_COMMAND = '!'
/** What is typed there: letters that are nowhere else on the screen, so that each frame that shows one is the first. */
const LETTERS = [...'αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩабвгджзийклмнптуфцчшщъыьэюя']

const startRun = async (pty: Pty, { begin }: Flood): Promise<void> => {
  await pty.shows('Not run yet')
  pty.type(ENTER)
  await pty.shows('Type yes')
  pty.type(`yes${ENTER}`)
  begin()
  await pty.shows(lineBegins)
  await pause(2_000)
}

/** Types letter after letter; how long each time from the key to the letter on the terminal. */
const keyTimes = async (pty: Pty): Promise<readonly number[]> => {
  const times: number[] = []
  pty.forget()
  pty.type(OWN_COMMAND)
  await pty.shows('Enter')
  for (const [at, letter] of LETTERS.entries()) {
    pty.forget()
    const start = performance.now()
    pty.type(letter)
    await pty.shows(letter)
    times.push(performance.now() - start)
    await pause(100 + (at % 7) * 11)
  }
  return times
}

const rawCpu = async (linesPerSecond: number, seconds: number): Promise<number> => {
  const source = spawn(process.execPath, ['-e', writer(linesPerSecond)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const screen = spawn(process.execPath, ['-e', rawScreen], { stdio: [source.stdout, 'ignore', 'ignore'] })
  await pause(2_000)
  const before = cpuSeconds(screen.pid ?? 0)
  await pause(seconds * 1_000)
  const spent = cpuSeconds(screen.pid ?? 0) - before
  source.kill('SIGKILL')
  screen.kill('SIGKILL')
  return (100 * spent) / seconds
}

/** The pager that everybody knows, following the same stream; `undefined` where it is not installed. */
const lessCpu = async (linesPerSecond: number, seconds: number): Promise<number | undefined> => {
  if (!hasProgram('less')) return undefined
  const stream = openFlood(linesPerSecond)
  const pty = openPty(['less', '+F', '-f', stream.pipe])
  try {
    stream.begin()
    await pty.shows(lineBegins)
    await pause(2_000)
    const pid = findPid(`^less [+]F -f ${stream.pipe}`)
    const before = cpuSeconds(pid)
    await pause(seconds * 1_000)
    return (100 * (cpuSeconds(pid) - before)) / seconds
  } finally {
    pty.end()
    stream.end()
  }
}

const SECONDS = 5

type Measured = { readonly keys: readonly number[]; readonly cpuPercent: number; readonly megabytes: number }

const measureRun = async (pty: Pty, document: string): Promise<Measured> => {
  const pid = findPid(`runtree.js open ${document}`)
  const before = cpuSeconds(pid)
  await pause(SECONDS * 1_000)
  const cpuPercent = (100 * (cpuSeconds(pid) - before)) / SECONDS
  return { cpuPercent, keys: await keyTimes(pty), megabytes: peakMegabytes(pid) }
}

const measure = async (linesPerSecond: number): Promise<Measured> => {
  const stream = openFlood(linesPerSecond)
  const pty = openPty([...runtree, 'open', stream.document, '--timeout', '10m'])
  // A flood that nobody ends would slow down all that is measured afterwards.
  try {
    await startRun(pty, stream)
    return await measureRun(pty, stream.document)
  } finally {
    pty.end()
    stream.end()
  }
}

const ofKeys = (rate: number, runs: readonly Measured[]): readonly Figure[] => {
  const limits = rate === 10_000 ? { half: 0.3, most: 1.2 } : { half: 0.5, most: 2.4 }
  const over = (share: number) => spreadOf(runs.map(({ keys }) => quantile(keys, share) / FRAME_MS))
  const name = `key to frame at ${rate.toLocaleString('en')} lines a second`
  return [
    { name: `${name}: median / a frame of ${FRAME_MS} ms`, unit: 'x', spread: over(0.5), limit: limits.half },
    { name: `${name}: 99th percentile / a frame`, unit: 'x', spread: over(0.99), limit: limits.most },
  ]
}

const report = async (rounds: number): Promise<Report> => {
  const figures: Figure[] = []
  for (const rate of [10_000, 100_000]) {
    const runs: Measured[] = []
    const raw: number[] = []
    const less: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      runs.push(await measure(rate))
      raw.push(await rawCpu(rate, SECONDS))
      const percent = await lessCpu(rate, SECONDS)
      if (percent !== undefined) less.push(percent)
    }
    const cpu = runs.map(({ cpuPercent }) => cpuPercent)
    figures.push(...ofKeys(rate, runs))
    figures.push({
      name: `processor at ${rate.toLocaleString('en')} lines a second / a raw writer of rows`,
      unit: 'x',
      spread: spreadOf(cpu.map((percent, at) => percent / (raw[at] || 1))),
      ...(rate === 10_000 ? { limit: 12 } : {}),
    })
    figures.push({
      name: `processor at ${rate.toLocaleString('en')} lines a second, of one core`,
      unit: '%',
      spread: spreadOf(cpu),
      ...(rate === 10_000 ? { limit: 40 } : {}),
      ...(less.length === 0 ? {} : { parts: { 'less +F': spreadOf(less) } }),
    })
    figures.push({
      name: `memory at ${rate.toLocaleString('en')} lines a second`,
      unit: 'MB',
      spread: spreadOf(runs.map(({ megabytes }) => megabytes)),
    })
  }
  return { figures, skipped: [] }
}

/** Keys while output floods the screen, and what drawing it costs. */
export const flood: Benchmark = {
  rounds: 3,
  run: rounds =>
    hasPty()
      ? report(rounds)
      : { figures: [], skipped: ['script(1) is missing, so there is no terminal to draw on'] },
}
