import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { freshFolder, jsonLines, runProgram } from '../kit/program.ts'

const MIB = 1024 * 1024
const folder = freshFolder()
const mountPoint = join(folder, 'var-full')

const mounts = (): boolean => {
  mkdirSync(mountPoint, { recursive: true })
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', mountPoint]).status === 0
}

const canMount = mounts()
if (!canMount) console.warn('SKIP full disk: mounting a tmpfs needs root')
else execFileSync('umount', [mountPoint])

const fill = (bytes: number): void => {
  mounts()
  writeFileSync(join(mountPoint, 'fill'), Buffer.alloc(bytes))
}

/** Walks the disk step alone and gives what the session concluded there. */
const walkDisk = () => {
  const { stdout, status } = runProgram([
    'auto',
    'mks-node#disk',
    '--json',
    '--state-dir',
    join(folder, 'state'),
  ])
  const events = jsonLines(stdout)
  const findings = events
    .filter(e => e.type === 'findings-derived')
    .flatMap(e => e.findings as { cause: string }[])
  return { status, events, diskFull: findings.filter(f => f.cause === 'disk-full') }
}

afterEach(() => {
  spawnSync('umount', [mountPoint])
})

describe.skipIf(!canMount)('the disk step on a really filled filesystem', () => {
  it('finds disk-full, names the mount and goes to the fix', () => {
    fill(7.8 * MIB)
    const { status, events, diskFull } = walkDisk()
    expect(JSON.stringify(diskFull)).toContain(mountPoint)
    const taken = events.find(e => e.type === 'branch-taken')
    const entered = events.filter(e => e.type === 'step-entered').map(e => (e.ref as { step: string }).step)
    expect(taken).toMatchObject({ recommended: true })
    expect(entered.slice(0, 2)).toEqual(['disk', 'free-space'])
    expect(events.at(-1)).toMatchObject({ type: 'session-closed', status: 'problem-found' })
    expect((events.at(-1) as { causes: string[] }).causes).toContain('disk-full')
    expect(status).toBe(1)
  })

  it('says nothing of a filesystem that is half full', () => {
    fill(4 * MIB)
    expect(JSON.stringify(walkDisk().diskFull)).not.toContain(mountPoint)
  })
})
