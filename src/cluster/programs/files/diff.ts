import { nodeAt } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { readFileText } from './read-file.ts'

/** A run of lines that differ: `count` lines from `at` on, in the old and in the new text, counted from 0. */
type Change = { readonly at: readonly [number, number]; readonly count: readonly [number, number] }

/** How many lines the ends of two texts have in common at most, for each pair of starts. */
const commonLengths = (before: readonly string[], after: readonly string[]): readonly Uint32Array[] => {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1))
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const row = lengths[i]
      if (row !== undefined)
        row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  return lengths
}

/** Where two texts differ, in order. */
const changesBetween = (before: readonly string[], after: readonly string[]): readonly Change[] => {
  const lengths = commonLengths(before, after)
  const found: Change[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      i += 1
      j += 1
      continue
    }
    const start: [number, number] = [i, j]
    while ((i < before.length || j < after.length) && (i >= before.length || before[i] !== after[j]))
      if (
        j >= after.length ||
        (i < before.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))
      )
        i += 1
      else j += 1
    found.push({ at: start, count: [i - start[0], j - start[1]] })
  }
  return found
}

type Texts = { readonly before: readonly string[]; readonly after: readonly string[] }

const span = (at: number, count: number): string =>
  count === 0 ? String(at) : count === 1 ? String(at + 1) : `${at + 1},${at + count}`

const normal = ({ before, after }: Texts, { at, count }: Change): string => {
  const letter = count[0] === 0 ? 'a' : count[1] === 0 ? 'd' : 'c'
  const old = before.slice(at[0], at[0] + count[0]).map(line => `< ${line}\n`)
  const young = after.slice(at[1], at[1] + count[1]).map(line => `> ${line}\n`)
  const rule = letter === 'c' ? '---\n' : ''
  return `${span(at[0], count[0])}${letter}${span(at[1], count[1])}\n${old.join('')}${rule}${young.join('')}`
}

const CONTEXT = 3

/** Changes that lie so near to each other that their surroundings touch. */
const hunksOf = (changes: readonly Change[]): readonly (readonly Change[])[] => {
  const hunks: Change[][] = []
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1)
    if (last !== undefined && change.at[0] - (last.at[0] + last.count[0]) <= 2 * CONTEXT)
      hunks.at(-1)?.push(change)
    else hunks.push([change])
  }
  return hunks
}

const unifiedSpan = (at: number, count: number): string =>
  count === 1 ? String(at + 1) : `${count === 0 ? at : at + 1},${count}`

const unified = ({ before, after }: Texts, hunk: readonly Change[]): string => {
  const [first] = hunk
  const last = hunk.at(-1)
  if (first === undefined || last === undefined) return ''
  const from = Math.max(0, first.at[0] - CONTEXT)
  const to = Math.min(before.length, last.at[0] + last.count[0] + CONTEXT)
  const shift = first.at[1] - first.at[0]
  const grown = hunk.reduce((sum, { count }) => sum + count[1] - count[0], 0)
  let at = from
  let text = `@@ -${unifiedSpan(from, to - from)} +${unifiedSpan(from + shift, to - from + grown)} @@\n`
  const keep = (end: number): void => {
    for (; at < end; at++) text += ` ${before[at]}\n`
  }
  for (const { at: start, count } of hunk) {
    keep(start[0])
    for (; at < start[0] + count[0]; at++) text += `-${before[at]}\n`
    text += after
      .slice(start[1], start[1] + count[1])
      .map(line => `+${line}\n`)
      .join('')
  }
  keep(to)
  return text
}

const stampOf = (call: Call, path: string): string => {
  const ms = nodeAt(call.machine.files, resolvePath(call.cwd, path))?.mtimeMs ?? call.world.nowMs
  const [date = '', time = ''] = new Date(ms).toISOString().split('T')
  return `${date} ${time.slice(0, 8)}.000000000 +0000`
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

const read = (call: Call, path: string): ReturnType<typeof readFileText> =>
  path === '-' ? { text: call.stdin } : readFileText(call, path)

/** diff(1) of two files, in its own form or, with -u, with what stands around the changes. */
export const diff: Program = {
  names: ['diff'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const flags = call.args.filter(arg => /^-./.test(arg))
    const [old = '', young = '', ...more] = call.args.filter(arg => !/^-./.test(arg))
    if (young === '' || more.length > 0)
      return {
        stderr: `diff: ${young === '' ? `missing operand after '${old === '' ? 'diff' : old}'` : `extra operand '${more[0]}'`}\ndiff: Try 'diff --help' for more information.\n`,
        exit: 2,
      }
    const found = [old, young].map(path => ({ path, ...read(call, path) }))
    const errors = found.flatMap(one => ('error' in one ? [`diff: ${one.path}: ${one.error}\n`] : []))
    if (errors.length > 0) return { stderr: errors.join(''), exit: 2 }
    const isLoose = flags.some(flag => /^-\w*[wb]/.test(flag))
    const [before = [], after = []] = found.map(one =>
      linesOf('text' in one ? one.text : '').map(line =>
        isLoose ? line.trim().replaceAll(/\s+/g, ' ') : line,
      ),
    )
    const changes = changesBetween(before, after)
    if (changes.length === 0) return {}
    if (flags.some(flag => /^(-\w*q|--brief)/.test(flag)))
      return { stdout: `Files ${old} and ${young} differ\n`, exit: 1 }
    if (!flags.some(flag => /^(-\w*u|--unified)/.test(flag)))
      return { stdout: changes.map(change => normal({ before, after }, change)).join(''), exit: 1 }
    const head = `--- ${old}\t${stampOf(call, old)}\n+++ ${young}\t${stampOf(call, young)}\n`
    return {
      stdout:
        head +
        hunksOf(changes)
          .map(hunk => unified({ before, after }, hunk))
          .join(''),
      exit: 1,
    }
  },
}
