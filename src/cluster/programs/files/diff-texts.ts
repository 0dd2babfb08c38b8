/** A run of lines that differ: `count` lines from `at` on, in the old and in the new text, counted from 0. */
export type Change = { readonly at: readonly [number, number]; readonly count: readonly [number, number] }

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
export const changesBetween = (before: readonly string[], after: readonly string[]): readonly Change[] => {
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

/** Two texts as lines. */
export type Texts = { readonly before: readonly string[]; readonly after: readonly string[] }

const span = (at: number, count: number): string =>
  count === 0 ? String(at) : count === 1 ? String(at + 1) : `${at + 1},${at + count}`

/** A change in the form of old. */
export const normal = ({ before, after }: Texts, { at, count }: Change): string => {
  const letter = count[0] === 0 ? 'a' : count[1] === 0 ? 'd' : 'c'
  const old = before.slice(at[0], at[0] + count[0]).map(line => `< ${line}\n`)
  const young = after.slice(at[1], at[1] + count[1]).map(line => `> ${line}\n`)
  const rule = letter === 'c' ? '---\n' : ''
  return `${span(at[0], count[0])}${letter}${span(at[1], count[1])}\n${old.join('')}${rule}${young.join('')}`
}

const CONTEXT = 3

/** Changes that lie so near to each other that their surroundings touch. */
export const hunksOf = (changes: readonly Change[]): readonly (readonly Change[])[] => {
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

/** Changes near each other, with what stands around them. */
export const unified = ({ before, after }: Texts, hunk: readonly Change[]): string => {
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
