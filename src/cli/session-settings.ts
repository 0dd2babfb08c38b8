import { type Destination, parseDestination } from '../targets/index.ts'
import { type Invocation, lastValue } from './command.ts'
import { parseDuration } from './parse-duration.ts'
import { UserError } from './user-error.ts'

const DEFAULT_TIMEOUT_MS = 30_000

/** Where commands run: on this machine, or on one that ssh reaches. */
export type TargetChoice =
  | { readonly kind: 'local' }
  | { readonly kind: 'ssh'; readonly destination: Destination }

/** What the command line says about a session. `stateDir` is `undefined` for the default folder. */
export type SessionSettings = {
  readonly target: TargetChoice
  readonly readOnly: boolean
  readonly timeoutMs: number
  readonly stateDir: string | undefined
  readonly variables: ReadonlyMap<string, string>
}

const parseVariable = (text: string): readonly [string, string] => {
  const equals = text.indexOf('=')
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)]
  throw new UserError({
    code: 'E_CLI_VARIABLE',
    message: `--var ${text} names no value.`,
    hint: 'Write --var NAME=VALUE.',
  })
}

const SSH = 'ssh:'

const parseTarget = (text: string): TargetChoice => {
  if (text === 'local') return { kind: 'local' }
  const destination = text.startsWith(SSH) ? parseDestination(text.slice(SSH.length)) : undefined
  if (destination !== undefined) return { kind: 'ssh', destination }
  throw new UserError({
    code: 'E_CLI_TARGET',
    message: `This version cannot reach the target "${text}".`,
    hint: 'Use --target local, the default, or --target ssh:[user@]host[:port].',
  })
}

/** Reads the options that every session takes; a UserError names what cannot be right. */
export const sessionSettings = (invocation: Invocation): SessionSettings => {
  const timeout = lastValue(invocation, 'timeout')
  return {
    target: parseTarget(lastValue(invocation, 'target') ?? 'local'),
    readOnly: invocation.flags.has('read-only'),
    timeoutMs: timeout === undefined ? DEFAULT_TIMEOUT_MS : parseDuration(timeout),
    stateDir: lastValue(invocation, 'state-dir'),
    variables: new Map((invocation.values.get('var') ?? []).map(parseVariable)),
  }
}
