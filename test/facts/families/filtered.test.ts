import { describe, expect, it } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

describe('a filter that lets nothing through', () => {
  it.each([
    ['sysctl -a | grep bridge', { sysctl: {} }],
    ['netstat -rn | grep ^0.0.0.0', { routes: [] }],
    ['ipvsadm -Ln | grep 10.96.0.1', { virtualServers: [] }],
    ["chronyc sources | grep '^.[*]'", { timeSources: [] }],
    ['lsmod | grep ip_vs', { kernelModules: [] }],
    ['ip neigh | grep FAILED', { neighbours: [] }],
  ])('says that there is none: %s', (command, facts) => {
    expect(factsOf(command, '', { exitCode: 1 })).toMatchObject({ facts, diagnostics: [] })
  })

  it('leaves the size of the connection table known', () => {
    const stderr = 'conntrack v1.4.7 (conntrack-tools): 312 flow entries have been shown.\n'
    expect(factsOf('conntrack -L | grep 8472', '', { stderr, exitCode: 1 }).facts).toEqual({
      connections: [],
      conntrack: { count: 312 },
    })
  })
})

describe('a filter that takes the header away', () => {
  it('leaves samples of vmstat readable, of which none is the mean since boot', () => {
    const sample = ' 2  3   1024 239996   5604 515636   12   40   642   136  215  301  5  2 42  51  0\n'
    const { facts } = factsOf('vmstat 1 5 | tail -1', sample)
    expect(facts.activity).toMatchObject([{ blocked: 3, swapInPerSecond: 12 * 1024, ioWaitPercent: 51 }])
    expect(facts.activity).not.toMatchObject([{ sinceBoot: true }])
  })

  it('leaves rows of iostat readable by the number of their cells', () => {
    const old = 'sda 0.00 6.20 1.40 98.80 44.80 50585.60 1010.59 141.20 802.11 76.57 812.40 9.98 99.96\n'
    expect(factsOf('iostat -x 1 5 | grep sda', old).facts.diskActivity).toMatchObject([
      { name: 'sda', utilPercent: 99.96, writeAwaitMs: 812.4, queue: 141.2 },
    ])
    const recent =
      'vda 49.64 1279.67 4.83 8.86 0.71 25.78 4.33 271.63 10.11 70.01 0.59 62.72 3.19 47.64 0.02 0.75 0.10 14.94 0.47 0.05 0.04 0.40\n'
    expect(factsOf('iostat -x | grep vda', recent).facts.diskActivity).toMatchObject([
      { name: 'vda', utilPercent: 0.4, readAwaitMs: 0.71, writeAwaitMs: 0.59, queue: 0.04 },
    ])
    const cut = recent.replace(' 49.64', '')
    expect(factsOf('iostat -x | grep vda', cut).facts).toEqual({})
  })

  it('leaves the status of dig and settings of units readable', () => {
    const status = ';; ->>HEADER<<- opcode: QUERY, status: SERVFAIL, id: 24734\n'
    expect(factsOf('dig broken.test | grep status', status).facts.dnsQueries).toMatchObject([
      { name: 'broken.test', status: 'SERVFAIL' },
    ])
    const setting = 'ExecStart=/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml\n'
    expect(factsOf('systemctl cat kubelet | grep ExecStart', setting).facts.unitSettings).toEqual([
      { name: 'ExecStart', value: '/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml' },
    ])
  })
})
