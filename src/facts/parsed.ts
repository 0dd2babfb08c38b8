import type { Diagnostic } from '../base/index.ts'
import type { Facts, FactValue, Parsed } from './types.ts'

/** A fact's element, or a whole fact, with the line of stdout that it was read from. */
export type Located<T> = { readonly line: number; readonly value: T }

/** A record with optional cells; cells that are `undefined` are not known. */
export type Cells = Readonly<Record<string, FactValue | undefined>>

/** A fact value out of cells: those that are not known, or should be a number and are none, are left out. */
export const record = (cells: Cells): Readonly<Record<string, FactValue>> =>
  Object.fromEntries(
    Object.entries(cells).filter(
      (entry): entry is [string, FactValue] => entry[1] !== undefined && !Number.isNaN(entry[1]),
    ),
  )

/** Nothing was read and nothing is wrong. */
export const nothing: Parsed = { facts: {}, lines: new Map(), diagnostics: [] }

/** A list fact: one element a row, each with its line. An empty list says that there is none of it. */
export const listFact = (name: string, rows: readonly Located<FactValue>[]): Parsed => ({
  facts: { [name]: rows.map(row => row.value) },
  lines: new Map(rows.map((row, index) => [`${name}[${index}]`, row.line])),
  diagnostics: [],
})

/** A fact that is one value. */
export const singleFact = (name: string, { line, value }: Located<FactValue>): Parsed => ({
  facts: { [name]: value },
  lines: new Map([[name, line]]),
  diagnostics: [],
})

/** A complaint about an output, at a line of it (0 for the whole). */
export const complain = (code: string, message: string, line = 1): Parsed => {
  const at = { line: Math.max(1, line), column: 1 }
  const advice = 'Check the output itself; conditions over these facts stay unknown.'
  const diagnostic: Diagnostic = { code, severity: 'warning', message, advice, span: { start: at, end: at } }
  return { facts: {}, lines: new Map(), diagnostics: [diagnostic] }
}

/** Puts what several readings of one output gave side by side; of a fact read twice the first stands. */
export const combine = (parts: readonly Parsed[]): Parsed => ({
  facts: Object.assign({}, ...parts.toReversed().map(part => part.facts)),
  lines: new Map(parts.toReversed().flatMap(part => [...part.lines])),
  diagnostics: parts.flatMap(part => part.diagnostics),
})

const shifted = (path: string, before: Facts): string =>
  path.replace(/^(\w+)\[(\d+)\]/, (whole, name: string, index: string) => {
    const rows = before[name]
    return Array.isArray(rows) ? `${name}[${Number(index) + rows.length}]` : whole
  })

const append = (one: Parsed, other: Parsed): Parsed => {
  const added = Object.entries(other.facts).map(([name, value]) => {
    const known = one.facts[name]
    return [name, Array.isArray(known) && Array.isArray(value) ? [...known, ...value] : (known ?? value)]
  })
  const lines = [...other.lines].map(([path, line]) => [shifted(path, one.facts), line] as const)
  return {
    facts: { ...one.facts, ...Object.fromEntries(added) },
    lines: new Map([...lines, ...one.lines]),
    diagnostics: [...one.diagnostics, ...other.diagnostics],
  }
}

/** Puts what outputs of one family gave one behind another: the rows of a list follow each other, of a single value the first stands. */
export const inARow = (parts: readonly Parsed[]): Parsed => parts.reduce(append, nothing)
