import type { MarkGoal } from './walk-marks.ts'

/** What can be copied. */
export type CopyKind = 'command' | 'output' | 'step' | 'report'

/** What someone typed at the prompt of the plain mode. Numbers count from 1, as shown. */
export type Entry =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'run'; readonly command: number }
  | { readonly kind: 'run-reads' }
  | { readonly kind: 'edit'; readonly command: number; readonly line: string }
  | { readonly kind: 'branch'; readonly branch: number }
  | { readonly kind: 'simple'; readonly name: SimpleEntry }
  | { readonly kind: 'go'; readonly words: string }
  | { readonly kind: 'ad-hoc'; readonly line: string }
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'ask-value'; readonly name: string }
  | { readonly kind: 'place'; readonly place: string; readonly target: string }
  | { readonly kind: 'note'; readonly text: string }
  /** `holds` leaves only lines with that text. */
  | { readonly kind: 'output'; readonly command: number; readonly holds: string | undefined }
  /** A line of an output with those around it. */
  | { readonly kind: 'lines'; readonly command: number; readonly around: number }
  /** Without a command's number: of the first. */
  | { readonly kind: 'copy'; readonly what: CopyKind; readonly command: number }
  | { readonly kind: 'mark'; readonly goal: MarkGoal }
  | { readonly kind: 'search'; readonly words: string }
  | { readonly kind: 'save-report'; readonly path: string }
  | { readonly kind: 'unknown'; readonly text: string }

/** Entries without an argument. */
export type SimpleEntry =
  | 'recommended'
  | 'next'
  | 'back'
  | 'forward'
  | 'up'
  | 'step'
  | 'steps'
  | 'findings'
  | 'values'
  | 'target'
  | 'journal'
  | 'times'
  | 'keys'
  | 'report'
  | 'help'
  | 'quit'

const simple: Readonly<Record<string, SimpleEntry>> = {
  n: 'recommended',
  ']': 'next',
  '[': 'back',
  b: 'back',
  '.': 'forward',
  u: 'up',
  t: 'step',
  m: 'steps',
  f: 'findings',
  v: 'values',
  T: 'target',
  target: 'target',
  j: 'journal',
  J: 'journal',
  p: 'report',
  times: 'times',
  keys: 'keys',
  '?': 'help',
  h: 'help',
  help: 'help',
  q: 'quit',
  quit: 'quit',
  exit: 'quit',
}

const copied: Readonly<Record<string, CopyKind>> = { c: 'command', o: 'output', s: 'step', p: 'report' }

type Form = { readonly shape: RegExp; readonly entry: (...groups: readonly string[]) => Entry }

const forms: readonly Form[] = [
  { shape: /^$/, entry: () => ({ kind: 'nothing' }) },
  { shape: /^(?:r|R)$/, entry: () => ({ kind: 'run-reads' }) },
  { shape: /^c ?(\d+)$/, entry: number => ({ kind: 'run', command: Number(number) }) },
  {
    shape: /^c ?(\d+)\s+(\S.*)$/,
    entry: (number, line) => ({ kind: 'edit', command: Number(number), line: line ?? '' }),
  },
  { shape: /^(\d+)$/, entry: number => ({ kind: 'branch', branch: Number(number) }) },
  { shape: /^(?:g |#)\s*(\S.*)$/, entry: words => ({ kind: 'go', words: words ?? '' }) },
  { shape: /^\/\s*(\S.*)$/, entry: words => ({ kind: 'search', words: words ?? '' }) },
  { shape: /^!\s*(\S.*)$/, entry: line => ({ kind: 'ad-hoc', line: line ?? '' }) },
  {
    shape: /^v ([^=\s]+)\s*=\s*(.*)$/,
    entry: (name, value) => ({ kind: 'set', name: name ?? '', value: value ?? '' }),
  },
  { shape: /^v ([^=\s]+)$/, entry: name => ({ kind: 'ask-value', name: name ?? '' }) },
  { shape: /^o ?(\d+)$/, entry: number => ({ kind: 'output', command: Number(number), holds: undefined }) },
  {
    shape: /^o ?(\d+)\s+(\S.*)$/,
    entry: (number, holds) => ({ kind: 'output', command: Number(number), holds }),
  },
  {
    shape: /^l ?(\d+)\s+(\d+)$/,
    entry: (command, line) => ({ kind: 'lines', command: Number(command), around: Number(line) }),
  },
  {
    shape: /^y ?([cosp])(?: ?(\d+))?$/,
    entry: (what = '', command = '1') => ({
      kind: 'copy',
      what: copied[what] ?? 'command',
      command: Number(command),
    }),
  },
  {
    shape: /^([eEwW])$/,
    entry: (key = '') => ({
      kind: 'mark',
      goal: { direction: /[ew]/.test(key) ? 'next' : 'before', kinds: /e/i.test(key) ? 'all' : 'warnings' },
    }),
  },
  { shape: /^p (\S.*)$/, entry: path => ({ kind: 'save-report', path: path ?? '' }) },
  {
    shape: /^place (\S+)\s+(\S.*)$/,
    entry: (place, target) => ({ kind: 'place', place: place ?? '', target: target ?? '' }),
  },
  { shape: /^note (\S.*)$/, entry: text => ({ kind: 'note', text: text ?? '' }) },
]

/** Reads one line of the plain mode. */
export const parseEntry = (line: string): Entry => {
  const text = line.trim()
  const name = Object.hasOwn(simple, text) ? simple[text] : undefined
  if (name !== undefined) return { kind: 'simple', name }
  for (const { shape, entry } of forms) {
    const match = shape.exec(text)
    if (match !== null) return entry(...match.slice(1))
  }
  return { kind: 'unknown', text }
}

/** The word without an argument that a line is; `undefined` for any other line. */
export const simpleEntry = (line: string): SimpleEntry | undefined => {
  const entry = parseEntry(line)
  return entry.kind === 'simple' ? entry.name : undefined
}
