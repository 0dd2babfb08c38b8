import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  decodeJournal,
  emptySession,
  encodeEvent,
  encodeHeader,
  type Intent,
  refusalOf,
  replay,
  runningRun,
  type SessionEvent,
} from '../../src/session/index.ts'
import { branch, command, contextOf, dfOutput, header, printed, ref, rehearse, step, tree } from './kit.ts'

const choice = { kind: 'choice' } as const
const commands = [
  command('a/1', 'df -h'),
  command('a/2', 'systemctl restart kubelet'),
  command('a/3', 'rm -rf /var/lib/etcd'),
  command('a/4', 'journalctl -f'),
  command('a/5', 'crictl logs <container-id>'),
  command('a/6', 'frobnicate'),
]
const context = contextOf(
  tree('node', [
    step('a', {
      commands,
      branches: [
        branch({ kind: 'cause', id: 'disk-full' }, 'b'),
        branch(choice, 'pods#c'),
        branch(choice, 'gone'),
      ],
    }),
    step('b', { branches: [branch(choice, 'a'), branch({ kind: 'otherwise' }, 'resolved')] }),
  ]),
  tree('pods', [step('c', { commands: [command('c/1', 'uptime')] })]),
)

const word = fc.constantFrom('run', 'run', 'run', 'worker-2', 'no', '')
const line = fc.constantFrom('df -h', 'reboot', 'uptime', 'true > /etc/x', '$CMD', ' ')
const outcome = fc.constantFrom(
  { kind: 'exited', code: 0 } as const,
  { kind: 'exited', code: 3 } as const,
  { kind: 'timed-out', afterMs: 9 } as const,
  { kind: 'canceled' } as const,
  { kind: 'not-started', reason: 'not-found', message: 'no' } as const,
  { kind: 'lost', message: 'gone' } as const,
)
const always = <T extends Intent>(intent: T) => fc.constant(intent)
const everyday: fc.Arbitrary<Intent> = fc.oneof(
  always({ type: 'begin', header, at: ref('a') }),
  fc.record({
    type: fc.constant('enter-step' as const),
    ref: fc.constantFrom(ref('a'), ref('b'), ref('c', 'pods'), ref('x')),
  }),
  fc.record({ type: fc.constant('take-branch' as const), branch: fc.nat(3) }),
  always({ type: 'take-recommended' }),
  always({ type: 'go-next' }),
  always({ type: 'go-back' }),
  always({ type: 'go-forward' }),
  always({ type: 'go-to-last-branch' }),
  fc.record({
    type: fc.constant('run-command' as const),
    commandId: fc.constantFrom(...commands.map(({ id }) => id), 'c/1'),
  }),
  fc.record({ type: fc.constant('run-command' as const), commandId: fc.constant('a/1'), editedLine: line }),
  always({ type: 'run-reads' }),
  fc.record({ type: fc.constant('run-ad-hoc' as const), line }),
  fc.record({ type: fc.constant('answer-approval' as const), answer: word }),
  always({ type: 'cancel-run' }),
  fc.record({
    type: fc.constant('set-variable' as const),
    name: fc.constant('container-id'),
    value: fc.string(),
  }),
  fc.record({ type: fc.constant('add-note' as const), text: fc.string() }),
  fc.record({
    type: fc.constant('map-place' as const),
    place: fc.constantFrom('worker', 'pod', ''),
    machine: fc.constant({ target: 'ssh:worker-1', host: 'worker-1' }),
  }),
)

const reporting: fc.Arbitrary<Intent> = fc.record({
  type: fc.constant('report-outcome' as const),
  runId: fc.constantFrom('r1', 'r9', 'running', 'running', 'running', 'running'),
  outcome,
  output: fc.constantFrom(printed(''), printed(dfOutput(96)), printed(dfOutput(3)), printed('clock jumped')),
  body: fc.constantFrom(undefined, { digest: 'd', stderrLines: [[1, 2]] as const }),
})
const closing: fc.Arbitrary<Intent> = fc.record({
  type: fc.constant('close' as const),
  status: fc.constantFrom('left', 'asked'),
})
const intent = fc.oneof(
  { weight: 60, arbitrary: everyday },
  { weight: 12, arbitrary: reporting },
  { weight: 1, arbitrary: closing },
  { weight: 2, arbitrary: always<Intent>({ type: 'resume', tool: 'runtree 0.1.0' }) },
)

