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
  | { readonly kind: 'note'; readonly text: string }
  /** `holds` leaves only lines with that text. */
  | { readonly kind: 'output'; readonly command: number; readonly holds: string | undefined }
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
  '?': 'help',
  h: 'help',
  help: 'help',
  q: 'quit',
  quit: 'quit',
  exit: 'quit',
}

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
  { shape: /^(?:g |#|\/)\s*(\S.*)$/, entry: words => ({ kind: 'go', words: words ?? '' }) },
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
  { shape: /^p (\S.*)$/, entry: path => ({ kind: 'save-report', path: path ?? '' }) },
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

/** What can be typed, for help. */
export const entryHelp: readonly (readonly [string, string])[] = [
  ['r', 'run all commands of the step that only read'],
  ['c1', 'run command 1; "c1 LINE" runs LINE in its place'],
  ['n', 'take the recommended branch'],
  ['1', 'take branch 1'],
  [']', 'the next step of the document'],
  ['b', 'back to the step before; "." goes forward again'],
  ['u', 'back to the last branch that was taken'],
  ['g WORDS', 'go to a step of any runbook: its id, its number or words of its title'],
  ['m', 'list all steps, with what was visited and found'],
  ['o1', 'print the output of command 1 again; "o1 TEXT" only the lines that hold TEXT'],
  ['f', 'list what was found so far, and the step that deals with it'],
  ['t', 'show this step again'],
  ['v NAME=VALUE', 'give a placeholder its value'],
  ['v NAME', 'the same, and what you type then is not shown: for secrets'],
  ['v', 'list the placeholders of this step and their values'],
  ['! COMMAND', 'run a command of your own'],
  ['note TEXT', 'put a note into the journal'],
  ['j', 'what happened so far'],
  ['p', 'the report as it stands; "p FILE" saves it'],
  ['T', 'where commands run'],
  ['q', 'leave'],
]
