import { describe, expect, test } from 'vitest'
import { bundledKnowledge, observe } from './observe.ts'
import { readWordings, type Wording } from './read-wordings.ts'

const wordings = readWordings()

const knowledge = bundledKnowledge()

const alarms = ({ command, output = '', stderr = '', exit = 0 }: Wording): readonly string[] =>
  observe(knowledge, { command, stdout: output, stderr, outcome: { kind: 'exited', code: exit } })
    .findings.filter(finding => finding.severity !== 'info')
    .map(finding => finding.cause)

const title = ({ command, output, stderr }: Wording, index: number): string =>
  `${index} ${command}: ${(output ?? stderr ?? '').trim().split('\n').at(-1)?.slice(0, 90)}`

describe('a wording of a fault puts its cause first', () => {
  const faults = wordings.filter(wording => wording.cause !== undefined)
  test.each(faults.map((wording, index) => [`${wording.cause} ${title(wording, index)}`, wording] as const))(
    '%s',
    (_, wording) => {
      expect(alarms(wording)[0]).toBe(wording.cause)
    },
  )
})

describe('an output of a healthy machine raises no alarm', () => {
  const healthy = wordings.filter(wording => wording.healthy)
  test.each(healthy.map((wording, index) => [title(wording, index), wording] as const))(
    '%s',
    (_, wording) => {
      expect(alarms(wording)).toEqual([])
    },
  )
})

describe('each cause', () => {
  const ids = [...knowledge.causes.keys()]

  test('has a wording that shows it', () => {
    const shown = new Set(wordings.map(wording => wording.cause))
    expect(ids.filter(id => !shown.has(id))).toEqual([])
  })

  test('has a healthy output that looks like it and raises no alarm', () => {
    const near = new Set(wordings.flatMap(wording => (wording.healthy ? [wording.near] : [])))
    expect(ids.filter(id => !near.has(id))).toEqual([])
  })
})
