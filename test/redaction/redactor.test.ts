import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedaction, createRedactor } from '../../src/redaction/index.ts'

/** What is shown of an output that comes in pieces of the given lengths. */
const shown = (text: string, { command = 'cat file', cuts = [] as readonly number[] } = {}): string => {
  const redactor = createRedactor(createRedaction(), command)
  const ends = [...new Set([...cuts.filter(cut => cut < text.length), text.length])].sort((a, b) => a - b)
  let from = 0
  let out = ''
  for (const end of ends) {
    out += redactor.pass({ stream: 'stdout', text: text.slice(from, end) }).text
    from = end
  }
  return (
    out +
    redactor
      .rest()
      .map(chunk => chunk.text)
      .join('')
  )
}

const key = `before
-----BEGIN RSA PRIVATE KEY-----
MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MaXaqL0eZ4mZkQZb
c2VjcmV0c2VjcmV0c2VjcmV0
-----END RSA PRIVATE KEY-----
after
`
const yaml = `apiVersion: v1
data:
  password: aHVudGVyMg==
  user: YWRtaW4=
kind: Secret
metadata:
  name: shop-db
`
const configMap = `apiVersion: v1
data:
  Corefile: |
    .:53 {
        errors
    }
  mode: iptables
kind: ConfigMap
`
const etcd = `/registry/secrets/default/shop-db
k8s
v1Secret hunter2-in-protobuf
/registry/services/specs/default/kubernetes
k8s v1Service
`

describe('a secret that only the lines before it tell of', () => {
  it('is masked within a private key, and nothing around it', () => {
    const text = shown(key)
    expect(text).not.toMatch(/MIIE|c2Vj/)
    expect(text).toMatch(/^before\n-----BEGIN RSA PRIVATE KEY-----\nMASKED-PRIVATE-KEY-1\n/)
    expect(text).toMatch(/-----END RSA PRIVATE KEY-----\nafter\n$/)
  })

  it('leaves certificates and public keys as they are', () => {
    const certificate = key.replaceAll('RSA PRIVATE KEY', 'CERTIFICATE')
    expect(shown(certificate)).toBe(certificate)
  })

  it('is masked in the data of a Secret, also before its kind is said', () => {
    for (const command of ['kubectl get secret shop-db -o yaml', 'cat backup.yaml']) {
      const text = shown(yaml, { command })
      expect(text).not.toMatch(/aHVudGVyMg|YWRtaW4/)
      expect(text).toMatch(/kind: Secret\nmetadata:\n {2}name: shop-db/)
    }
  })

  it('leaves the data of a ConfigMap as they are', () => {
    expect(shown(configMap, { command: 'kubectl get cm coredns -o yaml' })).toBe(configMap)
  })

  it('is masked in JSON, on one line and on many', () => {
    const object = { apiVersion: 'v1', data: { user: 'cm9vdA==', key: 'c2hvcnQ' }, kind: 'Secret' }
    for (const text of [JSON.stringify(object), JSON.stringify(object, undefined, 4)])
      expect(shown(text, { command: 'kubectl get secret x -o json' })).not.toMatch(/cm9vdA|c2hvcnQ/)
    expect(shown(JSON.stringify(object))).not.toMatch(/cm9vdA|c2hvcnQ/)
  })

  it('is masked where a command prints nothing but the secret', () => {
    const field = "kubectl get secret shop-db -o jsonpath='{.data.password}'"
    expect(shown('aHVudGVyMg==', { command: field })).toBe('MASKED-SECRET-DATA-1')
    expect(shown('hunter2\n', { command: `${field} | base64 -d` })).toBe('MASKED-SECRET-DATA-1\n')
    const end = 'notAfter=Nov 21 10:00:00 2027 GMT\n'
    expect(shown(end, { command: `${field} | base64 -d | openssl x509 -noout -enddate` })).toBe(end)
  })

  it('is masked below the keys of Secrets in etcd, and nothing else', () => {
    const text = shown(etcd, { command: 'etcdctl get /registry --prefix' })
    expect(text).not.toContain('hunter2')
    expect(text).toContain('/registry/secrets/default/shop-db\n')
    expect(text).toContain('\n/registry/services/specs/default/kubernetes\nk8s v1Service\n')
  })
})

describe('an output in pieces', () => {
  const lines = [
    'plain words of a log that say nothing\n',
    '  password: hunter2\n',
    'Authorization: Bearer abcdef1234567890\n',
    'https://admin:S3cr3t@registry.example.com/v2/\n',
    key,
    yaml,
    etcd,
    'no newline at the end, token=0a1b2c3d4e5f6071',
  ]

  it('is masked the same wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(lines, { minLength: 1 }),
        fc.array(fc.nat(900), { maxLength: 20 }),
        (some, cuts) => {
          const text = some.join('')
          expect(shown(text, { cuts })).toBe(shown(text))
        },
      ),
    )
  })

  it('keeps every byte of what holds no secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(50)), (text, cuts) => {
        const plain = text.replace(/[a-z:=/]/gi, '.')
        expect(shown(plain, { cuts })).toBe(plain)
      }),
    )
  })

  it('shows the words of an unfinished line that can be no part of a secret', () => {
    const redactor = createRedactor(createRedaction(), 'kubeadm init')
    expect(redactor.pass({ stream: 'stdout', text: 'Waiting for the API server ' }).text).toBe(
      'Waiting for the API server ',
    )
    expect(redactor.pass({ stream: 'stdout', text: '... pass' }).text).toBe('... ')
    expect(redactor.pass({ stream: 'stdout', text: 'word: hunter2\n' }).text).toBe(
      'password: MASKED-PASSWORD-1\n',
    )
  })

  it('does not let a line without an end pile up', () => {
    const redactor = createRedactor(createRedaction(), 'cat blob')
    const piece = 'x'.repeat(50_000)
    let length = 0
    for (let round = 0; round < 20; round += 1)
      length += redactor.pass({ stream: 'stdout', text: piece }).text.length
    expect(length).toBeGreaterThan(900_000)
  })
})

describe('the word for a secret', () => {
  it('is the same for the same secret as long as the session lasts', () => {
    const redaction = createRedaction()
    expect(redaction.text('password=hunter2 and password=other77')).toBe(
      'password=MASKED-PASSWORD-1 and password=MASKED-PASSWORD-2',
    )
    expect(createRedactor(redaction, 'x').pass({ stream: 'stdout', text: 'PGPASSWORD=hunter2\n' }).text).toBe(
      'PGPASSWORD=MASKED-PASSWORD-1\n',
    )
  })

  it('is counted for each output by its kind', () => {
    const redactor = createRedactor(createRedaction(), 'x')
    redactor.pass({ stream: 'stdout', text: 'password=hunter2 token=0a1b2c3d4e5f6071\n' })
    redactor.pass({ stream: 'stderr', text: 'password=hunter2\n' })
    expect(redactor.counts()).toEqual({ password: 2, 'api-token': 1 })
  })
})
