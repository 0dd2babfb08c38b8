import { describe, expect, test } from 'vitest'
import { createDiagnosis, diagnose } from '../../src/diagnosis/index.ts'
import { bundledKnowledge, observe } from './observe.ts'

const knowledge = bundledKnowledge()

const crash =
  'Oct 18 08:00:30 w-2 kubelet[598]: E1018 08:00:30.000531 598 pod_workers.go:1300] "Error syncing pod, skipping" err="back-off 10s restarting failed container=worker pod=worker-1_shop"'
const broken = 'Oct 18 08:00:31 w-2 kernel: Buffer I/O error on dev sdb1, logical block 1, async page read'
const boot = '-- Boot f2bf5f4652533745c9687315d3403203 --'
const started = 'Nov 25 14:44:43 w-2 systemd[1]: Started kubelet: The Kubernetes Node Agent.'

const seen = (...lines: readonly string[]) =>
  observe(knowledge, { command: 'journalctl -n 200', stdout: lines.join('\n') })

const alarms = (...lines: readonly string[]) =>
  seen(...lines)
    .findings.filter(finding => finding.severity !== 'info')
    .map(finding => finding.cause)

describe('what stands before a start of the machine', () => {
  test.each([boot, '-- Reboot --'])('is history for what programs did, with %s', mark => {
    expect(alarms(crash, mark, started)).toEqual([])
    expect(alarms(crash, mark, started, crash)).toEqual(['app-crash'])
    expect(alarms(crash, started)).toEqual(['app-crash'])
  })

  test('is no hint either', () => {
    const stopped = 'Oct 18 08:00:30 w-2 systemd[1]: Stopped containerd container runtime.'
    expect(seen(stopped, started).findings.map(({ cause }) => cause)).toEqual(['runtime-down'])
    expect(seen(stopped, boot, started).findings).toEqual([])
  })

  test('stands for hardware, which a start does not mend', () => {
    expect(alarms(broken, boot, started)).toEqual(['disk-failing'])
  })

  test('is the same whether the output comes whole or in pieces', () => {
    const whole = seen(crash, broken, boot, started)
    const diagnosis = createDiagnosis(knowledge)
    const output = diagnosis.begin(whole.command)
    for (const line of whole.output.lines) output.take([line])
    output.close(whole)
    expect(diagnosis.findings()).toEqual(diagnose(knowledge, whole))
  })
})
