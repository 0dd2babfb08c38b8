import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const gib = 1024 ** 3

describe('lsblk', () => {
  test('gives devices with their mounts', () => {
    expect(factsOfRecorded('lsblk', 'plain').facts.blockDevices).toContainEqual({
      name: 'vda',
      numbers: '254:0',
      type: 'disk',
      size: 256 * gib,
      removable: false,
      readOnly: false,
      mounts: ['/'],
    })
  })

  test('reads trees, volumes and further mounts below', () => {
    const stdout = `NAME                      MAJ:MIN RM   SIZE RO TYPE MOUNTPOINTS
sda                         8:0    0   100G  0 disk
├─sda1                      8:1    0     1M  0 part
└─sda2                      8:2    0   100G  0 part
  └─ubuntu--vg-ubuntu--lv 253:0    0    50G  0 lvm  /var/snap/x
                                                    /
sr0                        11:0    1  1024M  0 rom
`
    const { facts, lines } = factsOf('lsblk', stdout)
    expect((facts.blockDevices as readonly { readonly name: string }[]).map(d => d.name)).toEqual([
      'sda',
      'sda1',
      'sda2',
      'ubuntu--vg-ubuntu--lv',
      'sr0',
    ])
    expect(facts.blockDevices).toContainEqual(
      expect.objectContaining({ name: 'ubuntu--vg-ubuntu--lv', type: 'lvm', mounts: ['/var/snap/x', '/'] }),
    )
    expect(lines.get('blockDevices[4]')).toBe(7)
  })
})

describe('ls', () => {
  test('gives files with kind, mode, owner and size', () => {
    const { facts, lines } = factsOfRecorded('ls', 'long')
    expect(facts.files).toHaveLength(13)
    expect(facts.files).toContainEqual({
      name: 'chrony',
      directory: '/etc/init.d',
      kind: 'file',
      mode: 'rwxr-xr-x',
      owner: 'root',
      group: 'root',
      size: 1897,
      modified: 'Jul  2 13:56',
    })
    expect(lines.get('files[0]')).toBe(4)
  })

  test('an empty directory is empty, one that is missing is unknown', () => {
    expect(factsOfRecorded('ls', 'empty').facts).toEqual({ files: [] })
    const missing = factsOfRecorded('ls', 'missing')
    expect(missing.facts).toEqual({})
    expect(missing.diagnostics.map(d => d.code)).toEqual(['E_FACTS_COMMAND_FAILED'])
  })

  test('plain names, links, several directories', () => {
    const plain = 'etcd.yaml\nkube-apiserver.yaml\n'
    expect(factsOf("ls /etc/kubernetes/manifests | egrep 'etcd|kube-apiserver'", plain).facts.files).toEqual([
      { name: 'etcd.yaml', directory: '/etc/kubernetes/manifests' },
      { name: 'kube-apiserver.yaml', directory: '/etc/kubernetes/manifests' },
    ])
    const long = `/a:
total 0
lrwxrwxrwx. 1 root root 22 Nov 21 10:12 current.pem -> kubelet-2026.pem

/b:
total 4.0K
-rw-r----- 1 etcd etcd 1.2K 2026-11-21 10:12 member.wal
`
    expect(factsOf('ls -lh /a /b', long).facts.files).toEqual([
      expect.objectContaining({
        name: 'current.pem',
        directory: '/a',
        kind: 'link',
        target: 'kubelet-2026.pem',
      }),
      expect.objectContaining({
        name: 'member.wal',
        directory: '/b',
        owner: 'etcd',
        size: Math.round(1.2 * 1024),
      }),
    ])
  })

  test('does not take what other commands print for file names', () => {
    const { facts } = factsOf(
      'ls /x; uptime',
      ' 10:00:00 up 1 day,  2:03,  1 user,  load average: 0.10, 0.20, 0.30\n',
    )
    expect(facts).not.toHaveProperty('files')
  })
})

describe('swapon', () => {
  test('no output means that swap is off', () => {
    expect(factsOfRecorded('swapon', 'none').facts).toEqual({ swapDevices: [] })
    expect(
      factsOf('swapon --show', '', { exitCode: 127, stderr: 'swapon: command not found' }).facts,
    ).toEqual({})
  })

  test('devices of swapon and of /proc/swaps count bytes', () => {
    expect(
      factsOf('swapon --show', 'NAME      TYPE SIZE USED PRIO\n/swapfile file   2G 512K   -2\n').facts
        .swapDevices,
    ).toEqual([{ name: '/swapfile', type: 'file', size: 2 * gib, used: 512 * 1024, priority: -2 }])
    const proc =
      'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/dev/dm-1                               partition\t2097148\t\t0\t\t-2\n'
    expect(factsOf('cat /proc/swaps', proc).facts.swapDevices).toEqual([
      { name: '/dev/dm-1', type: 'partition', size: 2097148 * 1024, used: 0, priority: -2 },
    ])
  })
})

describe('os-release', () => {
  test('names the distribution', () => {
    expect(factsOfRecorded('os-release', 'debian').facts.os).toMatchObject({
      id: 'debian',
      prettyName: 'Debian GNU/Linux 12 (bookworm)',
      versionId: '12',
      codename: 'bookworm',
    })
    const rocky = 'NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID=\'9.3\'\n'
    expect(factsOf('cat /etc/os-release', rocky).facts.os).toEqual({
      id: 'rocky',
      idLike: ['rhel', 'centos', 'fedora'],
      name: 'Rocky Linux',
      versionId: '9.3',
    })
  })
})

describe('what the scheduler says', () => {
  test('is counted wherever it stands, with the line', () => {
    const stdout = `Events:
  Warning  FailedScheduling  5s  default-scheduler  0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 3 Insufficient memory. preemption: 0/4 nodes are available: 3 No preemption victims found.
`
    const { facts, lines } = factsOf('kubectl describe pod web', stdout)
    expect(facts.scheduling).toEqual([
      {
        fitting: 0,
        nodes: 4,
        reasons: [
          { count: 1, reason: 'node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }' },
          { count: 3, reason: 'Insufficient memory' },
        ],
      },
    ])
    expect(lines.get('scheduling[0]')).toBe(2)
  })
})
