import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('openssl', name)

const certificates = (name: string) => recorded(name).facts.certificates

const etcdCertificate = {
  subject: 'CN = node1',
  commonName: 'node1',
  issuer: 'CN = etcd-ca',
  issuerName: 'etcd-ca',
}

describe('openssl x509', () => {
  it('reads subject, issuer and both dates, named after the file', () => {
    expect(certificates('x509-expired')).toEqual([
      {
        ...etcdCertificate,
        name: 'server.crt',
        notBefore: '2025-06-01T00:00:00Z',
        notAfter: '2025-07-01T00:00:00Z',
      },
    ])
    expect(certificates('x509-enddate')).toEqual([{ name: 'FILE', notAfter: '2027-11-21T06:13:42Z' }])
  })

  it('reads the full text', () => {
    expect(certificates('x509-text')).toEqual([
      {
        ...etcdCertificate,
        name: 'FILE',
        notBefore: '2026-11-21T06:13:42Z',
        notAfter: '2027-11-21T06:13:42Z',
        serial: '5ED63059E5A6A00E083EC28CE38603352358AC40',
        signatureAlgorithm: 'sha256WithRSAEncryption',
        keyBits: 2048,
        dnsNames: ['localhost'],
        ipAddresses: ['127.0.0.1', '0:0:0:0:0:0:0:1'],
        extendedKeyUsage: ['TLS Web Server Authentication', 'TLS Web Client Authentication'],
      },
    ])
    expect(certificates('ca-text')).toMatchObject([{ authority: true, commonName: 'kubernetes' }])
    expect(certificates('ec-text')).toMatchObject([{ keyBits: 256, signatureAlgorithm: 'ecdsa-with-SHA256' }])
  })

  it('keeps certificates of a loop apart by the headings between them', () => {
    expect(certificates('loop')).toMatchObject([
      {
        name: 'apiserver.crt',
        subject: 'O = system:masters, CN = kube-apiserver',
        commonName: 'kube-apiserver',
        organizations: ['system:masters'],
        issuerName: 'kubernetes',
        notAfter: '2027-11-21T10:23:33Z',
      },
      { name: 'ca.crt', commonName: 'kubernetes', notAfter: '2036-11-18T10:23:32Z' },
      { name: 'ec.crt', commonName: 'k3s-server-ca@1700000000', notAfter: '2026-12-21T10:23:33Z' },
    ])
    expect(recorded('loop').lines.get('certificates[1]')).toBe(7)
  })

  it('tells whether a certificate ends within the time asked for', () => {
    expect(certificates('x509-checkend-expired')).toEqual([
      { name: 'server.crt', willExpire: true, checkedSeconds: 86400 },
    ])
    expect(certificates('x509-checkend-ok')).toEqual([
      { name: 'FILE', willExpire: false, checkedSeconds: 86400 },
    ])
  })

  it('reads the names out of a filtered text', () => {
    expect(certificates('san')).toEqual([
      {
        name: 'apiserver.crt',
        dnsNames: ['kubernetes', 'kubernetes.default.svc.cluster.local'],
        ipAddresses: ['10.96.0.1', 'FD00:0:0:0:0:0:0:1'],
      },
    ])
  })

  it('reads names as old and new OpenSSL print them', () => {
    const old = factsOf(
      'openssl x509 -in a.crt -noout -subject',
      'subject= /O=system:nodes/CN=system:node:w1\n',
    )
    expect(old.facts.certificates).toMatchObject([
      { commonName: 'system:node:w1', organizations: ['system:nodes'] },
    ])
    const recent = factsOf(
      'openssl x509 -in a.crt -noout -subject',
      'subject=O=system:nodes, CN=system:node:w1\n',
    )
    expect(recent.facts.certificates).toMatchObject([
      { commonName: 'system:node:w1', organizations: ['system:nodes'] },
    ])
  })

  it('reads the text of older OpenSSL, with a short serial number', () => {
    const text = `Certificate:
    Data:
        Version: 3 (0x2)
        Serial Number: 4096 (0x1000)
    Signature Algorithm: sha256WithRSAEncryption
        Issuer: C=DE, O=Lab, CN=lab-ca
        Validity
            Not Before: Jan  1 00:00:00 2026 GMT
            Not After : Jan  1 00:00:00 2027 GMT
        Subject: CN=node1
        Subject Public Key Info:
            Public Key Algorithm: rsaEncryption
                RSA Public-Key: (3072 bit)
                Modulus:
                    00:b1:c2:d3:e4:f5:06:17:28:39:4a:5b:6c:7d:8e:
                    9f:a0:b1:c2:d3:e4:f5:06:17:28
`
    expect(factsOf('openssl x509 -in a.crt -noout -text', text).facts.certificates).toEqual([
      {
        name: 'a.crt',
        serial: '1000',
        signatureAlgorithm: 'sha256WithRSAEncryption',
        issuer: 'C=DE, O=Lab, CN=lab-ca',
        issuerName: 'lab-ca',
        notBefore: '2026-01-01T00:00:00Z',
        notAfter: '2027-01-01T00:00:00Z',
        subject: 'CN=node1',
        commonName: 'node1',
        keyBits: 3072,
      },
    ])
  })

  it('reads serial and fingerprint', () => {
    expect(certificates('fingerprint')).toMatchObject([
      {
        serial: '32141428088049CCB026B4581E044C0154BCC97E',
        fingerprint: expect.stringMatching(/^B4:AC:.*:A2$/),
      },
    ])
  })

  it('gives no fact for a file that is not there', () => {
    const { facts, diagnostics } = recorded('x509-missing-file')
    expect(facts).toEqual({})
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_COMMAND_FAILED' }])
  })

  it('reads the modulus of a certificate and of its key alike', () => {
    const modulus = expect.stringMatching(/^DE80BA787B1DB22D[0-9A-F]+3E3CCF0AE0F0FEDDE3B7ECB$/)
    expect(certificates('modulus')).toEqual([{ name: 'apiserver.crt', modulus }])
    expect(certificates('key-modulus')).toEqual([{ name: 'apiserver.key', modulus }])
  })
})

