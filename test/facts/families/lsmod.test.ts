import { describe, expect, it } from 'vitest'
import { factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('lsmod', name)

describe('lsmod', () => {
  it('reads modules with what uses them', () => {
    const { facts, lines } = recorded('modules')
    expect(facts.kernelModules).toHaveLength(15)
    expect(facts.kernelModules).toContainEqual({ name: 'br_netfilter', size: 32768, users: 0, usedBy: [] })
    expect(facts.kernelModules).toContainEqual({
      name: 'ip_vs',
      size: 184320,
      users: 6,
      usedBy: ['ip_vs_rr', 'ip_vs_sh'],
    })
    expect(lines.get('kernelModules[0]')).toBe(2)
  })

  it('reads the form of /proc/modules', () => {
    expect(recorded('proc').facts.kernelModules).toEqual([
      { name: 'nf_nat', size: 49152, users: 3, usedBy: ['xt_nat', 'nft_chain_nat', 'xt_MASQUERADE'] },
      { name: 'br_netfilter', size: 32768, users: 0, usedBy: [] },
      { name: 'zfs', size: 4083712, users: 6, usedBy: [] },
    ])
  })

  it('says that a module is not loaded when a filter finds no line', () => {
    expect(recorded('filtered-away').facts).toEqual({ kernelModules: [] })
  })

  it('claims nothing where the kernel has no modules to list', () => {
    const { facts, diagnostics } = recorded('no-modules')
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})
