import { afterEach, describe, expect, it } from 'vitest'
import type { CapturedOutput, Outcome, OutputLine } from '../../src/base/index.ts'
import { createReplayExecutor, type Executor, type Recording } from '../../src/targets/index.ts'
import { runLine } from '../kit/run-line.ts'

const exited = (code: number): Outcome => ({ kind: 'exited', code })

const outputOf = (...texts: readonly (string | Partial<OutputLine>)[]): CapturedOutput => ({
  firstLine: 1,
  lines: texts.map((given, at) => ({
    number: at + 1,
    stream: 'stdout',
    text: '',
    ...(typeof given === 'string' ? { text: given } : given),
  })),
  totalLines: texts.length,
  totalBytes: 0,
})

const recording = (
  line: string,
  output: CapturedOutput | undefined,
  more: Partial<Recording> = {},
): Recording => ({
  parts: [line],
  place: undefined,
  outcome: exited(0),
  output: () => output,
  ...more,
})

const open: Executor[] = []
const replay = (...recordings: readonly Recording[]): Executor => {
  const executor = createReplayExecutor({ target: { name: 'replay:old', host: 'worker-7' }, recordings })
  open.push(executor)
  return executor
}

afterEach(async () => {
  for (const executor of open.splice(0)) await executor.close()
})

const refused = { kind: 'not-started', reason: 'refused' }

describe('a replay of an earlier session', () => {
  it('gives both streams in their order, and the outcome', async () => {
    const output = outputOf('one', { text: 'two', stream: 'stderr' }, 'th', 'ree')
    const lines = output.lines.map(line =>
      line.text === 'th' ? { ...line, continues: true as const } : line,
    )
    const executor = replay(recording('check', { ...output, lines }, { outcome: exited(7) }))
    const run = await runLine(executor, 'check')
    expect(run).toMatchObject({ outcome: exited(7), stdout: 'one\nthree\n', stderr: 'two\n' })
    expect(run.chunks.map(chunk => chunk.stream)).toEqual(['stdout', 'stderr', 'stdout'])
  })

  it('gives whatever the outcome was: a missing program, a timeout, a lost connection', async () => {
    const outcomes: readonly Outcome[] = [
      { kind: 'not-started', reason: 'not-found', message: 'no such program' },
      { kind: 'timed-out', afterMs: 30_000 },
      { kind: 'lost', message: 'gone' },
      { kind: 'canceled' },
    ]
    const executor = replay(...outcomes.map((outcome, at) => recording(`c${at}`, outputOf(), { outcome })))
    for (const [at, outcome] of outcomes.entries())
      expect((await runLine(executor, `c${at}`)).outcome).toEqual(outcome)
  })

  it('answers the n-th time with the n-th recording, then with the last', async () => {
    const executor = replay(
      recording('date', outputOf('first')),
      recording('uptime', outputOf('up')),
      recording('date', outputOf('second')),
    )
    const said = []
    for (const line of ['date', 'date', 'uptime', 'date', 'uptime'])
      said.push((await runLine(executor, line)).stdout)
    expect(said).toEqual(['first\n', 'second\n', 'up\n', 'second\n', 'up\n'])
  })

  it('tells places apart', async () => {
    const executor = replay(
      recording('hostname', outputOf('here'), { place: 'node' }),
      recording('hostname', outputOf('there'), { place: 'control-plane' }),
    )
    expect((await runLine(executor, 'hostname', { place: 'control-plane' })).stdout).toBe('there\n')
    expect((await runLine(executor, 'hostname', { place: 'node' })).stdout).toBe('here\n')
    expect((await runLine(executor, 'hostname')).outcome).toMatchObject(refused)
  })

  it('runs nothing that was not recorded, and says so, wherever it is meant for', async () => {
    const executor = replay(recording('df -h', outputOf('x')))
    for (const target of [undefined, 'local', 'ssh:cp-1'])
      expect((await runLine(executor, 'touch /tmp/x', { target })).outcome).toMatchObject({
        ...refused,
        message: expect.stringContaining('was not recorded'),
      })
  })

  it('says that an output is no longer kept', async () => {
    expect((await runLine(replay(recording('df -h', undefined)), 'df -h')).outcome).toMatchObject({
      ...refused,
      message: expect.stringContaining('no longer kept'),
    })
  })

  it('knows a command again whose secrets are not known any more', async () => {
    const executor = replay(recording('', outputOf('ok'), { parts: ['login -p ', ' --as ', ' now'] }))
    expect((await runLine(executor, "login -p 'a b' --as root now")).stdout).toBe('ok\n')
    expect((await runLine(executor, 'login -p x now')).outcome).toMatchObject(refused)
    expect((await runLine(executor, 'login -p x --as now')).outcome).toMatchObject(refused)
  })

  it('needs no terminal for what was interactive', async () => {
    const executor = replay(recording('top', outputOf(), { outcome: exited(0) }))
    expect((await runLine(executor, 'top', { mode: 'interactive' })).outcome).toEqual(exited(0))
  })

  it('prints a long output whole', async () => {
    const texts = Array.from({ length: 3_500 }, (_, at) => `line ${at}`)
    const { stdout } = await runLine(replay(recording('dmesg', outputOf(...texts))), 'dmesg')
    expect(stdout).toBe(`${texts.join('\n')}\n`)
  })

  it('gives nothing where it is already unwanted or closed', async () => {
    const executor = replay(recording('date', outputOf('x')))
    const run = await runLine(executor, 'date', { signal: AbortSignal.abort() })
    expect([run.outcome, run.stdout]).toEqual([{ kind: 'canceled' }, ''])
    await executor.close()
    expect((await runLine(executor, 'date')).outcome).toMatchObject(refused)
  })
})
