import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createRedaction, createRedactor, findSecrets } from '../../src/redaction/index.ts'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))

/** Lines in which each secret stands between « and ». */
const marked = readFileSync(join(fixtures, 'redaction/secrets.txt'), 'utf8').trim().split('\n')
const secretsOf = (line: string): readonly string[] =>
  [...line.matchAll(/«([^»]+)»/g)].map(match => match[1] ?? '')
const bare = (line: string): string => line.replace(/[«»]/g, '')

const redacted = (line: string) => {
  const redactor = createRedactor(createRedaction(), 'cat notes')
  const text = redactor.pass({ stream: 'stdout', text: `${line}\n` }).text
  return { text, counts: redactor.counts() }
}

/** What is shown of a line that has not ended, after each of the lengths at which it pauses. */
const pausing = (line: string, pauses: readonly number[]): string => {
  const redactor = createRedactor(createRedaction(), 'cat notes')
  const pieces = [...pauses, line.length].map((end, at) => line.slice(at === 0 ? 0 : pauses[at - 1], end))
  const passed = pieces.map(text => redactor.pass({ stream: 'stdout', text }).text)
  return [...passed, ...redactor.rest().map(({ text }) => text)].join('')
}

describe('a secret in a line that pauses behind it', () => {
  it.each([
    ...marked,
    'it came «xyZ8Q~abcdefghijklmnopqrstuvwxyz0123456»',
    'it came «abcd7f.0123456789abcdef»',
  ])('is masked as if it had not: %s', line => {
    const text = `${bare(line)} and more`
    const isMasked = (secret: string): boolean => !redacted(text).text.includes(secret)
    const ends = [...line.matchAll(/»/g)].map(({ index }, at) => index - 2 * at - 1)
    for (const end of ends)
      for (const secret of secretsOf(line).filter(isMasked))
        for (const pauses of [[end], [end + 1], [end + 1, end + 4], [end - 3, end + 2]])
          expect(pausing(text, pauses)).not.toContain(secret.slice(Math.floor(secret.length / 3)))
  })
})

describe('a secret in a line', () => {
  it.each(marked)('is masked, and nothing else: %s', line => {
    const { text } = redacted(bare(line))
    const expected = line.replace(/«[^»]+»/g, 'MASKED').replace(/[«»]/g, '')
    expect(text.trimEnd().replace(/MASKED-[A-Z0-9-]+-\d+/g, 'MASKED')).toBe(expected)
  })

  it('is found in more than 120 forms of more than 25 kinds', () => {
    const kinds = new Set(marked.flatMap(line => Object.keys(redacted(bare(line)).counts)))
    expect(marked.flatMap(secretsOf).length).toBeGreaterThan(120)
    expect(kinds.size).toBeGreaterThan(25)
  })

  it('is masked within colours too', () => {
    expect(redacted('\u001B[01;31mpassword\u001B[m: hunter2').text).toBe('password: MASKED-PASSWORD-1\n')
  })
})

describe('a line without a secret', () => {
  it.each([
    'automountServiceAccountToken: true',
    'Error: secret "shop-db" not found',
    'MountVolume.SetUp failed for volume "kube-api-access-x7k2p" : object "default"/"kube-root-ca.crt" not registered',
    'E1121 10:00:00.0 authentication.go:63] "Unable to authenticate the request" err="[invalid bearer token, token has expired]"',
    '--service-account-signing-key-file=/etc/kubernetes/pki/sa.key',
    '--token-auth-file=/etc/kubernetes/tokens.csv',
    'Failed password for root from 10.0.0.9 port 51122 ssh2',
    'password: $DB_PASSWORD',
    'secretName: registry-credentials',
    'imagePullSecrets:',
    'klog: "SyncLoop UPDATE" source="api" secret="kube-system/calico-node-token-x7k2p"',
    'token: <your-token>',
    'docker://sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'https://10.0.0.1:6443/api/v1/namespaces/kube-system/secrets?limit=500',
    'worker.0123456789',
    'audit: user="system:serviceaccount:kube-system:default" verb=get',
    'mysql -h db -P 3306 -u root',
    '            X509v3 Subject Key Identifier: 3C:2A:9F:0B:1D',
  ])('stays as it is: %s', line => {
    expect(redacted(line).text).toBe(`${line}\n`)
  })

  it('is altered in no more than one of a hundred lines of real outputs', () => {
    const files = ['facts', 'diagnosis'].flatMap(room =>
      readdirSync(join(fixtures, room), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
    )
    const lines = files.flatMap(text => text.split('\n'))
    const altered = lines.filter(line => findSecrets(line).length > 0)
    expect(lines.length).toBeGreaterThan(10_000)
    expect(altered.length / lines.length).toBeLessThan(0.01)
  })
})

describe('a hostile line', () => {
  it.each([
    ['letters', 'a'.repeat(40_000)],
    ['dots', 'a.'.repeat(20_000)],
    ['keys', 'token='.repeat(7_000)],
    ['quotes', '"data":{"'.repeat(4_000)],
    ['addresses', 'http://a:'.repeat(4_000)],
    ['options', 'curl -u '.repeat(5_000)],
    ['passwords', 'password '.repeat(4_000)],
    ['base64', 'eyJ'.repeat(13_000)],
  ])('of %s costs hardly more than a plain one', (_name, line) => {
    const took = (text: string): number =>
      Math.min(
        ...[1, 2, 3].map(() => {
          const start = performance.now()
          redacted(text)
          return performance.now() - start
        }),
      )
    expect(took(line)).toBeLessThan(200 * Math.max(1, took(' word'.repeat(8_000))))
  })
})
