import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Benchmark, Figure } from './figure.ts'
import { interleave } from './interleave.ts'
import { emptyNode, freshFolder, root, runtree } from './program.ts'
import { runProcess } from './run-process.ts'

const DOCUMENT_BYTES = 40_000

/** A document of 40 kB that the build knows nothing of. */
const writeDocument = (): string => {
  const path = join(freshFolder(), 'document.md')
  writeFileSync(path, readFileSync(join(root, 'runbooks/mks-node.md')).subarray(0, DOCUMENT_BYTES))
  return path
}

type Start = { readonly name: string; readonly args: readonly string[]; readonly limit: number }

const compare = async ({ name, args, limit }: Start, rounds: number): Promise<Figure> => {
  const { subjectMs, baselineMs, ratio } = await interleave({
    subject: () => {
      const { ms, stdout } = runProcess([...runtree, ...args])
      if (stdout === '') throw new Error(`runtree ${args.join(' ')} printed nothing`)
      return ms
    },
    baseline: () => runProcess(emptyNode).ms,
    rounds,
  })
  return {
    name: `${name} / node -e 0`,
    unit: 'x',
    spread: ratio,
    limit,
    parts: { runtree: subjectMs, 'node -e 0': baselineMs },
  }
}

/** Whole processes that print and end, against an engine that does nothing. */
export const startUp: Benchmark = {
  rounds: 20,
  shortRounds: 5,
  run: async rounds => {
    const starts: readonly Start[] = [
      { name: 'runtree --version', args: ['--version'], limit: 1.3 },
      { name: "runtree classify 'ls'", args: ['classify', 'ls'], limit: 2.5 },
      { name: 'runtree tree FILE --json, 40 kB', args: ['tree', writeDocument(), '--json'], limit: 2.5 },
    ]
    const figures: Figure[] = []
    for (const start of starts) figures.push(await compare(start, rounds))
    return { figures, skipped: [] }
  },
}
