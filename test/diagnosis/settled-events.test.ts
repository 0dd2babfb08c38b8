import { describe, expect, test } from 'vitest'
import { createDiagnosis, diagnose, type Observation } from '../../src/diagnosis/index.ts'
import { bundledKnowledge, observe } from './observe.ts'

const knowledge = bundledKnowledge()

const events = (...rows: readonly string[]): string =>
  ['LAST SEEN   TYPE      REASON   OBJECT   MESSAGE', ...rows].join('\n')

const described = (ready: 'True' | 'False', ...rows: readonly string[]): string =>
  [
    'Name:   web-2',
    'Status:       Running',
    'Conditions:',
    '  Type              Status',
    `  Ready             ${ready}`,
    'Events:',
    '  Type     Reason   Age   From   Message',
    '  ----     ------   ----  ----   -------',
    ...rows,
  ].join('\n')

const observed = (command: string, stdout: string): Observation & { readonly alarms: readonly string[] } => {
  const seen = observe(knowledge, { command, stdout })
  const alarms = seen.findings.filter(finding => finding.severity !== 'info').map(finding => finding.cause)
  return { ...seen, alarms }
}

const unplaced = '5m    Warning   FailedScheduling   pod/a   0/3 nodes are available: 3 Insufficient memory.'
const unmounted = '  Warning  FailedMount  9m   kubelet  MountVolume.SetUp failed for volume "x" : timed out'
const unhealthy = (age: string): string =>
  `  Warning  Unhealthy  ${age}  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503`

describe('an event', () => {
  test('is history when a later one of the same object says that it worked', () => {
    const placed = '4m    Normal    Scheduled          pod/a   Successfully assigned shop/a to n1'
    expect(observed('kubectl get events', events(unplaced, placed)).alarms).toEqual([])
  })

  test.each([
    ['another object', '4m    Normal    Scheduled          pod/b   Successfully assigned shop/b to n1'],
    ['an earlier time', '6m    Normal    Scheduled          pod/a   Successfully assigned shop/a to n1'],
    ['another matter', '4m    Normal    SuccessfulCreate   pod/a   Created something'],
  ])('stands when what worked is of %s', (_, other) => {
    expect(observed('kubectl get events', events(unplaced, other)).alarms).toEqual(['insufficient-resources'])
  })

  test('is history on a pod that is ready now', () => {
    expect(observed('kubectl describe pod web-2', described('True', unmounted)).alarms).toEqual([])
    expect(observed('kubectl describe pod web-2', described('False', unmounted)).alarms).toEqual([
      'volume-mount-failed',
    ])
  })

  test('of a probe is history while its container is being stopped, and stands when the probe is why it is stopped', () => {
    const failed = '60s   Warning   Unhealthy   pod/a   Liveness probe failed: connection refused'
    const stopped = (message: string) => events(`61s   Normal    Killing     pod/a   ${message}`, failed)
    const alarms = (message: string) => observed('kubectl get events', stopped(message)).alarms
    expect(alarms('Stopping container web')).toEqual([])
    expect(alarms('Container web failed liveness probe, will be restarted')).toEqual(['probe-failing'])
  })

  test.each([
    ['False', '40m', []],
    ['False', '40s', ['disk-full']],
    ['True', '40m', ['disk-full']],
  ])('of pressure on a node that now says %s is judged after %s', (pressure, age, alarms) => {
    const node = [
      'Name:   n-4',
      'Conditions:',
      '  Type           Status  LastHeartbeatTime                 LastTransitionTime                Reason   Message',
      '  ----           ------  -----------------                 ------------------                ------   -------',
      `  DiskPressure   ${pressure}   Thu, 05 Oct 2023 16:40:12 +0000   Thu, 05 Oct 2023 12:25:10 +0000   Any   any`,
      'Events:',
      '  Type     Reason               Age      From     Message',
      '  ----     ------               ----     ----     -------',
      `  Normal   NodeHasDiskPressure  ${age}   kubelet  Node n-4 status is now: NodeHasDiskPressure`,
    ]
    expect(observed('kubectl describe node n-4', node.join('\n')).alarms).toEqual(alarms)
  })

  test('is the same history whether an output comes whole or in pieces', () => {
    const seen = observed('kubectl describe pod web-2', described('True', unmounted, unhealthy('8m')))
    const diagnosis = createDiagnosis(knowledge)
    const output = diagnosis.begin(seen.command)
    for (const line of seen.output.lines) output.take([line])
    output.close(seen)
    expect(diagnosis.findings()).toEqual(diagnose(knowledge, seen))
  })
})
