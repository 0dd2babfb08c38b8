import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deriveFacts, factDocs, mergeFacts, parsers } from '../../src/facts/index.ts'
import { factsOf } from '../kit/recorded-output.ts'

describe('what watch shows', () => {
  const screen = (used: number) =>
    `Every 2.0s: df -h            n1: Sat Nov 28 12:00:0${used} 2026\n\nFilesystem      Size  Used Avail Use% Mounted on\n/dev/sda1        10G   ${used}G    ${10 - used}G  ${used}0% /\n`

  test.each(['watch df -h', undefined])('is the newest screen, at its own lines (%s)', command => {
    const text = screen(2) + screen(5)
    const { facts, lines } = deriveFacts(parsers, { command, stdout: text, stderr: '', exitCode: undefined })
    expect(facts.filesystems).toMatchObject([{ mount: '/', usePercent: 50 }])
    expect(lines.get('filesystems[0]')).toBe(8)
  })
})

describe('facts of an output', () => {
  test.each([
    [
      'command not found',
      { exitCode: 127, stderr: 'bash: line 1: crictl: command not found' },
      'E_FACTS_COMMAND_MISSING',
    ],
    [
      'sudo that wants a password',
      { exitCode: 1, stderr: 'sudo: a password is required' },
      'E_FACTS_NOT_ALLOWED',
    ],
    [
      'a runtime that does not answer',
      {
        exitCode: 1,
        stderr:
          'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      },
      'E_FACTS_NO_ANSWER',
    ],
  ])('%s leaves them unknown and says why', (_, rest, code) => {
    const { facts, diagnostics } = factsOf('sudo crictl ps | grep etcd', '', rest)
    expect(facts).toEqual({})
    expect(diagnostics.map(d => d.code)).toEqual([code])
  })

  test('errors that were sent into the output count as errors', () => {
    const stdout = "System has not been booted with systemd as init system (PID 1). Can't operate.\n"
    expect(factsOf('systemctl --failed 2>&1', stdout, { exitCode: 1 }).diagnostics.map(d => d.code)).toEqual([
      'E_FACTS_NO_SYSTEMD',
    ])
  })

  test('several commands in one line are each read', () => {
    const stdout = `              total        used        free      shared  buff/cache   available
Mem:           7.6Gi       1.0Gi       5.0Gi        10Mi       1.6Gi       6.4Gi
Swap:             0B          0B          0B
Filesystem      Size  Used Avail Use% Mounted on
/dev/sda1        10G  9.5G  512M  95% /
`
    const { facts } = factsOf('free -h && df -h', stdout)
    expect(facts.memory).toMatchObject({ total: Math.round(7.6 * 1024 ** 3) })
    expect(facts.filesystems).toHaveLength(1)
  })

  test('a command that no parser knows gives none, and that is no fault', () => {
    expect(factsOf('make coffee', 'done\n')).toMatchObject({ parser: undefined, facts: {}, diagnostics: [] })
  })

  test('a file that holds an output is recognised by its text', () => {
    expect(
      factsOf('cat saved.txt', 'Filesystem Size Used Avail Use% Mounted on\n/dev/a 1G 1G 0G 100% /\n').parser,
    ).toBe('df')
  })

  test('all parsers together have documented facts, and no two the same name', () => {
    const names = parsers.map(parser => parser.name)
    expect(new Set(names).size).toBe(names.length)
    expect(parsers.flatMap(parser => parser.gives).filter(name => !(name in factDocs))).toEqual([])
  })

  const commands = [
    undefined,
    'df -h',
    'df -i',
    'free',
    'systemctl status x',
    'systemctl --failed',
    'systemctl show x',
    'systemctl is-active x',
    'ip route',
    'ip addr',
    'ip -s link',
    'ss -tulpn',
    'uptime',
    'top -b -n1',
    'nproc',
    'journalctl -u x',
    'lsblk',
    'ping -c1 x',
    'curl -k https://x/healthz',
    'crictl ps -a',
    'docker ps',
    'ps aux',
    'ls -l /x',
    'swapon --show',
    'etcdctl endpoint health',
    'cat /etc/os-release',
    'kubectl get pods',
    'iptables -L -n -v',
    'sysctl -a',
    'lsmod',
    'date',
    'timedatectl',
    'iostat -x',
  ]
  const words = fc.constantFrom(
    'Filesystem',
    'Size',
    '10G',
    '50%',
    '/',
    'tcp',
    'LISTEN',
    '0',
    ':6443',
    'default',
    'via',
    '10.0.0.1',
    '●',
    'x.service',
    'Loaded:',
    'Active:',
    'Mem:',
    '|',
    '+--+',
    '{',
    '"',
    'Chain',
    'INPUT',
    '(policy',
    '\n',
    '\n',
    '  ',
    '\t',
    'NAME',
    'READY',
    'users:((',
    '-',
    '%',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map(list => list.join(' ')),
  )

  const output = fc.record({
    command: fc.constantFrom(...commands),
    stdout: text,
    stderr: text,
    exitCode: fc.constantFrom(0, 1, 127, undefined),
  })

  test('no text makes any parser throw, and lines lie within the text', () => {
    fc.assert(
      fc.property(output, captured => {
        const { lines } = deriveFacts(parsers, captured)
        const count = captured.stdout.split('\n').length
        for (const line of lines.values()) {
          expect(line).toBeGreaterThanOrEqual(0)
          expect(line).toBeLessThanOrEqual(count)
        }
      }),
      { numRuns: 1500 },
    )
  })
})

describe('merged facts', () => {
  test('rows of one mount become one row, of different mounts stay apart', () => {
    const sizes = {
      filesystems: [
        { mount: '/', usePercent: 40 },
        { mount: '/var', usePercent: 97 },
      ],
    }
    const inodes = {
      filesystems: [
        { mount: '/var', inodesUsePercent: 12 },
        { mount: '/srv', inodesUsePercent: 1 },
      ],
    }
    expect(mergeFacts([sizes, inodes])).toEqual({
      filesystems: [
        { mount: '/', usePercent: 40 },
        { mount: '/var', usePercent: 97, inodesUsePercent: 12 },
        { mount: '/srv', inodesUsePercent: 1 },
      ],
    })
  })

  test('the newer word stands, and what only the older knew is kept', () => {
    const older = { units: [{ name: 'a.service', active: 'failed', enabled: 'enabled' }], cpus: 4 }
    const newer = { units: [{ name: 'a.service', active: 'active' }], load: { one: 1 } }
    expect(mergeFacts([older, newer])).toEqual({
      units: [{ name: 'a.service', active: 'active', enabled: 'enabled' }],
      cpus: 4,
      load: { one: 1 },
    })
  })

  test('an empty list beside a full one does not take it away, and alone it stays empty', () => {
    expect(mergeFacts([{ routes: [] }])).toEqual({ routes: [] })
    expect(mergeFacts([{ routes: [{ destination: 'default' }] }, { routes: [] }])).toEqual({
      routes: [{ destination: 'default' }],
    })
  })
})

describe('several commands of one family in a line', () => {
  const sizes = 'Filesystem      Size  Used Avail Use% Mounted on\n/dev/sda3        50G   20G   30G  40% /\n'
  const inodes =
    'Filesystem      Inodes   IUsed IFree IUse% Mounted on\n/dev/sda3      3276800 3276800     0  100% /\n'

  test.each([
    ['df -h; df -i', sizes + inodes, [2, 4]],
    ['df -i && df -h', inodes + sizes, [4, 2]],
  ])('%s gives sizes as sizes and inodes as inodes, each at its line', (command, stdout, [size, inode]) => {
    const { facts, lines } = factsOf(command, stdout)
    const rows = facts.filesystems as readonly Record<string, unknown>[]
    expect(rows).toHaveLength(2)
    const sized = rows.findIndex(row => row.usePercent === 40)
    const counted = rows.findIndex(row => row.inodesUsePercent === 100)
    expect(lines.get(`filesystems[${sized}]`)).toBe(size)
    expect(lines.get(`filesystems[${counted}]`)).toBe(inode)
  })

  test('sockets have the protocol of the command that lists them', () => {
    const header = 'State   Recv-Q  Send-Q   Local Address:Port    Peer Address:Port  Process\n'
    const tcp = 'LISTEN  0       4096         127.0.0.1:10248        0.0.0.0:*\n'
    const udp = 'UNCONN  0       0              0.0.0.0:8472         0.0.0.0:*\n'
    expect(factsOf('ss -ltn; ss -lun', header + tcp + header + udp).facts.sockets).toMatchObject([
      { protocol: 'tcp', localPort: 10248 },
      { protocol: 'udp', localPort: 8472 },
    ])
  })

  test('answers belong to the units that were asked for', () => {
    expect(factsOf('systemctl is-active a; systemctl is-active b', 'inactive\nactive\n').facts.units).toEqual(
      [
        { name: 'a.service', active: 'inactive' },
        { name: 'b.service', active: 'active' },
      ],
    )
    expect(
      factsOf('systemctl is-active a b; systemctl is-enabled a', 'active\nfailed\n').facts.units,
    ).toEqual([
      { name: 'a.service', active: 'active' },
      { name: 'b.service', active: 'failed' },
    ])
  })

  test('where they cannot be told apart the first alone is read', () => {
    expect(factsOf('df -h || df', sizes).facts.filesystems).toHaveLength(1)
  })
})