/** Plays random intents; "running" as a run's name stands for the one that runs. */
const play = (
  intents: readonly Intent[],
  look: (before: Intent, after: ReturnType<typeof rehearse>) => void,
) => {
  const session = rehearse(context)
  session.go({ type: 'begin', header, at: ref('a') })
  for (const wanted of intents) {
    const running = runningRun(session.session())?.runId ?? 'none'
    const real =
      wanted.type === 'report-outcome' && wanted.runId === 'running' ? { ...wanted, runId: running } : wanted
    look(real, session)
  }
  return session
}
const ignoring = (wanted: Intent, session: ReturnType<typeof rehearse>): void => {
  session.attempt(wanted)
}
const sequences = fc.array(intent, { minLength: 20, maxLength: 80 })

it('replaying the journal of any sequence of intents gives the live session', () => {
  fc.assert(
    fc.property(sequences, intents => {
      const session = play(intents, ignoring)
      const text = [encodeHeader(header), ...session.events().map(encodeEvent)].join('\n')
      const decoded = decodeJournal(`${text}\n`)
      if (!decoded.ok) throw new Error(decoded.error.message)
      expect(decoded.value).toEqual({ header, events: session.events(), notices: [] })
      expect(replay(decoded.value.events)).toEqual(session.session())
    }),
    { numRuns: 150 },
  )
})

it('a refusal leaves no event, and is the one that was foretold', () => {
  fc.assert(
    fc.property(sequences, intents => {
      play(intents, (wanted, session) => {
        const before = session.session()
        const foretold = refusalOf({ session: before, intent: wanted, context })
        const decision = session.attempt(wanted)
        expect(decision.kind === 'refused' ? decision.refusal : undefined).toEqual(foretold)
        if (decision.kind === 'refused') expect(session.session()).toBe(before)
      })
    }),
    { numRuns: 60 },
  )
})

it('nothing but a read starts without its approval, and never two at a time', () => {
  fc.assert(
    fc.property(sequences, intents => {
      const session = play(intents, (wanted, playing) => {
        playing.attempt(wanted)
        const running = [...playing.session().runs.values()].filter(({ phase }) => phase === 'running')
        expect(running.length).toBeLessThanOrEqual(1)
      })
      const named = (type: SessionEvent['type']): readonly string[] =>
        session.events().flatMap(event => (event.type === type && 'runId' in event ? [event.runId] : []))
      const unapproved = named('run-started').filter(runId => !named('approval-given').includes(runId))
      const effects = unapproved.map(runId => session.session().runs.get(runId)?.effect)
      expect(effects.filter(effect => effect !== 'read')).toEqual([])
    }),
    { numRuns: 150 },
  )
})

it('a start or a stop is asked of the runtime only together with the events that say so', () => {
  fc.assert(
    fc.property(sequences, intents => {
      play(intents, (wanted, session) => {
        const running = runningRun(session.session())?.runId
        const decision = session.attempt(wanted)
        if (decision.kind === 'refused') return
        const started = decision.events.flatMap(event => (event.type === 'run-started' ? [event.runId] : []))
        const asked = (type: string) =>
          decision.effects.flatMap(effect =>
            effect.type === type && effect.type !== 'keep-secret' ? [effect.runId] : [],
          )
        expect(asked('start-run')).toEqual(started)
        expect(asked('cancel-run').filter(runId => runId !== running)).toEqual([])
      })
    }),
    { numRuns: 60 },
  )
})

it('an event about a run that is not known changes nothing but the count', () => {
  const stray = { type: 'run-started', runId: 'r7', seq: 1, at: header.startedAt } as const
  expect(replay([stray])).toEqual({ ...emptySession, seq: 1 })
})

it('a replay of events shares nothing with another one, nor with the empty session', () => {
  fc.assert(
    fc.property(sequences, intents => {
      const played = play(intents, ignoring)
      const events = played.events()
      const half = replay(events.slice(0, Math.floor(events.length / 2)))
      const before = structuredClone(half)
      expect(replay(events)).toEqual(played.session())
      expect(half).toEqual(before)
      expect(emptySession.runs.size + emptySession.variables.size).toBe(0)
    }),
    { numRuns: 40 },
  )
})
