import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { examineInputs } from '../../../src/cli/explain/examine-inputs.ts'
import { placeFindings } from '../../../src/cli/explain/place-findings.ts'
import { presentExplainJson } from '../../../src/cli/explain/present-explain-json.ts'
import { presentExplainText } from '../../../src/cli/explain/present-explain-text.ts'
import { textStyleOf } from '../../../src/cli/explain/text-style.ts'
import { UserError } from '../../../src/cli/user-error.ts'
import { bundledKnowledge } from '../../diagnosis/observe.ts'

const knowledge = bundledKnowledge()
const folder = fileURLToPath(new URL('../../fixtures/cli/explain/', import.meta.url))
const path = (name: string): string => join(folder, name)
const examine = (operands: readonly string[], command?: string) =>
  examineInputs({ operands, command, knowledge })

const unicode = textStyleOf({ env: { LANG: 'C.UTF-8' }, columns: undefined })
const ascii = textStyleOf({ env: { LANG: 'C' }, columns: undefined })

describe('a support bundle', () => {
  it('is read file by file, packed ones too, and says where each sign stands', async () => {
    const examined = await examine([path('bundle')])
    expect(examined.outputs.map(output => [output.command, output.parser])).toEqual([
      ['df -h', 'df'],
      ['free -m', 'free'],
      ['', 'journalctl'],
    ])
    const places = new Map(
      placeFindings(examined).map(({ cause, evidence }) => [cause, [evidence[0]?.file, evidence[0]?.line]]),
    )
    expect(places.get('disk-full')).toEqual([path('bundle/df-h.txt'), 2])
    expect(places.get('runtime-down')).toEqual([path('bundle/logs/kubelet.log.gz'), 10])
  })

  it('leaves out what is no text and says so', async () => {
    expect((await examine([path('bundle')])).skipped).toEqual([path('bundle/core.bin')])
  })
})

describe('several files', () => {
  it('are ranked together', async () => {
    const examined = await examine([path('echoed-df.txt'), path('paste.txt')])
    expect(placeFindings(examined)[0]?.evidence[0]).toMatchObject({ file: path('paste.txt'), line: 5 })
  })
})

describe('what cannot be read', () => {
  it.each([
    ['a file that is not there', 'nowhere.txt', 'E_CLI_FILE'],
    ['a binary that was named', 'bundle/core.bin', 'E_CLI_FILE_BINARY'],
  ])('%s is an error of the user', async (_, name, code) => {
    const error = await examine([path(name)]).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(UserError)
    expect(error).toMatchObject({ code, exitCode: 2 })
  })
})

describe('the JSON of an explanation', () => {
  it('has the shape that scripts rely on', async () => {
    const json = JSON.parse(presentExplainJson(await examine([path('bundle/df-h.txt')], 'df -h')))
    expect(json).toMatchObject({
      command: 'df -h',
      healthy: false,
      findings: [
        {
          cause: 'disk-full',
          layer: 'infra',
          severity: 'error',
          meaning: expect.any(String),
          evidence: [
            {
              line: 2,
              column: 1,
              length: 54,
              text: 'tmpfs           4.0M  4.0M     0 100% /var/lib/kubelet',
              says: '/var/lib/kubelet is 100 % full',
              rule: expect.any(String),
            },
          ],
          next: expect.arrayContaining([{ runbook: 'mks-node', step: 'disk' }]),
        },
      ],
      facts: { filesystems: [{ mount: '/var/lib/kubelet', usePercent: 100 }] },
    })
  })

  it('says that all is well where nothing was found', async () => {
    const json = JSON.parse(presentExplainJson(await examine([path('echoed-df.txt')])))
    expect(json).toMatchObject({ command: 'df -h', healthy: true, findings: [] })
  })
})

describe('the text of an explanation', () => {
  it('quotes the lines with their numbers, marks the hit and says where to go on', async () => {
    const text = presentExplainText(await examine([path('bundle/logs/kubelet.log.gz')]), unicode)
    expect(text).toContain('✖ error  The container runtime does not answer  (node, runtime-down)')
    expect(text).toMatch(/^ {7}10 │ .*containerd\.sock: connect: no such file.*\n {9} │ +\^+$/m)
    expect(text).toContain('next  runtree open mks-node#container-runtime')
  })

  it('shows the line that a fact was read from, and what it says', async () => {
    const text = presentExplainText(await examine([path('paste.txt')]), unicode)
    expect(text).toMatch(/ 5 │ tmpfs .* \/var\/lib\/kubelet\n +│ → \/var\/lib\/kubelet is 100 % full/)
    expect(text).toContain('It follows from disk-full.')
  })

  it('is one calm line where nothing is wrong', async () => {
    expect(presentExplainText(await examine([path('echoed-df.txt')]), unicode)).toBe(
      'Nothing is wrong in 10 lines of df -h.',
    )
  })

  it('guesses where no rule knows the trouble, and says so', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'runtree-test-')), 'unknown.log')
    writeFileSync(file, 'salt-minion: transport lost, giving up after the error\n')
    const text = presentExplainText(await examine([file]), unicode)
    expect(text).toMatch(/^No rule finds anything wrong in 1 line\. Not certain, but it may be about:$/m)
    expect(text).toMatch(/^. info {2}The Salt minion/m)
    expect(text).toContain('1 │ salt-minion: transport lost')
  })

  it('does without colour and without signs that the locale has not', async () => {
    const text = presentExplainText(await examine([path('paste.txt')]), ascii)
    expect(text).toMatch(/^[\n -~]*$/)
    expect(text).toContain('x error  A filesystem is full')
  })
})

describe('a log that is longer than what is kept of it', () => {
  it('is searched to its end', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'runtree-test-')), 'long.log')
    const calm = `Nov 21 06:17:42 node-2 systemd[1]: Started Session of User root.\n`.repeat(40_000)
    const sign = 'Nov 21 06:17:42 node-2 app[1]: write /data/x: no space left on device\n'
    writeFileSync(file, calm + sign + calm)
    const [finding] = placeFindings(await examine([file]))
    expect([finding?.cause, finding?.count, finding?.evidence[0]?.line]).toEqual(['disk-full', 1, 40_001])
  })
})
