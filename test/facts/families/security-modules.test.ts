import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('security-modules', name)

describe('SELinux', () => {
  it('reads the mode', () => {
    expect(factsOf('getenforce', 'Permissive\n').facts).toEqual({ selinux: { mode: 'permissive' } })
    expect(recorded('sestatus').facts).toEqual({
      selinux: { mode: 'enforcing', configuredMode: 'permissive', policy: 'targeted' },
    })
    expect(factsOf('sestatus', 'SELinux status:                 disabled\n').facts).toEqual({
      selinux: { mode: 'disabled' },
    })
  })

  it('claims nothing where the program is missing', () => {
    const { facts, diagnostics } = recorded('getenforce-missing')
    expect(facts).toEqual({})
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_COMMAND_MISSING' }])
  })
})

describe('AppArmor', () => {
  it('counts profiles and processes', () => {
    expect(recorded('apparmor').facts).toEqual({
      apparmor: {
        loaded: true,
        profiles: 34,
        enforced: 32,
        complaining: 2,
        enforcedProcesses: 11,
        complainingProcesses: 1,
        unconfinedProcesses: 0,
      },
    })
  })

  it('says that it is not there', () => {
    expect(recorded('apparmor-absent').facts).toEqual({ apparmor: { loaded: false } })
  })
})