describe('openssl verify', () => {
  it('reads the verdict and why it is bad', () => {
    expect(certificates('verify-ok')).toEqual([{ name: 'apiserver.crt', verified: true }])
    expect(certificates('verify-expired')).toEqual([
      {
        name: 'server.crt',
        subject: 'CN = node1',
        commonName: 'node1',
        verified: false,
        verifyCode: 10,
        verifyDepth: 0,
        verifyError: 'certificate has expired',
      },
    ])
    expect(certificates('verify-unknown')).toMatchObject([
      { verified: false, verifyCode: 20, verifyError: 'unable to get local issuer certificate' },
    ])
  })

  it('reads the form of OpenSSL 1.0, which ends with OK although it failed', () => {
    const text =
      'apiserver.crt: CN = kube-apiserver\nerror 10 at 0 depth lookup:certificate has expired\nOK\n'
    const { facts } = factsOf('openssl verify -CAfile ca.crt apiserver.crt', text)
    expect(facts.certificates).toMatchObject([
      { name: 'apiserver.crt', verified: false, verifyCode: 10, commonName: 'kube-apiserver' },
    ])
  })
})

describe('openssl verify of several certificates', () => {
  it('gives a verdict each, of the first error where there are more', () => {
    const text = [
      'a.crt: OK',
      'CN = b',
      'error 20 at 0 depth lookup: unable to get local issuer certificate',
      'CN = b',
      'error 21 at 0 depth lookup: unable to verify the first certificate',
      'error b.crt: verification failed',
      'c.crt: OK',
      'CN = d',
      'error 10 at 1 depth lookup: certificate has expired',
      'error d.crt: verification failed',
    ].join('\n')
    const { facts } = factsOf('openssl verify -CAfile ca.crt a.crt b.crt c.crt d.crt', text)
    expect(facts.certificates).toMatchObject([
      { name: 'a.crt', verified: true },
      { name: 'c.crt', verified: true },
      { name: 'b.crt', verified: false, verifyCode: 20, commonName: 'b' },
      { name: 'd.crt', verified: false, verifyCode: 10, verifyDepth: 1 },
    ])
  })

  it('gives a verdict each in the form of OpenSSL 1.0', () => {
    const text =
      'a.crt: CN = a\nerror 10 at 0 depth lookup:certificate has expired\nOK\nb.crt: /CN=b\nerror 20 at 0 depth lookup:unable to get local issuer certificate\n'
    const { facts } = factsOf('openssl verify a.crt b.crt', text)
    expect(facts.certificates).toMatchObject([
      { name: 'a.crt', verifyCode: 10 },
      { name: 'b.crt', verifyCode: 20 },
    ])
  })
})

