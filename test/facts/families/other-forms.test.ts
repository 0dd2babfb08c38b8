import { expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const gib = 1024 ** 3

const disk = { name: 'sda', type: 'disk', size: 8 * gib, mounts: [] }
const part = { name: 'sda1', type: 'part', size: 8 * gib, mounts: ['/'] }

test('lsblk gives the chosen columns', () => {
  const text = 'NAME   SIZE TYPE MOUNTPOINT\nsda      8G disk \n└─sda1   8G part /\n'
  expect(factsOf('lsblk -o NAME,SIZE,TYPE,MOUNTPOINT', text).facts.blockDevices).toEqual([disk, part])
})

test('lsblk -f gives filesystems and where they are mounted', () => {
  const text = [
    'NAME   FSTYPE FSVER LABEL UUID                                 FSAVAIL FSUSE% MOUNTPOINTS',
    'sda                                                                           ',
    '└─sda1 ext4   1.0         4b2d2c2e-1111-2222-3333-444455556666   10.1G    45% /',
  ].join('\n')
  const { facts, lines } = factsOf('lsblk -f', text)
  expect(facts.blockDevices).toEqual([
    { name: 'sda', mounts: [] },
    {
      name: 'sda1',
      filesystem: 'ext4',
      uuid: '4b2d2c2e-1111-2222-3333-444455556666',
      available: Math.round(10.1 * 1024 ** 3),
      usePercent: 45,
      mounts: ['/'],
    },
  ])
  expect(lines.get('blockDevices[1]')).toBe(3)
})

test('lsblk -J gives a device and its parts, of util-linux old and new', () => {
  const child = {
    name: 'sda1',
    'maj:min': '8:1',
    rm: '0',
    size: '8G',
    ro: '0',
    type: 'part',
    mountpoint: '/',
  }
  const root = {
    name: 'sda',
    'maj:min': '8:0',
    rm: false,
    size: '8G',
    ro: false,
    type: 'disk',
    mountpoints: [null],
  }
  const text = JSON.stringify({ blockdevices: [{ ...root, children: [child] }] })
  const flags = { removable: false, readOnly: false }
  expect(factsOf('lsblk -J', text).facts.blockDevices).toEqual([
    { ...disk, ...flags, numbers: '8:0' },
    { ...part, ...flags, numbers: '8:1' },
  ])
})

test('uptime -p tells how long', () => {
  expect(factsOf('uptime -p', 'up 2 weeks, 3 days, 4 hours, 5 minutes\n').facts).toEqual({
    uptimeSeconds: (((2 * 7 + 3) * 24 + 4) * 60 + 5) * 60,
  })
  expect(factsOf('uptime -p', 'up 1 minute\n').facts).toEqual({ uptimeSeconds: 60 })
})

test('systemctl is-system-running tells the state of the machine', () => {
  expect(factsOf('systemctl is-system-running', 'degraded\n', { exitCode: 1 }).facts).toEqual({
    systemState: 'degraded',
  })
})

test('vmstat -s gives memory and swap', () => {
  const text = [
    '     24684100 K total memory',
    '       912000 K used memory',
    '     19854876 K free memory',
    '        47172 K buffer memory',
    '      4264812 K swap cache',
    '      1000000 K total swap',
    '       250000 K used swap',
    '       750000 K free swap',
    '       657890 non-nice user cpu ticks',
  ].join('\n')
  expect(factsOf('vmstat -s', text).facts).toEqual({
    memory: {
      total: 24684100 * 1024,
      buffers: 47172 * 1024,
      cache: 4264812 * 1024,
      used: 912000 * 1024,
      free: 19854876 * 1024,
      buffCache: (47172 + 4264812) * 1024,
    },
    swap: { total: 1024e6, used: 256e6, free: 768e6, usedPercent: 25 },
  })
})

test('iostat -o JSON gives what the table gives', () => {
  const disks = {
    disk_device: 'vda',
    'r/s': 22.86,
    'w/s': 9.03,
    'rkB/s': 2,
    'wkB/s': 3,
    r_await: 0.68,
    w_await: 1.53,
    'aqu-sz': 0.03,
    util: 0.47,
  }
  const cpu = { user: 37.7, nice: 0, system: 8.95, iowait: 0.07, steal: 0.7, idle: 52.57 }
  const statistics = [{ 'avg-cpu': cpu, disk: [disks] }]
  const text = JSON.stringify({ sysstat: { hosts: [{ nodename: 'vm', statistics }] } })
  expect(factsOf('iostat -x -o JSON', text).facts).toEqual({
    cpuPercent: { user: 37.7, nice: 0, system: 8.95, ioWait: 0.07, steal: 0.7, idle: 52.57 },
    diskActivity: [
      {
        name: 'vda',
        utilPercent: 0.47,
        readsPerSecond: 22.86,
        writesPerSecond: 9.03,
        readBytesPerSecond: 2048,
        writeBytesPerSecond: 3072,
        readAwaitMs: 0.68,
        writeAwaitMs: 1.53,
        queue: 0.03,
      },
    ],
  })
})

test('chronyc sourcestats gives how far each server is off', () => {
  const text = [
    'Name/IP Address            NP  NR  Span  Frequency  Freq Skew  Offset  Std Dev',
    '==============================================================================',
    'ntp1.example.net           15   8  241m     +0.001      0.012    -23us    45us',
    '10.0.0.9                    0   0     0     +0.000   2000.000     +0ns  4000ms',
  ].join('\n')
  expect(factsOf('chronyc sourcestats', text).facts.timeSources).toEqual([
    { name: 'ntp1.example.net', offsetSeconds: -23 / 1e6, deviationSeconds: 45 / 1e6 },
    { name: '10.0.0.9', offsetSeconds: 0, deviationSeconds: 4 },
  ])
})

test('ps of busybox leaves seconds away from an hour on and minutes from a day on', () => {
  const output = [
    'PID   USER     TIME  COMMAND',
    '    1 root      0:03 /sbin/init',
    ' 1023 root      1h12 /coredns -conf /etc/coredns/Corefile',
    ' 1101 root     13d04 /usr/bin/kubelet',
  ].join('\n')
  expect(factsOf('ps', output).facts.processes).toMatchObject([
    { pid: 1, cpuSeconds: 3 },
    { pid: 1023, cpuSeconds: 4320 },
    { pid: 1101, cpuSeconds: 1_137_600 },
  ])
})

test('ps of busybox names a program whose words say something else', () => {
  const text = 'PID   USER     TIME  COMMAND\n   12 root      0:00 {nginx} nginx: master\n'
  expect(factsOf('ps', text).facts.processes).toMatchObject([{ pid: 12, program: 'nginx' }])
})

test('ip -br addr gives addresses without what is said about them', () => {
  const text =
    'eth0             UP             10.0.0.5/24 metric 100 fe80::1/64 \ntun0             UNKNOWN        10.0.0.1 peer 10.0.0.2/32 \n'
  expect(factsOf('ip -br addr', text).facts.interfaces).toMatchObject([
    {
      name: 'eth0',
      addresses: [
        { address: '10.0.0.5', prefixLength: 24, family: 'inet' },
        { address: 'fe80::1', prefixLength: 64, family: 'inet6' },
      ],
    },
    { name: 'tun0', addresses: [{ address: '10.0.0.1', prefixLength: 32, family: 'inet' }] },
  ])
})

test('lsblk of old versions gives a long name a line of its own', () => {
  const text = `NAME            MAJ:MIN RM          SIZE RO TYPE MOUNTPOINT
sda               8:0    0  256060514304  0 disk 
└─sda1            8:1    0  256059113472  0 part 
  └─data--vg-data--lv1
                253:1    0  756161708032  0 lvm  /mnt/lv1
`
  const { facts, lines } = factsOf('lsblk -b', text)
  expect(facts.blockDevices).toMatchObject([
    { name: 'sda' },
    { name: 'sda1', type: 'part' },
    { name: 'data--vg-data--lv1', type: 'lvm', size: 756161708032, mounts: ['/mnt/lv1'] },
  ])
  expect(lines.get('blockDevices[2]')).toBe(4)
})

test.each([
  ['四  6月  1 10:00:00 CST 2023', '2023-06-01T10:00:00'],
  ['Чт 01 июн 2023 10:00:00 UTC', '2023-06-01T10:00:00Z'],
  ['Пт мая 12 10:00:00 MSK 2023', '2023-05-12T07:00:00Z'],
])('date tells the time as %s', (text, time) => {
  expect(factsOf('date', `${text}\n`).facts.clock).toEqual({ time })
})
