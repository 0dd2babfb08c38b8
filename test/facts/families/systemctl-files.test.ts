import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('systemctl-files', name)

describe('systemctl list-unit-files', () => {
  it('reads what starts at boot, headers or not', () => {
    expect(recorded('unit-files').facts.units).toEqual([
      { name: 'kubelet.service', enabled: 'enabled', preset: 'enabled' },
      { name: 'kubepods-besteffort.slice', enabled: 'transient' },
      { name: 'kubepods.slice', enabled: 'transient' },
    ])
    const { facts, lines } = recorded('unit-files-full')
    expect(facts.units).toHaveLength(5)
    expect(facts.units).toContainEqual({
      name: 'gravity__gravitational.io__planet__6.0.0-11401.service',
      enabled: 'enabled',
      preset: 'enabled',
    })
    expect(lines.get('units[4]')).toBe(6)
  })

  it('reads the form without presets and JSON', () => {
    const old =
      'UNIT FILE                STATE   \nkubelet.service          disabled\n\n1 unit files listed.\n'
    expect(factsOf('systemctl list-unit-files', old).facts.units).toEqual([
      { name: 'kubelet.service', enabled: 'disabled' },
    ])
    const json = '[{"unit_file":"kubelet.service","state":"enabled","preset":null}]'
    expect(factsOf('systemctl list-unit-files -o json', json).facts.units).toEqual([
      { name: 'kubelet.service', enabled: 'enabled' },
    ])
  })

  it('says that there is no such unit', () => {
    expect(factsOf('systemctl list-unit-files | grep planet', '', { exitCode: 1 }).facts).toEqual({
      units: [],
    })
    expect(factsOf('systemctl list-unit-files kube*', '0 unit files listed.\n').facts).toEqual({ units: [] })
  })
})

describe('systemctl list-timers', () => {
  it('reads the next and the last run', () => {
    expect(recorded('timers').facts.timers).toHaveLength(8)
    expect(recorded('timers').facts.timers).toMatchObject({
      7: { name: 'man-db.timer', activates: 'man-db.service', next: '2026-11-22T08:45:22Z' },
    })
    expect(recorded('timers-252').facts.timers).toEqual([
      {
        name: 'logrotate.timer',
        activates: 'logrotate.service',
        next: '2026-11-22T00:00:00+01:00',
        last: '2026-11-21T00:00:00+01:00',
      },
      { name: 'systemd-readahead-done.timer', activates: 'systemd-readahead-done.service' },
    ])
  })
})

describe('systemctl cat', () => {
  it('reads settings with the file that each comes from', () => {
    const { facts, lines } = recorded('cat')
    expect(facts.unitSettings).toHaveLength(8)
    expect(facts.unitSettings).toContainEqual({
      path: '/etc/systemd/system/kubelet.service',
      section: 'Service',
      name: 'RestartSec',
      value: '10',
    })
    expect(facts.unitSettings).toMatchObject({
      7: {
        path: '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf',
        section: 'Service',
        name: 'Environment',
      },
    })
    expect(lines.get('unitSettings[7]')).toBe(15)
  })

  it('reads a unit file that was shown by cat, continued lines included', () => {
    const text = `[Service]
Environment=A=1
ExecStart=
ExecStart=/usr/bin/kubelet \\
  --fail-swap-on=false \\
  # kept for the old nodes
  --v=2
`
    const path = '/etc/systemd/system/kubelet.service'
    expect(factsOf(`cat ${path}`, text).facts.unitSettings).toEqual([
      { path, section: 'Service', name: 'Environment', value: 'A=1' },
      { path, section: 'Service', name: 'ExecStart', value: '' },
      { path, section: 'Service', name: 'ExecStart', value: '/usr/bin/kubelet --fail-swap-on=false --v=2' },
    ])
  })

  it('gives no fact for a unit that is not there', () => {
    const stderr = 'No files found for nosuch.service.\n'
    const { facts, diagnostics } = factsOf('systemctl cat nosuch', '', { stderr, exitCode: 1 })
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})
