import { namesAt } from '../../../files/look-up.ts'
import { isBelow } from '../../../files/paths.ts'
import type { Call, Reply } from '../../../shell/program.ts'
import { Expression, type Trace } from './expression.ts'
import { type Found, foundAt } from './found.ts'

/** Where a walk begins, and the file systems that it is kept from. */
export type FindOrder = {
  readonly starts: readonly string[]
  readonly words: readonly string[]
  readonly beyond: readonly string[]
}

const isKeptFrom = ({ path, depth }: Found, beyond: readonly string[]): boolean =>
  depth > 0 && beyond.some(mount => path !== mount && isBelow(path, mount))

/** Whether a file system begins below where a walk does: the one that it begins on is not left. */
const liesWithin = (mount: string, { path }: Found): boolean => mount !== path && isBelow(mount, path)

type Walk = { readonly expression: Expression; readonly beyond: readonly string[] }

const visit = (call: Call, found: Found, walk: Walk): void => {
  const { expression, beyond } = walk
  if (isKeptFrom(found, beyond)) return
  if (found.depth >= expression.least) expression.holds(found)
  if (
    found.node.kind !== 'directory' ||
    found.depth >= expression.most ||
    expression.trace.pruned.has(found.path)
  )
    return
  for (const name of namesAt(call, found.path)) {
    const inner = foundAt(call, `${found.shown.replace(/\/+$/, '')}/${name}`, found.depth + 1)
    if (inner !== undefined) visit(call, inner, walk)
  }
}

const runAll = async ({ passage }: Call, { runs, removed }: Trace): Promise<{ out: string; err: string }> => {
  const said = { out: '', err: '' }
  const run = async (words: readonly string[]): Promise<void> => {
    const { stdout = '', stderr = '' } = await passage.runHere(words)
    said.out += stdout
    said.err += stderr
  }
  for (const { words, found, isJoined } of runs)
    if (!isJoined) await run(words.map(word => word.replaceAll('{}', found.shown)))
  const joined = runs.filter(({ isJoined }) => isJoined)
  const [first] = joined
  if (first !== undefined)
    await run(first.words.flatMap(word => (word === '{}' ? joined.map(({ found }) => found.shown) : [word])))
  for (const { shown, node } of [...removed].reverse())
    await run(node.kind === 'directory' ? ['rmdir', shown] : ['rm', '-f', shown])
  return said
}

/** Walks as find(1) of GNU does: tests, actions and all of its own. */
export const walkFind = async (call: Call, { starts, words, beyond }: FindOrder): Promise<Reply> => {
  const expression = new Expression(call, words)
  if (expression.problem !== undefined) return { stderr: `${expression.problem}\n`, exit: 1 }
  let missing = ''
  for (const start of starts) {
    const found = foundAt(call, start, 0)
    if (found === undefined) missing += `find: '${start}': No such file or directory\n`
    else visit(call, found, { expression, beyond: beyond.filter(mount => liesWithin(mount, found)) })
  }
  const { out, err } = await runAll(call, expression.trace)
  return { stdout: expression.trace.out.join('') + out, stderr: missing + err, exit: missing === '' ? 0 : 1 }
}
