import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDiagnosis, diagnose } from '../../src/diagnosis/index.ts'
import { readWrittenLine } from '../../src/diagnosis/written-line.ts'
import { bundledKnowledge, observe } from './observe.ts'

const knowledge = bundledKnowledge()

const wrapped = (log: string): string =>
  JSON.stringify({ log: `${log}\n`, stream: 'stderr', time: '2024-05-01T10:00:00.123456789Z' })

const file = `/var/lib/docker/containers/${'a1'.repeat(32)}/${'a1'.repeat(32)}-json.log`

const seen = (...lines: readonly string[]) =>
  observe(knowledge, { command: `tail ${file}`, stdout: lines.map(wrapped).join('\n') })

const quoted =
  'E1019 20:33:37.958760       1 run.go:74] "command failed" err="failed to create listener: failed to listen on 0.0.0.0:6443: listen tcp 0.0.0.0:6443: bind: address already in use"'

describe("a line of Docker's json-file driver", () => {
  test('is read as the container wrote it, and marked where it stands', () => {
    const [finding] = seen(quoted).findings
    expect(finding?.cause).toBe('port-in-use')
    const [evidence] = finding?.evidence ?? []
    const { column = 0, length = 0, text = '' } = evidence ?? {}
    expect(text.slice(column - 1, column - 1 + length)).toContain('address already in use')
  })

  test('says the same in pieces as whole', () => {
    const whole = seen(quoted, 'panic: no config', quoted)
    const diagnosis = createDiagnosis(knowledge)
    const output = diagnosis.begin(whole.command)
    for (const line of whole.output.lines) output.take([line])
    output.close(whole)
    expect(diagnosis.findings()).toEqual(diagnose(knowledge, whole))
  })

  test('stays as it is when it is cut short', () => {
    const cut = wrapped('panic: no config').slice(0, 30)
    expect(readWrittenLine(cut).text).toBe(cut)
  })

  test('has each character where its writing stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), log => {
        const line = wrapped(log)
        const { text, shownAt } = readWrittenLine(line)
        const end = shownAt(text.length)
        expect(JSON.parse(`"${line.slice(shownAt(0), end)}"`)).toBe(text)
        expect(end).toBeLessThan(line.length)
      }),
    )
  })
})
