import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type CommandKnowledge, createExaminer } from '../../../src/cli/explain/create-examiner.ts'
import { bundledKnowledge } from '../../diagnosis/observe.ts'

const knowledge = bundledKnowledge()
const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/cli/explain/${name}`, import.meta.url), 'utf8')

const examine = (text: string, known: CommandKnowledge = { kind: 'unknown' }) => {
  const examiner = createExaminer(knowledge)
  examiner.begin(known)
  for (const line of text.replace(/\n$/, '').split('\n')) examiner.take([line])
  examiner.end()
  return examiner.result()
}

describe('a pasted terminal', () => {
  const { outputs, findings, facts } = examine(fixture('paste.txt'))

  it('is split into its commands and their outputs', () => {
    expect(outputs).toMatchObject([
      { command: 'uptime', parser: 'uptime', firstLine: 1, lines: 1 },
      { command: 'df -h', parser: 'df', firstLine: 3, lines: 2 },
      { command: 'systemctl status kubelet', parser: 'systemctl-status', firstLine: 6, lines: 7 },
    ])
  })

  it('gives the facts of all of them', () => {
    expect(Object.keys(facts)).toEqual(expect.arrayContaining(['load', 'filesystems', 'units']))
  })

  it('is ranked as one, with the line numbers of the file', () => {
    expect(
      findings.map(({ cause, consequenceOf, evidence }) => [cause, consequenceOf, evidence[0]?.line]),
    ).toEqual([
      ['disk-full', undefined, 5],
      ['kubelet-down', 'disk-full', 11],
    ])
  })
})

describe('a command that was copied along', () => {
  const healthy = fixture('echoed-df.txt')

  it('without its prompt names the command', () => {
    expect(examine(healthy).outputs).toMatchObject([
      { command: 'df -h', parser: 'df', firstLine: 1, lines: 9 },
    ])
  })

  it.each([['df -h'], ['root@node-1:~# df -h'], ['$ df -h']])(
    'as "%s" changes nothing where it is given too',
    echo => {
      const body = healthy.slice(healthy.indexOf('\n') + 1)
      const given = { kind: 'given', command: 'df -h' } as const
      const plain = examine(body, given)
      const { facts, findings } = examine(`${echo}\n${body}root@node-1:~# `, given)
      expect({ facts, findings }).toEqual({ facts: plain.facts, findings: plain.findings })
    },
  )
})

describe('a text of which nothing is known', () => {
  it('is recognised by what it shows', () => {
    const text = fixture('bundle/df-h.txt')
    expect(examine(text).outputs).toMatchObject([{ command: '', parser: 'df', firstLine: 1, lines: 2 }])
    expect(examine(text).findings[0]?.cause).toBe('disk-full')
  })

  it('is searched for signs of trouble even where no parser reads it', () => {
    const { outputs, findings } = examine('hello\nwrite /data/x: no space left on device\n')
    expect(outputs[0]?.parser).toBeUndefined()
    expect([findings[0]?.cause, findings[0]?.evidence[0]?.line]).toEqual(['disk-full', 2])
  })

  it('is no output when it is blank', () => {
    expect(examine('\n  \n').outputs).toEqual([])
  })
})

describe('a command that was given and printed nothing', () => {
  it('gave an answer', () => {
    expect(examine('', { kind: 'given', command: 'systemctl --failed' }).outputs).toHaveLength(1)
  })
})
