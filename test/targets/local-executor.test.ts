import { mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LocalSetup } from '../../src/targets/index.ts'
import { runLine } from '../kit/run-line.ts'
import type { Subject } from './conformance.ts'
import { openLocalTarget } from './local-target.ts'

const open = (setup: Partial<LocalSetup> = {}): Subject => {
  const subject = openLocalTarget(setup)
  onTestFinished(subject.executor.close)
  return subject
}

describe('this machine as a target', () => {
  it('is called by its own name unless it is given another', () => {
    expect(open().executor.target).toEqual({ name: 'local', host: hostname(), reach: 'machine' })
    expect(open({ host: 'jump-1' }).executor.target.host).toBe('jump-1')
  })

  it('says what to do where there is no bash', async () => {
    const { outcome } = await runLine(open({ env: { PATH: '/nonexistent' } }).executor, 'true')
    expect(outcome).toMatchObject({
      kind: 'not-started',
      reason: 'not-found',
      message: expect.stringContaining('Install bash'),
    })
  })

  it('goes on from the first folder when the one that a command left is gone', async () => {
    const { executor, folder } = open({ cwd: '/usr' })
    const gone = join(folder, 'gone')
    mkdirSync(gone)
    await runLine(executor, `cd ${gone}`)
    rmdirSync(gone)
    expect((await runLine(executor, 'pwd')).outcome).toEqual({
      kind: 'not-started',
      reason: 'not-found',
      message: `The folder ${gone} does not exist. Make it, or go on: the next command starts in /usr.`,
    })
    expect((await runLine(executor, 'pwd')).stdout).toBe('/usr\n')
  })

  it('does not lose its folder when a command names one that does not exist', async () => {
    const { executor } = open()
    await runLine(executor, 'cd /usr')
    expect((await runLine(executor, 'pwd', { cwd: '/nonexistent' })).outcome).toMatchObject({
      reason: 'not-found',
    })
    expect((await runLine(executor, 'pwd')).stdout).toBe('/usr\n')
  })

  it('refuses what cannot be given to a program', async () => {
    const { executor } = open()
    expect((await runLine(executor, `: ${'x'.repeat(3_000_000)}`)).outcome).toMatchObject({
      reason: 'refused',
      message: expect.stringContaining('longer'),
    })
    expect((await runLine(executor, 'echo \0')).outcome).toMatchObject({
      reason: 'refused',
      message: expect.stringContaining('NUL'),
    })
    expect((await runLine(executor, 'echo on')).stdout).toBe('on\n')
  })

  it('does not show a command among the processes that the command itself looks at', async () => {
    const { executor } = open()
    expect(
      (
        await runLine(
          executor,
          'pgrep -f some-unlikely-name; ps -ef | grep some-unlikely-name | grep -v grep',
        )
      ).stdout,
    ).toBe('')
  })

  it('keeps what it needs from the environment of commands, but for the mark of the run', async () => {
    const { stdout } = await runLine(open().executor, 'env | grep RUNTREE | sed s/=.*//')
    expect(stdout.split('\n').filter(name => name !== '' && name !== 'RUNTREE_TEST')).toEqual(['RUNTREE_RUN'])
  })

  it('keeps variables that bash cannot name', async () => {
    const { executor } = open({ env: { 'npm.config': 'x' } })
    await runLine(executor, 'export A=1')
    expect((await runLine(executor, 'env | grep npm.config=')).stdout).toBe('npm.config=x\n')
  })

  it('gives a terminal-less command no pager of the operator, whatever that exports', async () => {
    const { executor } = open()
    await runLine(executor, 'export PAGER=less TERM=xterm LC_ALL=C')
    expect((await runLine(executor, 'echo $PAGER $TERM $LC_ALL')).stdout).toBe('cat dumb C.UTF-8\n')
  })

  it('leaves no file behind when it is closed', async () => {
    const { executor, folder } = open({ env: { XDG_RUNTIME_DIR: open().folder } })
    const files = open({ env: { XDG_RUNTIME_DIR: folder } })
    await runLine(files.executor, 'export A=1')
    expect(readdirSync(folder)).toHaveLength(1)
    await files.executor.close()
    expect(readdirSync(folder)).toEqual([])
    await executor.close()
  })

  it('runs commands also when its private files were removed; they leave nothing to the next then', async () => {
    const { folder } = open()
    const { executor } = open({ env: { XDG_RUNTIME_DIR: folder } })
    await runLine(executor, 'cd /usr')
    const run = await runLine(executor, `rm -rf ${folder}/*; cd /; echo x; echo y >&2`)
    expect(run).toMatchObject({ outcome: { kind: 'exited', code: 0 }, stdout: 'x\n', stderr: 'y\n' })
    expect(await runLine(executor, 'pwd; echo y >&2')).toMatchObject({ stdout: '/usr\n', stderr: 'y\n' })
  })

  it('carries any value of a variable', async () => {
    const { executor } = open()
    const value = fc.string({ unit: 'grapheme' }).filter(text => !/[\0\ud800-\udfff]/.test(text))
    await fc.assert(
      fc.asyncProperty(value, async text => {
        await runLine(executor, `export VALUE='${text.replaceAll("'", "'\\''")}'`)
        const { stdout } = await runLine(executor, 'printf %s "$VALUE" | od -An -v -tx1')
        expect(stdout.replace(/\s/g, '')).toBe(Buffer.from(text).toString('hex'))
      }),
      { numRuns: 25 },
    )
  })
})
