import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('sysctl', name)

describe('sysctl', () => {
  it('gives settings by name, numbers as numbers, each with its line', () => {
    const { facts, lines } = recorded('three')
    expect(facts).toEqual({
      sysctl: {
        'net.ipv4.ip_forward': 1,
        'net.bridge.bridge-nf-call-iptables': 1,
        'fs.inotify.max_user_watches': 192536,
      },
    })
    expect(lines.get('sysctl.fs.inotify.max_user_watches')).toBe(3)
    expect(recorded('ip_forward-off').facts).toEqual({ sysctl: { 'net.ipv4.ip_forward': 0 } })
  })

  it('tells how full the connection table is', () => {
    expect(recorded('conntrack').facts.conntrack).toEqual({ count: 1, max: 262144, usedPercent: 0 })
    const full = 'net.netfilter.nf_conntrack_count = 128\nnet.netfilter.nf_conntrack_max = 128\n'
    expect(factsOf('sysctl -a | grep conntrack', full).facts.conntrack).toEqual({
      count: 128,
      max: 128,
      usedPercent: 100,
    })
  })

  it('tells how many file handles are open', () => {
    expect(recorded('file-nr').facts).toEqual({
      sysctl: { 'fs.file-nr': '740\t0\t2466190' },
      fileHandles: { count: 740, max: 2466190, usedPercent: 0 },
    })
  })

  it('keeps settings of several values as text', () => {
    expect(recorded('tcp-memory').facts.sysctl).toEqual({
      'net.ipv4.tcp_rmem': '4096\t131072\t33554432',
      'net.ipv4.ping_group_range': '1\t0',
    })
  })

  it('names the values of files and of -n by what was asked for', () => {
    expect(recorded('two-files').facts.sysctl).toEqual({ 'net.ipv4.ip_forward': 0, 'vm.swappiness': 60 })
    expect(recorded('values-only').facts.sysctl).toEqual({ 'vm.swappiness': 60, 'fs.file-max': 2466190 })
    expect(recorded('grep-files').facts.sysctl).toMatchObject({
      'net.ipv4.conf.all.rp_filter': 0,
      'net.ipv4.conf.lo.rp_filter': 0,
    })
  })

  it('leaves out a setting that the kernel does not know', () => {
    expect(recorded('missing').facts.sysctl).toEqual({ 'net.ipv4.ip_forward': 0 })
    const { facts, diagnostics } = recorded('missing-alone')
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })

  it('gives no limit for a number too large to be held exactly', () => {
    const { facts } = factsOf('sysctl fs.file-max', 'fs.file-max = 9223372036854775807\n')
    expect(facts.sysctl).toEqual({ 'fs.file-max': '9223372036854775807' })
  })
})
