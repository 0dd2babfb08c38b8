import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('mount', name)

const root = {
  source: '/dev/sda2',
  target: '/',
  type: 'ext4',
  options: ['ro', 'relatime', 'errors=remount-ro'],
  readOnly: true,
}

describe('mount', () => {
  it('reads what is mounted where, paths with blanks and labels included', () => {
    const { facts, lines } = recorded('node')
    expect(facts.mounts).toHaveLength(7)
    expect(facts.mounts).toContainEqual(root)
    expect(facts.mounts).toMatchObject({
      5: {
        source: '10.1.0.40:/export/shared data',
        target: '/mnt/shared data',
        type: 'nfs4',
        readOnly: false,
      },
      6: { source: '/dev/loop0', target: '/snap/core20/1974', readOnly: true },
    })
    expect(lines.get('mounts[2]')).toBe(3)
  })

  it('reads the tables of the kernel alike', () => {
    expect(recorded('proc').facts.mounts).toMatchObject([
      root,
      { type: 'overlay' },
      { source: '10.1.0.40:/export/shared data', target: '/mnt/shared data' },
    ])
  })

  it('reads cgroup mounts of both versions', () => {
    expect(recorded('cgroup').facts.mounts).toContainEqual({
      source: 'cgroup2',
      target: '/sys/fs/cgroup/unified',
      type: 'cgroup2',
      options: ['rw', 'relatime'],
      readOnly: false,
    })
  })

  it('says that a path is not mounted when a filter finds no line', () => {
    expect(recorded('not-mounted').facts).toEqual({ mounts: [] })
  })

  it('does not take mounting something for a listing', () => {
    expect(factsOf('mount -t nfs 10.1.0.40:/export /mnt/test', '').parser).toBeUndefined()
  })
})
