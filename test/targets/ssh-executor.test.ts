import { describe, expect, it, onTestFinished } from 'vitest'
import type { SshSetup } from '../../src/targets/index.ts'
import { runLine, runUntilOutput } from '../kit/run-line.ts'
import { hasSshd, type Sshd, startSshd } from '../kit/sshd.ts'
import { openSshTarget, type SshSubject } from './ssh-target.ts'

const open = async (setup: Partial<SshSetup> = {}): Promise<SshSubject & { readonly sshd: Sshd }> => {
  const sshd = await startSshd()
  onTestFinished(sshd.end)
  const subject = openSshTarget(sshd, setup)
  onTestFinished(subject.executor.close)
  return { ...subject, sshd }
}

const timed = async <T>(work: Promise<T>): Promise<{ readonly value: T; readonly tookMs: number }> => {
  const start = performance.now()
  const value = await work
  return { value, tookMs: performance.now() - start }
}

const notStarted = (reason: string, text: string) => ({
  kind: 'not-started',
  reason,
  message: expect.stringContaining(text),
})

const lost = (text: string) => ({ kind: 'lost', message: expect.stringContaining(text) })

describe.skipIf(!hasSshd())('another machine as a target', () => {
  it('is called as it was given', async () => {
    const { executor } = await open({ destination: { host: 'lab', user: 'ops', port: 2222 } })
    expect(executor.target).toEqual({ name: 'ssh:ops@lab:2222', host: 'lab', reach: 'machine' })
  })

  it('tells a command that exits with 255 from a connection that failed', async () => {
    const { executor } = await open()
    expect((await runLine(executor, 'echo x; exit 255')).outcome).toEqual({ kind: 'exited', code: 255 })
  })

  it('leaves nothing behind on either side when it is closed', async () => {
    const { executor, privateFiles, leftovers, sshd } = await open()
    await runLine(executor, 'true')
    expect([privateFiles().length, sshd.remoteFolders().length]).toEqual([1, 1])
    await executor.close()
    expect([...privateFiles(), ...sshd.remoteFolders(), ...leftovers()]).toEqual([])
  })

  it('keeps what an escaped process writes late out of the next output', async () => {
    const { executor, folder } = await open()
    const writer = `while [ -d ${folder} ]; do echo late; sleep 0.02; done`
    await runLine(executor, `setsid bash -c '${writer}' & echo $! > ${folder}/pid; echo first`)
    const { stdout } = await runLine(executor, 'echo second; sleep 0.2; echo third')
    expect(stdout).toBe('second\nthird\n')
    await runLine(executor, `kill $(cat ${folder}/pid)`)
  })

  it('refuses text that no program could be given', async () => {
    const { executor } = await open()
    const { outcome } = await runLine(executor, `: ${'x'.repeat(130_000)}`)
    expect(outcome).toEqual(notStarted('refused', 'longer'))
    expect((await runLine(executor, 'echo \0')).outcome).toEqual(notStarted('refused', 'NUL'))
    expect((await runLine(executor, `echo ${'x'.repeat(110_000)} | wc -c`)).stdout).toBe('110001\n')
  })

  it('goes on at home when the folder that a command left is gone', async () => {
    const { executor, folder } = await open()
    await runLine(executor, `mkdir ${folder}/gone; cd ${folder}/gone; rmdir ${folder}/gone`)
    expect((await runLine(executor, 'pwd')).outcome).toEqual(notStarted('not-found', 'does not exist'))
    expect((await runLine(executor, 'echo on')).stdout).toBe('on\n')
    expect((await runLine(executor, 'pwd', { cwd: '/nonexistent' })).outcome).toEqual(
      notStarted('not-found', '/nonexistent'),
    )
  })
})

