import type { Bash } from 'just-bash/browser'
import { DUE_PATH } from '../files/redirections.ts'
import { type Instruments, instrumentScript } from './instrument.ts'
import { farewellOf, type Memory, noteScript } from './memory.ts'
import { inWorldTerms, type Parse } from './rewrite.ts'
import { onlyCommand, type Script, type Statement, wordsOf } from './script.ts'

/** How the script that runs next is to be run. */
export type Occasion = {
  /** The memory of the shell whose line it is; without one it is a script within a line. */
  readonly memory: Memory | undefined
  /** Which of the variables that it remembers as handed to it are set. */
  readonly handed: readonly string[]
  /** Whether a person sees the output as it comes. */
  readonly isWatched: boolean
  /** Whether somebody wants the output of each command at once. */
  readonly isHeard?: boolean
  /** Whether a deadline stands. */
  readonly isTimed: boolean
  /** What runs in place of the text, which is then of no matter. */
  readonly statements?: readonly Statement[] | undefined
}

/** The commands that a scribe writes into scripts; see there. */
export const scribeWords = {
  due: '__due',
  keep: '__keep',
  arrays: '__arrays',
  parts: '__parts',
  job: '__job',
} as const

// By their paths they are found whatever PATH says.
const DUE = `/usr/bin/${scribeWords.due}`
const KEEP = `/usr/bin/${scribeWords.keep}`
const ARRAYS = `/usr/bin/${scribeWords.arrays}`
const PARTS = `/usr/bin/${scribeWords.parts}`
const JOB = `/usr/bin/${scribeWords.job}`
const CHECK = `[[ ! -e ${DUE_PATH} ]] || { ${KEEP} 130; exit 130; }`
const BETWEEN = `eval "$(${DUE} "$?")"`

const parserFor = (bash: Bash, guard: { isOpen: boolean }): Parse => {
  const known = new Map<string, readonly Statement[]>()
  return text => {
    const before = known.get(text)
    if (before !== undefined) return before
    guard.isOpen = true
    try {
      const { statements } = bash.transform(text).ast
      known.set(text, statements)
      return statements
    } catch {
      return []
    } finally {
      guard.isOpen = false
    }
  }
}

const leaveText = (occasion: Occasion, farewell: string): string | undefined => {
  const keep = occasion.memory === undefined ? '' : `${KEEP} "$?" leave`
  if (farewell === '') return keep === '' ? undefined : `{ ${keep}; }`
  return `{ __s=$?\n${farewell}\n(exit $__s)\n${keep}\n}`
}

/** Keeps a statement for the background and gives the number that it is begun by. */
export type Detach = (statement: Statement) => number

type Desk = { readonly parse: Parse; readonly detach: Detach }

const instrumentsFor = (occasion: Occasion, farewell: string, { parse, detach }: Desk): Instruments => {
  const leave = leaveText(occasion, farewell)
  return {
    check: parse(CHECK),
    between: occasion.isTimed ? parse(BETWEEN) : [],
    isShownAtOnce: occasion.isHeard === true,
    shown: occasion.isWatched ? parse('{ :; } > /dev/tty 2>&1')[0] : undefined,
    detach: statement => {
      const [begin] = parse(`eval "$(${JOB} ${detach(statement)})"`)
      return begin ?? statement
    },
    leave: leave === undefined ? undefined : parse(leave)[0],
  }
}

const before = (
  { functions, settings, arrays, status, parts }: Memory,
  handed: readonly string[],
  parse: Parse,
): Statement[] => [
  ...functions.values(),
  ...settings,
  ...(arrays === '' ? [] : parse(arrays)),
  ...(handed.length === 0 ? [] : parse(`export ${handed.join(' ')}`)),
  ...(status === 0 && parts.length === 0 ? [] : parse(endedText(status, parts))),
]

/** What ends as told. The interpreter notes in PIPESTATUS how a simple command ends, and how parts of any kind do. */
const endedText = (status: number, parts: readonly number[]): string =>
  parts.length === 0 ? `eval "(exit ${status})"` : parts.map(part => `(exit ${part})`).join(' | ')

const endsInPipeline = (statements: readonly Statement[]): boolean =>
  (statements.at(-1)?.pipelines.at(-1)?.commands.length ?? 0) > 1

const after = (
  { arrayNames }: Memory,
  statements: readonly Statement[],
  parse: Parse,
): readonly Statement[] => [
  ...(endsInPipeline(statements) ? parse(`${PARTS} "$?" "\${PIPESTATUS[@]}"`) : []),
  ...(arrayNames.size === 0
    ? []
    : parse(`${ARRAYS} "$?" "$(declare -p ${[...arrayNames].join(' ')} 2>/dev/null)"`)),
]

/** What a script within a line runs at its end, by its own `trap … EXIT`. */
const farewellIn = (statements: readonly Statement[]): string =>
  statements
    .map(statement => onlyCommand(statement))
    .map(command => (command === undefined ? undefined : farewellOf(wordsOf(command))))
    .findLast(text => text !== undefined) ?? ''

/**
 * Prepares each script that an interpreter runs: `__due` in it asks whether it may go on, `__keep` and `__arrays` keep a shell's state.
 * `occasion` is asked once a script; `detach` takes what is to run in the background, which `__job` begins.
 */
export const employScribe = (bash: Bash, occasion: () => Occasion, detach: Detach): void => {
  const guard = { isOpen: false }
  const parse = parserFor(bash, guard)
  const prepare = (written: Script): Script => {
    const { memory, statements, ...rest } = occasion()
    const script = statements === undefined ? written : { ...written, statements: [...statements] }
    const given = memory === undefined ? [] : before(memory, rest.handed, parse)
    if (memory !== undefined) noteScript(memory, script.statements)
    const farewell = memory === undefined ? farewellIn(script.statements) : memory.farewell
    const instruments = instrumentsFor({ memory, ...rest }, farewell, { parse, detach })
    const done = instrumentScript(script, instruments)
    const last =
      memory === undefined
        ? farewell !== ''
          ? [instruments.leave]
          : []
        : after(memory, script.statements, parse)
    const end = last.filter(statement => statement !== undefined)
    return inWorldTerms({ ...done, statements: [...given, ...done.statements, ...end] }, parse)
  }
  bash.registerTransformPlugin({
    name: 'scribe',
    transform: ({ ast }) => ({ ast: guard.isOpen ? ast : prepare(ast) }),
  })
}
