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

describe('a line with its container in front', () => {
  const inFront = [
    ['docker-compose logs', 'api_1  | '],
    ['docker compose up', 'web-1  | '],
    ['kubectl logs -l app=api --prefix', '[pod/api-6d5f-x2/api] '],
  ] as const

  test.each(inFront)(
    'of `%s` is read as the container wrote it, and marked where it stands',
    (command, owner) => {
      const stdout = `${owner}starting\n${owner}/app/start.sh: line 4: gunicorn: command not found`
      const [finding] = observe(knowledge, { command, stdout }).findings
      expect(finding?.cause).toBe('app-crash')
      const { column = 0, text = '' } = finding?.evidence[0] ?? {}
      expect(text.slice(column - 1)).toMatch(/^\/app\/start\.sh/)
    },
  )

  test('says the same in pieces as whole', () => {
    const stdout = inFront.map(([, owner]) => `${owner}/start: line 4: rails: command not found`).join('\n')
    const whole = observe(knowledge, { command: 'docker compose logs', stdout })
    const diagnosis = createDiagnosis(knowledge)
    const output = diagnosis.begin(whole.command)
    for (const line of whole.output.lines) output.take([line])
    output.close(whole)
    expect(diagnosis.findings()).toEqual(diagnose(knowledge, whole))
  })

  test.each([
    'ERROR | starting',
    '2024-05-01 10:00:00.000 | ERROR | app:main:3 - x',
    '| ENDPOINT | ID |',
    ' id  | name',
  ])('is not `%s`', line => {
    expect(readWrittenLine(line).text).toBe(line)
  })
})
