import type { CapturedOutput } from '../../src/base/index.ts'
import type { DrillRecord } from '../../src/drill/index.ts'
import { composeDrillReport, composeReport, type DrillReport, type Report } from '../../src/report/index.ts'
import type { Session, StampedEvent } from '../../src/session/index.ts'
import { begun, branch, command, contextOf, dfOutput, header, printed, step, tree } from '../session/kit.ts'

export const hostile = '<script>alert(1)</script> | `x` \u001B[31mred\u001B[0m'

export const context = contextOf(
  tree('node', [
    step('disk', {
      title: 'Disk & <space>',
      layer: 'node',
      commands: [command('disk/1', 'df -h'), command('disk/2', 'curl -X POST http://10.0.0.1/x | cat')],
      branches: [
        branch({ kind: 'cause', id: 'disk-full' }, 'free'),
        branch({ kind: 'cause', id: 'clock-step' }, 'network'),
        branch({ kind: 'otherwise' }, 'network'),
      ],
    }),
    step('free', { title: 'Free space' }),
    step('network', { title: 'Network' }),
  ]),
)

/** A session that was played, and what its runs printed. */
export type Told = {
  readonly events: readonly StampedEvent[]
  readonly session: Session
  readonly outputs?: Readonly<Record<string, CapturedOutput>>
}

/** The report of a played session. */
export const reportOf = ({ events, session, outputs = {} }: Told): Report =>
  composeReport({ header, events, session, library: context.library, outputOf: run => outputs[run.runId] })

/** A triage that finds a full disk, changes something with an approval, and goes on to the repair. */
export const told = (): Report => {
  const play = begun(context, 'disk')
  play.go({ type: 'run-command', commandId: 'disk/1' })
  play.finish(`${dfOutput(96)}${hostile}\n`)
  play.go({ type: 'run-command', commandId: 'disk/2' })
  play.go({ type: 'answer-approval', answer: 'run' })
  play.finish('', { kind: 'lost', message: 'the connection was lost' })
  play.go({ type: 'add-note', text: 'asked the *owner*' })
  play.go({ type: 'take-recommended' })
  play.go({ type: 'close', status: 'problem-found' })
  const outputs = { r1: printed(`${dfOutput(96)}${hostile}\n`) }
  return reportOf({ events: play.events(), session: play.session(), outputs })
}

const MINUTE_MS = 60_000

/** A drill that was finished: a wrong cause, a hint, a destructive command, and the repair. */
export const drillRecord: DrillRecord = {
  format: 1,
  id: '2026-11-21T10-20-30-000-abcd',
  tool: 'runtree 0.1.0',
  trainee: 'ada',
  finishedAt: '2026-11-21T10:20:30.000Z',
  drill: {
    name: 'quiet',
    title: 'A quiet <node>',
    layer: 'node',
    level: 1,
    parMinutes: 8,
    story: 'It *went* quiet.',
  },
  log: {
    drill: 'quiet',
    seed: 1,
    beganMs: 1_000_000,
    isTimed: true,
    entries: [
      {
        atMs: 1_000_000 + MINUTE_MS,
        type: 'line-run',
        line: "kubectl get pods | grep 'a\\|b' `x`",
        exit: 1,
        effect: 'read',
        shows: ['pod-evicted'],
      },
      { atMs: 1_000_000 + 2 * MINUTE_MS, type: 'hint-taken', number: 1, text: 'Look at worker-1.' },
      { atMs: 1_000_000 + 2 * MINUTE_MS, type: 'cause-named', cause: 'cni', isRight: false },
      { atMs: 1_000_000 + 2 * MINUTE_MS, type: 'cause-named', cause: 'kubelet-down', isRight: true },
      {
        atMs: 1_000_000 + 3 * MINUTE_MS,
        type: 'line-run',
        line: 'rm -rf /var/lib/kubelet',
        exit: 0,
        effect: 'destructive',
        shows: [],
      },
      { atMs: 1_000_000 + 5 * MINUTE_MS, type: 'finished', isRepaired: true, harm: ['pods are gone'] },
    ],
  },
  debrief: {
    score: {
      points: 72,
      tookMs: 5 * MINUTE_MS,
      hints: 1,
      parts: [
        { name: 'cause', points: 25, of: 35, because: 'the cause was named after 1 wrong one' },
        { name: 'hints', points: -5, of: 0, because: '1 taken' },
      ],
    },
    path: [],
    shortPath: [
      { line: 'systemctl status kubelet', shows: ['kubelet-down'], wasRun: false },
      { line: 'systemctl start kubelet', shows: [], wasRun: true },
    ],
    missedEvidence: ['systemctl status kubelet'],
    causes: ['kubelet-down'],
  },
}

/** The report of that drill. */
export const drilled = (): DrillReport =>
  composeDrillReport({
    record: drillRecord,
    causeOf: () => ({ title: 'The kubelet does not run', meaning: 'Nothing starts.' }),
  })