describe('openssl crl', () => {
  it('names no issuer that was not asked for', () => {
    const text = 'lastUpdate=Jun  3 10:11:12 2024 GMT\nnextUpdate=Jul  3 10:11:12 2024 GMT\n'
    const { facts } = factsOf('openssl crl -in crl.pem -noout -lastupdate -nextupdate', text)
    expect(facts.revocationLists).toEqual([
      { name: 'crl.pem', lastUpdate: '2024-06-03T10:11:12Z', nextUpdate: '2024-07-03T10:11:12Z' },
    ])
  })
})

describe('openssl s_client', () => {
  it('reads the chain and the verdict', () => {
    const { facts } = recorded('s_client-ok')
    expect(facts.tlsConnection).toEqual({
      target: '127.0.0.1:16443',
      verified: true,
      verifyCode: 0,
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
    })
    expect(facts.certificates).toMatchObject([
      { name: '127.0.0.1:16443', commonName: 'kube-apiserver', notAfter: '2027-11-21T10:23:33Z' },
      { name: '127.0.0.1:16443 1', commonName: 'kubernetes', notAfter: '2036-11-18T10:23:32Z' },
    ])
  })

  it('reads why a server is not trusted and what it objected to', () => {
    expect(recorded('s_client-expired').facts).toMatchObject({
      tlsConnection: {
        target: '127.0.0.1:2379',
        verified: false,
        verifyCode: 10,
        verifyError: 'certificate has expired',
        alert: 'sslv3 alert bad certificate',
      },
      certificates: [{ ...etcdCertificate, notAfter: '2025-07-01T00:00:00Z' }],
    })
  })

  it('gives no fact when nothing listens', () => {
    const { facts, diagnostics } = recorded('s_client-refused')
    expect(facts).toEqual({})
    expect(diagnostics).toMatchObject([{ code: 'E_FACTS_NO_ANSWER' }])
  })
})

it('reads names of which each part has a line of its own', () => {
  const text =
    'subject=\n    organizationName          = system:nodes\n    commonName                = system:node:cp-1\nissuer=\n    commonName                = kubernetes\n'
  expect(factsOf('openssl x509 -in c.pem -noout -subject -issuer -nameopt multiline', text).facts).toEqual({
    certificates: [
      {
        name: 'c.pem',
        subject: 'O = system:nodes, CN = system:node:cp-1',
        commonName: 'system:node:cp-1',
        organizations: ['system:nodes'],
        issuer: 'CN = kubernetes',
        issuerName: 'kubernetes',
      },
    ],
  })
})

describe('openssl pkey', () => {
  it('takes no line of a key for a serial number', () => {
    const text = `Private-Key: (2048 bit, 2 primes)
modulus:
    00:e7:49:be:79:0e:0b:2b:e5:da:9b:89:af:c2:ad:
    65:0d
publicExponent: 65537 (0x10001)
coefficient:
    11:01:fe:63:c1:e2:45:f4:ff
`
    expect(factsOf('openssl pkey -in server.key -noout -text', text).facts.certificates).toEqual([
      { name: 'server.key', keyBits: 2048 },
    ])
  })
})

describe('the version of OpenSSL', () => {
  it.each([
    ['OpenSSL 1.0.2k-fips  26 Jan 2017\n', { name: 'OpenSSL', version: '1.0.2k-fips' }],
    [
      'OpenSSL 3.0.11 19 Sep 2023 (Library: OpenSSL 3.0.13 30 Jan 2024)\n',
      { name: 'OpenSSL', version: '3.0.11', libraryVersion: '3.0.13' },
    ],
    ['LibreSSL 3.3.6\n', { name: 'LibreSSL', version: '3.3.6' }],
  ])('%s', (stdout, version) => {
    expect(factsOf('openssl version', stdout).facts).toEqual({ opensslVersion: version })
  })

  it('with what it was built for', () => {
    const stdout = `OpenSSL 1.1.1k  FIPS 25 Mar 2021
built on: Thu May 16 17:32:02 2024 UTC
platform: linux-x86_64
OPENSSLDIR: "/etc/pki/tls"
`
    expect(factsOf('openssl version -a', stdout).facts.opensslVersion).toEqual({
      name: 'OpenSSL',
      version: '1.1.1k',
      builtAt: '2024-05-16T17:32:02Z',
      platform: 'linux-x86_64',
      directory: '/etc/pki/tls',
    })
  })
})
