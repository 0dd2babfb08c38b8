import type { Place } from '../base/index.ts'
import type { Keeping } from '../runtime/index.ts'
import type { Settings } from '../settings/index.ts'
import { type MachineTarget, parseMachineTarget } from '../targets/index.ts'
import type { Invocation } from './command.ts'
import { readSeed } from './drill/drill-seed.ts'
import { readVariablesFile } from './read-variables-file.ts'
import { UserError } from './user-error.ts'

/**
 * Where commands run: on this machine, on one that ssh reaches, or in a simulated cluster by the name of a world or a drill; or nowhere,
 * where an earlier session answers.
 */
export type TargetChoice =
  | MachineTarget
  | { readonly kind: 'sim'; readonly name: string }
  | { readonly kind: 'replay'; readonly session: string }

/** What settings and command line say about a session. `stateDir` is `undefined` for the default folder. */
export type SessionSettings = {
  readonly target: TargetChoice
  readonly readOnly: boolean
  readonly timeoutMs: number
  readonly stateDir: string | undefined
  /** How long the outputs of earlier sessions stay, and how much of them. */
  readonly keeping: Keeping
  readonly variables: ReadonlyMap<string, string>
  /** What is a secret beside what the program knows. */
  readonly secretPatterns?: Settings['redaction.patterns']
  /** What makes one simulated cluster differ from another. */
  readonly seed: number
  /** Where places are, each as a target that is yet to be read. */
  readonly places: ReadonlyMap<Place, string>
}

const parseVariable = (text: string): readonly [string, string] => {
  const equals = text.indexOf('=')
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)]
  throw new UserError({
    code: 'E_CLI_VARIABLE',
    // What stands behind the sign may be a secret.
    message: equals < 0 ? `--var ${text} gives no value.` : '--var names no variable in front of "=".',
    hint: 'Write --var NAME=VALUE.',
  })
}

const parsePlace = (text: string): readonly [Place, string] => {
  const equals = text.indexOf('=')
  if (equals > 0 && equals < text.length - 1) return [text.slice(0, equals), text.slice(equals + 1)]
  throw new UserError({
    code: 'E_CLI_PLACE',
    message: `--place ${text} does not say where a place is.`,
    hint: 'Write --place PLACE=TARGET, such as --place control-plane=ssh:cp-1.',
  })
}

const SIM = 'sim'
const REPLAY = 'replay:'

/** Reads a target as `--target` takes it; a UserError names what can be written. */
export const readTarget = (text: string): TargetChoice => {
  const target = parseMachineTarget(text)
  if (target !== undefined) return target
  if (text === SIM || text.startsWith(`${SIM}:`)) return { kind: 'sim', name: text.slice(SIM.length + 1) }
  if (text.startsWith(REPLAY) && text.length > REPLAY.length)
    return { kind: 'replay', session: text.slice(REPLAY.length) }
  throw new UserError({
    code: 'E_CLI_TARGET',
    message: `This version cannot reach the target "${text}".`,
    hint: 'Use --target local, the default, ssh:[user@]host[:port], sim, sim:WORLD, sim:DRILL, or replay:SESSION.',
  })
}

/** What the settings and the command line say about a session; a UserError names what cannot be right. */
export const sessionSettings = (invocation: Invocation): SessionSettings => {
  const { values } = invocation.settings
  const { target, readOnly, timeout, stateDir } = values
  return {
    target: readTarget(target),
    seed: readSeed(invocation),
    readOnly,
    timeoutMs: timeout,
    stateDir,
    keeping: { days: values['sessions.keepDays'], bytes: values['sessions.keepBytes'] },
    secretPatterns: values['redaction.patterns'],
    places: new Map((invocation.values.get('place') ?? []).map(parsePlace)),
    variables: new Map([
      ...(invocation.values.get('vars') ?? []).flatMap(readVariablesFile),
      ...(invocation.values.get('var') ?? []).map(parseVariable),
    ]),
  }
}
