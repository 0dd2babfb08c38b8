import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('df', name)
const gib = 1024 ** 3
const mib = 1024 ** 2

describe('df', () => {
  test('-h gives sizes in bytes, with the line of each filesystem', () => {
    const { facts, lines } = recorded('human')
    const rows = facts.filesystems as readonly unknown[]
    expect(rows).toHaveLength(8)
    expect(rows[0]).toEqual({
      filesystem: 'overlay',
      size: 12 * gib,
      used: 93 * mib,
      available: 12 * gib,
      usePercent: 1,
      mount: '/',
    })
    expect(rows[5]).toEqual({
      filesystem: '/dev/vda',
      size: 252 * gib,
      used: 32 * gib,
      available: 70 * gib,
      usePercent: 32,
      mount: '/run/host/os-release',
    })
    expect(lines.get('filesystems[5]')).toBe(7)
  })

  test('-i gives inodes', () => {
    expect((recorded('inodes').facts.filesystems as readonly unknown[])[5]).toEqual({
      filesystem: '/dev/vda',
      inodes: 16777216,
      inodesUsed: 577358,
      inodesFree: 16199858,
      inodesUsePercent: 4,
      mount: '/run/host/os-release',
    })
  })

  test.each([
    ['plain', { size: 264212084 * 1024, usePercent: 23, mount: '/' }],
    ['posix', { size: 264212084 * 1024, usePercent: 23, mount: '/' }],
    ['mebibytes', { size: 258020 * mib, used: 23153 * mib, usePercent: 23, mount: '/' }],
    ['decimal', { size: 271e9, used: 25e9, available: 85e9, usePercent: 23, mount: '/' }],
    ['typed', { type: 'ext4', size: 252 * gib, usePercent: 23, mount: '/' }],
    ['inodes-typed', { type: 'ext4', inodes: 16777216, inodesUsePercent: 3, mount: '/' }],
  ])('%s counts in its own unit', (name, root) => {
    expect(recorded(name).facts.filesystems).toContainEqual(expect.objectContaining(root))
  })

  test('says nothing of a place that is not there, and says why', () => {
    const { facts, diagnostics } = recorded('missing')
    expect(facts).toEqual({})
    expect(diagnostics.map(d => d.code)).toEqual(['E_FACTS_COMMAND_FAILED'])
  })

  test('joins a line that a long device name broke', () => {
    const stdout = `Filesystem            Size  Used Avail Use% Mounted on
/dev/mapper/centos_very--long--name-root
                       50G   47G  3.1G  94% /
nas.example.com:/export/with/a/long/path
                      1.0T  512G  512G  50% /mnt/data with blank
`
    expect(factsOf('df -h', stdout).facts.filesystems).toEqual([
      {
        filesystem: '/dev/mapper/centos_very--long--name-root',
        size: 50 * gib,
        used: 47 * gib,
        available: Math.round(3.1 * gib),
        usePercent: 94,
        mount: '/',
      },
      {
        filesystem: 'nas.example.com:/export/with/a/long/path',
        size: 1024 * gib,
        used: 512 * gib,
        available: 512 * gib,
        usePercent: 50,
        mount: '/mnt/data with blank',
      },
    ])
  })

  test('reads other languages and decimal commas', () => {
    const stdout = `Dateisystem    Größe Benutzt Verf. Verw% Eingehängt auf
/dev/nvme0n1p2  1,8T    1,7T   12G  100% /
`
    expect(factsOf('df -h', stdout).facts.filesystems).toEqual([
      {
        filesystem: '/dev/nvme0n1p2',
        size: Math.round(1.8 * 1024 * gib),
        used: Math.round(1.7 * 1024 * gib),
        available: 12 * gib,
        usePercent: 100,
        mount: '/',
      },
    ])
  })

  test('leaves out what a pseudo filesystem does not know', () => {
    const stdout = `Filesystem     1K-blocks  Used Available Use% Mounted on
cgroup                 0     0         0    - /sys/fs/cgroup
`
    expect(factsOf('df -a', stdout).facts.filesystems).toEqual([
      { filesystem: 'cgroup', size: 0, used: 0, available: 0, mount: '/sys/fs/cgroup' },
    ])
  })

  test.each(['df -h | grep -v tmpfs', 'sudo timeout 5 /bin/df -h', 'ssh node-1 df -h'])(
    'is recognised in %s, header or not',
    command => {
      const { parser, facts } = factsOf(command, '/dev/sda1  20G   19G  1G  95% /var\n')
      expect(parser).toBe('df')
      expect(facts.filesystems).toEqual([
        {
          filesystem: '/dev/sda1',
          size: 20 * gib,
          used: 19 * gib,
          available: gib,
          usePercent: 95,
          mount: '/var',
        },
      ])
    },
  )

  test('a filter that leaves nothing says that there is none; a failing program says nothing', () => {
    expect(factsOf('df -h | grep /nosuch', '', { exitCode: 1 }).facts).toEqual({ filesystems: [] })
    const missing = factsOf('df -h', '', { exitCode: 127, stderr: 'bash: df: command not found' })
    expect(missing.facts).toEqual({})
    expect(missing.diagnostics.map(d => d.code)).toEqual(['E_FACTS_COMMAND_MISSING'])
    const hidden = factsOf('df -h 2>/dev/null | grep /nosuch', '', { exitCode: 1 })
    expect(hidden.facts).toEqual({})
  })

  test('is recognised from its text alone, colour codes or not', () => {
    const stdout =
      'Filesystem      Size  Used Avail Use% Mounted on\n\u001b[31m/dev/sda1\u001b[0m        10G  9.0G  1.0G  90% /\n'
    const { parser, facts } = factsOf('', stdout)
    expect(parser).toBe('df')
    expect(facts.filesystems).toContainEqual(
      expect.objectContaining({ filesystem: '/dev/sda1', usePercent: 90 }),
    )
  })

  test('reads thousands of rows quickly', () => {
    const rows = Array.from({ length: 5000 }, (_, n) => `overlay  50G  20G  30G  40% /var/lib/x/${n}/merged`)
    const stdout = ['Filesystem Size Used Avail Use% Mounted on', ...rows].join('\n')
    expect(factsOf('df -h', stdout).facts.filesystems).toHaveLength(5000)
  })

  test('findmnt -D with -b counts bytes', () => {
    const stdout =
      'SOURCE     FSTYPE        SIZE        USED       AVAIL USE% TARGET\n/dev/vda1  ext4   10737418240  2147483648  8053063680  20% /\n'
    expect(factsOf('findmnt -D -b', stdout).facts.filesystems).toMatchObject([
      { type: 'ext4', size: 10737418240, usePercent: 20, mount: '/' },
    ])
  })

  test('rows of a second listing, which lost its titles, are no sizes', () => {
    const stdout =
      '/dev/vdb1       197G   92G   96G  49% /srv\n/dev/vdb1      13107200 13107200       0  100% /srv\n'
    const { facts, diagnostics } = factsOf('df -h /srv | tail -1; df -i /srv | tail -1', stdout)
    expect(facts.filesystems).toMatchObject([{ mount: '/srv', usePercent: 49 }])
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_ROWS_UNREAD', span: { start: { line: 2 } } }])
  })

  test('any numbers come back as they were printed', () => {
    const row = fc.record({
      size: fc.integer({ min: 1, max: 10 ** 12 }),
      used: fc.integer({ min: 0, max: 10 ** 12 }),
      percent: fc.integer({ min: 0, max: 100 }),
      mount: fc.constantFrom('/', '/var', '/mnt/a b', '/ü'),
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), rows => {
        const body = rows.map(r => `/dev/x ${r.size} ${r.used} 0 ${r.percent}% ${r.mount}`)
        const stdout = ['Filesystem 1K-blocks Used Available Use% Mounted on', ...body].join('\n')
        expect(factsOf('df', stdout).facts.filesystems).toEqual(
          rows.map(r => ({
            filesystem: '/dev/x',
            size: r.size * 1024,
            used: r.used * 1024,
            available: 0,
            usePercent: r.percent,
            mount: r.mount,
          })),
        )
      }),
    )
  })
})
