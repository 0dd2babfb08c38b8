import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutputLine } from '../../src/base/index.ts'
import { createDiagnosis, diagnose, type Finding, type Observation } from '../../src/diagnosis/index.ts'
import { deriveFacts, outputTexts, parsers } from '../../src/facts/index.ts'
import { bundledKnowledge, knowledgeOf } from './observe.ts'

const knowledge = bundledKnowledge()

const numbered = (texts: readonly string[], before = 0): readonly OutputLine[] =>
  texts.map((text, index) => ({ number: before + index + 1, stream: 'stdout', text }))

const observationOf = (command: string, lines: readonly OutputLine[]): Observation => {
  const output = { firstLine: 1, lines, totalLines: lines.length, totalBytes: 0 }
  const { facts, lines: factLines } = deriveFacts(parsers, {
    command,
    ...outputTexts(output),
    exitCode: undefined,
  })
  return { command, output, outcome: { kind: 'canceled' }, facts, factLines }
}

/** Cuts a list at the given places. */
const cut = <T>(list: readonly T[], sizes: readonly number[]): readonly (readonly T[])[] => {
  const pieces: (readonly T[])[] = []
  let at = 0
  for (const size of [...sizes, list.length]) {
    pieces.push(list.slice(at, at + size))
    at += size
  }
  return pieces
}

const inPieces = (observation: Observation, sizes: readonly number[]): readonly Finding[] => {
  const diagnosis = createDiagnosis(knowledge)
  const output = diagnosis.begin(observation.command)
  for (const piece of cut(observation.output.lines, sizes)) output.take(piece)
  output.close(observation)
  return diagnosis.findings()
}

const samples = [
  'Nov 21 06:17:42 node-2 kubelet[2214]: E1121 kubelet.go:2862] "Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:cni plugin not initialized"',
  'Nov 21 06:17:42 node-2 kubelet[2214]: dial tcp 10.0.0.10:6443: connect: connection refused',
  'Nov 21 06:17:42 node-2 kubelet[2214]: I1121 kubelet.go:2460] "SyncLoop (PLEG): event for pod"',
  'Nov 21 06:17:42 node-2 etcd[17]: {"level":"warn","msg":"slow fdatasync","took":"1.2s"}',
  'Nov 21 06:17:42 node-2 etcd[17]: raft.node: 8e9e05c52164694d elected leader 8e9e05c52164694d at term 3',
  'Nov 21 06:17:42 node-2 etcd[17]: 8e9e05c52164694d became candidate at term 4',
  'Nov 21 06:17:42 node-2 etcd[17]: ready to serve client requests',
  'Nov 21 06:17:42 node-2 kernel: \u001b[31mOut of memory: Kill\u001b[0med process 12 (java) total-vm:1kB',
  'Nov 21 06:17:42 node-2 app[1]: write /data/x: no space left on device',
  '',
]

const line = fc.constantFrom(...samples)

describe('a diagnosis in pieces', () => {
  it('gives what a diagnosis of the whole gives, wherever the pieces end', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), sizes, (texts, pieces) => {
        const observation = observationOf('journalctl -b', numbered(texts))
        expect(inPieces(observation, pieces)).toEqual(diagnose(knowledge, observation))
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same for a log so long that lines are passed over unread', () => {
    const texts = Array.from(
      { length: 15_000 },
      (_, n) => samples[((n * n + 3 * n) % 7919) % samples.length] ?? '',
    )
    const observation = observationOf('journalctl -b', numbered(texts))
    const found = inPieces(observation, [1, 900, 6000, 4000])
    expect(found).toEqual(diagnose(knowledge, observation))
    expect(found[0]?.count).toBeGreaterThan(1000)
  })
})

describe('a sign on more lines than are kept', () => {
  const small = knowledgeOf(`causes:
  - {id: disk-full, title: D, layer: infra, meaning: m, patterns: [{match: no space left, severity: warning}, {match: read-only}], next: []}
`)
  const full = Array.from({ length: 60_000 }, (_, n) => `${n}: no space left`)

  const find = (texts: readonly string[]): Finding | undefined => {
    const diagnosis = createDiagnosis(small)
    const output = diagnosis.begin('journalctl')
    output.take(numbered(texts))
    output.close(observationOf('journalctl', []))
    return diagnosis.findings()[0]
  }

  it('is counted to the end', () => {
    expect(find(full)).toMatchObject({ count: 60_000, severity: 'warning' })
  })

  it('does not hide that it grew worse at last', () => {
    expect(find([...full, 'read-only'])).toMatchObject({ count: 60_001, severity: 'error' })
  })
})

describe('a diagnosis of several outputs', () => {
  it('ranks their causes together, a cause before what it explains', () => {
    const causes = knowledgeOf(`causes:
  - {id: apiserver-unreachable, title: U, layer: node, meaning: m, patterns: [{match: refused}], next: []}
  - {id: cert-expired, title: C, layer: control-plane, meaning: m, patterns: [{match: past its end}], explains: [apiserver-unreachable], next: []}
`)
    const diagnosis = createDiagnosis(causes)
    for (const [index, text] of ['refused', 'past its end'].entries()) {
      const observation = observationOf('journalctl', numbered([text], index))
      const output = diagnosis.begin('journalctl')
      output.take(observation.output.lines)
      output.close(observation)
    }
    const found = diagnosis.findings()
    expect(found.map(({ cause, consequenceOf }) => [cause, consequenceOf])).toEqual([
      ['cert-expired', undefined],
      ['apiserver-unreachable', 'cert-expired'],
    ])
    expect(found.map(({ evidence }) => evidence[0]?.line)).toEqual([2, 1])
  })

  it('finds what only the facts of two of them show together', () => {
    const outputs = {
      uptime: ' 06:17:42 up 9 days,  2:11,  1 user,  load average: 24.10, 23.20, 22.30',
      nproc: '2',
    }
    const diagnosis = createDiagnosis(knowledge)
    for (const [command, text] of Object.entries(outputs)) {
      const observation = observationOf(command, numbered([text]))
      const output = diagnosis.begin(command)
      output.take(observation.output.lines)
      output.close(observation)
    }
    expect(diagnosis.findings().map(finding => finding.cause)).toContain('cpu-saturated')
  })
})
