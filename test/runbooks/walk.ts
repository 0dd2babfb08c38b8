import { outcomeOf } from '../../src/cli/cases/judge-case.ts'
import type { Recorded } from '../../src/cli/cases/types.ts'
import { parsers } from '../../src/facts/index.ts'
import {
  type CloseStatus,
  type DecideContext,
  decide,
  decideAuto,
  emptySession,
  evolve,
  foundCauses,
  type Intent,
  type Session,
} from '../../src/session/index.ts'
import type { Tree } from '../../src/tree/index.ts'
import { capture, knowledge, library } from './kit.ts'

/** A machine as a walk meets it: the first entry whose pattern `run` fits a command answers it; what fits none is not installed. */
export type Machine = readonly Recorded[]

/** A walk and where it should lead. */
export type Walk = {
  readonly name: string
  readonly start?: string
  readonly machine: Machine
  readonly expect: {
    readonly path: readonly string[]
    readonly status: CloseStatus
    readonly causes: readonly string[]
  }
}

/** Where a walk went, how it ended, and what it found, the cause to act on first in front. */
export type Walked = {
  readonly path: readonly string[]
  readonly status: CloseStatus
  readonly causes: readonly string[]
}

const at = '2026-11-21T10:20:31.000Z'

const answer = (machine: Machine, line: string): Recorded => {
  const found = machine.find(({ run }) => new RegExp(run).test(line))
  const program = /^(?:sudo )?(\S+)/.exec(line)?.[1] ?? line
  return found ?? { run: line, exit: 127, err: `bash: ${program}: command not found\n` }
}

/** Walks a runbook on a machine as `auto` does, without a person. */
export const walkMachine = (tree: Tree, machine: Machine, start: string): Walked => {
  const outputs = new Map<string, ReturnType<typeof capture>>()
  const context: DecideContext = {
    library,
    parsers,
    knowledge,
    defaultTimeoutMs: 30_000,
    outputOf: runId => outputs.get(runId),
  }
  let session: Session = emptySession
  const go = (intent: Intent): void => {
    const decision = decide({ session, intent, context })
    if (decision.kind === 'refused') throw new Error(`${intent.type}: ${decision.refusal.text}`)
    for (const event of decision.events) session = evolve(session, { ...event, seq: session.seq + 1, at })
  }
  go({ type: 'begin', header: headerOf(tree), at: { runbook: tree.name, step: start } })
  for (;;) {
    const running = [...session.runs.values()].find(({ phase }) => phase === 'running')
    if (running !== undefined) {
      const recorded = answer(machine, running.line)
      const output = capture(recorded)
      outputs.set(running.runId, output)
      go({
        type: 'report-outcome',
        runId: running.runId,
        outcome: outcomeOf(recorded),
        output,
        body: undefined,
      })
      continue
    }
    const move = decideAuto(session, context)
    if (move.kind === 'intent') go(move.intent)
    else if (move.kind === 'stop')
      return {
        path: session.path.map(({ runbook, step }) => (runbook === tree.name ? step : `${runbook}#${step}`)),
        status: move.status,
        causes: foundCauses(session).map(({ cause }) => cause),
      }
    else throw new Error('nothing runs and nothing moves')
  }
}

const headerOf = ({ name, digest }: Tree) => ({
  sessionId: '2026-11-21T10-20-30-abcd',
  tool: 'runtree 0.1.0',
  runbook: name,
  digest,
  target: 'local',
  host: 'node1',
  startedAt: at,
  readOnly: false,
})
