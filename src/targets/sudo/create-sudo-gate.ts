import type { CommandRequest, Outcome } from '../../base/index.ts'
import type { Executor, OutputSink } from '../types.ts'
import { clientFunction } from './helper-script.ts'
import { bareRootFunction, callsSudo, probeLine } from './lines.ts'
import { runQuietly } from './run-quietly.ts'
import { startHelper } from './start-helper.ts'
import { passwordRefused, sudoAbsent, wantsPassword, wordSudoRefusal } from './word-refusal.ts'

/** How sudo can be used on a target; what is `unknown` is found out at the next command that calls it. */
type Standing =
  | { readonly kind: 'unknown' | 'free' | 'bare-root' }
  | { readonly kind: 'served'; readonly folder: string }
  /** A person has just refused: the same command asks again, others do not. */
  | { readonly kind: 'refused'; readonly line: string }

type Settled = { readonly standing: Standing; readonly refusal?: Outcome }

/** Whether a person may be asked for a password on the terminal. */
export type Asking = 'never' | 'on-terminal'

const note = 'sudo is not installed here; you are root already, so the command runs without it.\n'
const ERRORS_KEPT = 2000
const unknown: Standing = { kind: 'unknown' }

type Question = {
  readonly executor: Executor
  readonly asking: Asking
  readonly line: string
  readonly sink: OutputSink
  readonly signal: AbortSignal
}

/** Finds out how things stand with sudo, asking the person where that is needed and allowed. */
const settle = async ({ executor, asking, line, sink, signal }: Question): Promise<Settled> => {
  const { host } = executor.target
  const { outcome, text } = await runQuietly(executor, probeLine, signal)
  if (outcome.kind !== 'exited') return { standing: unknown, refusal: outcome }
  const [word = '', ...said] = text.trim().split('\n')
  if (word === 'absent') return { standing: unknown, refusal: sudoAbsent(host) }
  if (word !== 'told') return { standing: { kind: word === 'bare-root' ? 'bare-root' : 'free' } }
  const words = said.join('\n')
  if (wantsPassword(words) && asking === 'on-terminal') {
    const started = await startHelper(executor, signal)
    return started.ok
      ? { standing: { kind: 'served', folder: started.value } }
      : { standing: { kind: 'refused', line }, refusal: started.error }
  }
  sink({ stream: 'stderr', text: `${words}\n` })
  return { standing: unknown, refusal: wordSudoRefusal(host, words) }
}

const withSudo = (request: CommandRequest, standing: Standing): CommandRequest => {
  if (standing.kind === 'served')
    return { ...request, line: `${clientFunction(standing.folder)}${request.line}` }
  return standing.kind === 'bare-root' ? { ...request, line: `${bareRootFunction}${request.line}` } : request
}

/**
 * Lets commands use sudo on a target whose commands have no terminal. What needs no password runs as it is. Where one is needed, sudo
 * itself asks for it on the real terminal, once, and starts a helper that serves the session; this program never sees it. Where nobody
 * may be asked, or sudo forbids it, the command is not begun and the outcome says why.
 */
export const createSudoGate = (executor: Executor, asking: Asking): Executor => {
  const { host } = executor.target
  let standing: Standing = unknown

  const runHere: Executor['run'] = async (request, sink, signal) => {
    if (standing.kind === 'bare-root') sink({ stream: 'stderr', text: note })
    let errors = ''
    const watch: OutputSink = chunk => {
      if (chunk.stream === 'stderr') errors = `${errors}${chunk.text}`.slice(-ERRORS_KEPT)
      sink(chunk)
    }
    const outcome = await executor.run(withSudo(request, standing), watch, signal)
    const isOver = outcome.kind === 'lost' || outcome.kind === 'not-started' || wantsPassword(errors)
    if (isOver) standing = unknown
    return outcome
  }

  return {
    target: executor.target,
    run: async (request, sink, signal) => {
      const { line, mode } = request
      if (mode === 'interactive' || !callsSudo(line)) return executor.run(request, sink, signal)
      if (standing.kind === 'refused' && standing.line !== line) return passwordRefused(host)
      if (standing.kind === 'unknown' || standing.kind === 'refused') {
        const settled = await settle({ executor, asking, line, sink, signal })
        standing = settled.standing
        if (settled.refusal !== undefined) return settled.refusal
      }
      return runHere(request, sink, signal)
    },
    close: async () => {
      if (standing.kind === 'served')
        await runQuietly(executor, `rm -rf ${standing.folder}`, new AbortController().signal)
      await executor.close()
    },
  }
}