describe.skipIf(!hasSshd())('a connection that cannot be made', () => {
  it('because the port is closed', async () => {
    const { executor, sshd } = await open()
    sshd.kill()
    expect((await runLine(executor, 'true')).outcome).toEqual(
      notStarted('unreachable', 'refuses the connection'),
    )
  })

  it('because the host key changed: that is no matter of a question', async () => {
    const { executor, sshd } = await open({ asking: 'on-terminal' })
    sshd.kill()
    sshd.changeHostKey()
    await sshd.start()
    expect((await runLine(executor, 'true')).outcome).toEqual(notStarted('denied', 'another host key'))
  })

  it('because the host key is not known', async () => {
    const { executor, sshd } = await open()
    sshd.forgetHostKey()
    expect((await runLine(executor, 'true')).outcome).toEqual(notStarted('denied', 'not known yet'))
  })

  it('because the key is not let in', async () => {
    const { executor, sshd } = await open()
    sshd.changeUserKey()
    expect((await runLine(executor, 'true')).outcome).toEqual(notStarted('denied', 'does not let you in'))
  })

  it('because the name does not resolve', async () => {
    const { executor } = await open({ destination: { host: 'no-such-host.invalid' } })
    expect((await runLine(executor, 'true')).outcome).toEqual(notStarted('unreachable', 'cannot be resolved'))
  })

  it('because the machine hangs, within its time limit', async () => {
    const { executor, sshd } = await open()
    sshd.signal('SIGSTOP')
    const { value, tookMs } = await timed(runLine(executor, 'true'))
    expect(value.outcome).toEqual(notStarted('unreachable', 'does not answer in time'))
    expect(tookMs).toBeLessThan(4000)
  })
})

describe.skipIf(!hasSshd())('a connection that is lost', () => {
  it('while a command runs: what it had printed is kept, the command ends, and the session goes on', async () => {
    const { executor, sshd, leftovers } = await open()
    await runLine(executor, 'cd /usr; export A=1')
    const { outcome, stdout } = await runLine(executor, 'echo before; exec sleep 600', {
      onChunk: () => sshd.kill(),
    })
    expect({ outcome, stdout }).toEqual({
      outcome: lost('lost while the command ran'),
      stdout: 'before\n',
    })
    await expect.poll(leftovers).toEqual([])
    await sshd.start()
    expect((await runLine(executor, 'pwd; echo $A')).stdout).toBe('/usr\n1\n')
  })

  it('between two commands: the next one connects again', async () => {
    const { executor, sshd } = await open()
    await runLine(executor, 'export A=1')
    sshd.kill()
    await sshd.start()
    const { outcome } = await runLine(executor, 'true')
    const again = outcome.kind === 'exited' ? outcome : (await runLine(executor, 'true')).outcome
    expect(again).toEqual({ kind: 'exited', code: 0 })
    expect((await runLine(executor, 'echo $A')).stdout).toBe('1\n')
  })

  it('silently: the time limit of the command says that it may still run', async () => {
    const { executor, sshd } = await open()
    const { value, tookMs } = await timed(
      runLine(executor, 'echo before; exec sleep 600', {
        timeoutMs: 500,
        onChunk: () => sshd.signal('SIGSTOP'),
      }),
    )
    expect(value).toMatchObject({
      outcome: lost('may still run there'),
      stdout: 'before\n',
    })
    expect(tookMs).toBeLessThan(9000)
    sshd.signal('SIGCONT')
    expect((await runLine(executor, 'echo on')).stdout).toBe('on\n')
  })

  it('silently, with no time limit: it is given up when nothing answers any more', async () => {
    const { executor, sshd } = await open()
    const { value, tookMs } = await timed(
      runLine(executor, 'echo before; exec sleep 600', { onChunk: () => sshd.signal('SIGSTOP') }),
    )
    expect(value).toMatchObject({
      outcome: lost('stopped answering'),
      stdout: 'before\n',
    })
    expect(tookMs).toBeLessThan(8000)
    sshd.signal('SIGCONT')
  })

  it('is told at once to who cancels', async () => {
    const { executor, sshd } = await open()
    await runLine(executor, 'true')
    sshd.signal('SIGSTOP')
    const { value, tookMs } = await timed(
      runLine(executor, 'sleep 600', { signal: AbortSignal.timeout(100) }),
    )
    expect(value.outcome).toEqual(lost('may still run there'))
    expect(tookMs).toBeLessThan(9000)
    sshd.signal('SIGCONT')
  })

  it('never keeps closing from ending', async () => {
    const { executor, sshd, privateFiles } = await open()
    await runUntilOutput(executor, 'echo x; exec sleep 600')
    sshd.signal('SIGSTOP')
    const { tookMs } = await timed(executor.close())
    expect(tookMs).toBeLessThan(6000)
    expect(privateFiles()).toEqual([])
    sshd.signal('SIGCONT')
  })
})
