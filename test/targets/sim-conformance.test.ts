import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildWorld } from '../../src/cluster/index.ts'
import { type Executor, openSimExecutor } from '../../src/targets/index.ts'
import { type LineRun, type LineSetup, requestFor, runLine, runUntilOutput } from '../kit/run-line.ts'

const exited = (code: number) => ({ kind: 'exited', code })

describe('a simulated target', () => {
  let executor: Executor
  beforeEach(async () => {
    executor = await openSimExecutor({
      world: buildWorld('mks', { seed: 1, nowMs: Date.UTC(2026, 2, 2, 8) }),
      name: 'sim',
      node: 'worker-1',
      lendTerminal: use => use(),
    })
  })
  afterEach(() => executor.close())

  const run = (line: string, setup?: LineSetup): Promise<LineRun> => runLine(executor, line, setup)

  describe('runs a command', () => {
    it('gives both streams apart and the exit code', async () => {
      expect(await run('echo to stdout; echo to stderr >&2; (exit 7)')).toMatchObject({
        outcome: exited(7),
        stdout: 'to stdout\n',
        stderr: 'to stderr\n',
      })
    })

    it('takes any text as it is: lines, quotes, here-documents, loops', async () => {
      const line = `cat <<'END'\nit's $HOME \`x\` "\\\\"\nEND\nfor i in 1 2; do\n  printf '%s\\n' "a $i"\ndone # it's over`
      expect(await run(line)).toMatchObject({
        outcome: exited(0),
        stdout: 'it\'s $HOME `x` "\\\\"\na 1\na 2\n',
      })
    })

    it('says what is wrong with text that the shell cannot read', async () => {
      const { outcome, stderr } = await run('if true; then echo x')
      expect(outcome).toEqual(exited(2))
      expect(stderr).toContain('syntax error')
    })

    it('tells a missing program from one that may not be run', async () => {
      expect(await run('no-such-program')).toMatchObject({
        outcome: exited(127),
        stderr: expect.stringContaining('no-such-program: command not found'),
      })
      expect((await run('touch /tmp/plain; /tmp/plain')).outcome).toEqual(exited(126))
    })

    it('gives it no input', async () => {
      expect(await run('cat; read -r line || echo "nothing to read"')).toMatchObject({
        stdout: 'nothing to read\n',
      })
    })

    it('lets it write to /dev/stdout and /dev/stderr', async () => {
      expect(await run('echo out > /dev/stdout; echo err > /dev/stderr')).toMatchObject({
        stdout: 'out\n',
        stderr: 'err\n',
      })
    })

    it('keeps options of the text from what happens around it', async () => {
      expect(await run('set -euo pipefail; false | true; echo never')).toMatchObject({
        outcome: exited(1),
        stdout: '',
      })
      expect((await run('false; echo still')).stdout).toBe('still\n')
      expect((await run('set -u; (exit 3)')).outcome).toEqual(exited(3))
    })

    it('one at a time', async () => {
      const second: Promise<LineRun>[] = []
      const stop = new AbortController()
      await run('ping 127.0.0.1', {
        mode: 'follow',
        signal: stop.signal,
        onChunk: () => {
          second.push(run('echo second'))
          stop.abort()
        },
      })
      expect((await second[0])?.outcome).toMatchObject({ kind: 'not-started', reason: 'refused' })
    })
  })

  describe('relays output', () => {
    it('while a follower runs, and cancels it', async () => {
      const { outcome, stdout } = await runUntilOutput(executor, 'ping 10.0.4.21', { mode: 'follow' })
      expect(outcome).toEqual({ kind: 'canceled' })
      expect(stdout).toMatch(/^PING 10\.0\.4\.21/)
    })

    it('whole, however much it is', async () => {
      const { outcome, stdout } = await run('seq 1 20000')
      expect(outcome).toEqual(exited(0))
      expect(stdout.length).toBe(108_894)
    })

    it('with characters beyond ASCII', async () => {
      expect((await run("printf '%s\\n' 漢字 größer ● | sort | tee /tmp/x | cat")).stdout).toBe(
        'größer\n●\n漢字\n',
      )
    })
  })

  describe('carries over', () => {
    it('the working directory and exported variables', async () => {
      await run('cd /usr; export A="a b" B=$\'x\\ny\'; unset HOME')
      expect((await run('pwd; echo "$A|$B|$(printenv HOME || echo none)"')).stdout).toBe(
        '/usr\na b|x\ny|none\n',
      )
    })

    it('also from a command that fails', async () => {
      await run('cd /usr; export A=1; false')
      expect((await run('pwd; echo $A')).stdout).toBe('/usr\n1\n')
    })

    it('variables, but not the folder, from a command with a folder of its own', async () => {
      await run('cd /usr')
      expect((await run('pwd; export A=1', { cwd: 'lib' })).stdout).toBe('/usr/lib\n')
      expect((await run('pwd; echo $A')).stdout).toBe('/usr\n1\n')
    })

    it('a place apart from the others', async () => {
      await run('cd /etc; export A=1', { place: 'node' })
      expect((await run('hostname; pwd; echo $A', { place: 'node' })).stdout).toBe('worker-1\n/etc\n1\n')
      expect((await run('hostname; pwd; echo "[$A]"')).stdout).toBe('workstation\n/root\n[]\n')
    })
  })

  describe('ends a command', () => {
    it('when its simulated time is over', async () => {
      const { outcome } = await run('sleep 600', { timeoutMs: 2_000 })
      expect(outcome).toEqual({ kind: 'timed-out', afterMs: 2_000 })
    })

    it('that follows, when its time is over', async () => {
      const { outcome, stdout } = await run('ping 10.0.4.21 | cat', { timeoutMs: 3_000 })
      expect(outcome).toEqual({ kind: 'timed-out', afterMs: 3_000 })
      expect(stdout).toMatch(/icmp_seq=2/)
    })

    it('before it has begun when it is already unwanted', async () => {
      const { outcome } = await run('touch /tmp/began', { signal: AbortSignal.abort() })
      expect(outcome).toEqual({ kind: 'canceled' })
      expect((await run('ls /tmp/began')).outcome).toEqual(exited(2))
    })

    it('when it is closed, and runs nothing after', async () => {
      const closed: Promise<void>[] = []
      const onChunk = (): void => void closed.push(executor.close())
      expect((await run('ping 10.0.4.21', { mode: 'follow', onChunk })).outcome).toEqual({ kind: 'canceled' })
      await Promise.all(closed)
      const refused = await executor.run(requestFor('true'), () => undefined, new AbortController().signal)
      expect(refused).toMatchObject({ kind: 'not-started', reason: 'refused' })
    })
  })
})
