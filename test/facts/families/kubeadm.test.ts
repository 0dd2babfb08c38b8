import { describe, expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

describe('the certificates that kubeadm manages', () => {
  const output = [
    '[check-expiration] Reading configuration from the cluster...',
    "[check-expiration] FYI: You can look at this config file with 'kubectl -n kube-system get cm kubeadm-config -o yaml'",
    '',
    'CERTIFICATE                EXPIRES                  RESIDUAL TIME   CERTIFICATE AUTHORITY   EXTERNALLY MANAGED',
    'admin.conf                 Aug 19, 2026 09:03 UTC   360d            ca                      no      ',
    'apiserver                  May 02, 2025 11:00 UTC   <invalid>       ca                      no      ',
    'etcd-server                Aug 19, 2026 09:03 UTC   7h              etcd-ca                 yes     ',
    '!MISSING! apiserver-etcd-client                                                                     ',
    '',
    'CERTIFICATE AUTHORITY   EXPIRES                  RESIDUAL TIME   EXTERNALLY MANAGED',
    'ca                      Aug 17, 2035 09:03 UTC   9y              no      ',
    '',
  ].join('\n')

  test('carry their end, what is left in seconds, and who signed them', () => {
    const { facts, lines, parser } = factsOf('sudo kubeadm certs check-expiration', output)
    expect(parser).toBe('kubeadm-certs')
    expect(facts.certificates).toEqual([
      {
        name: 'admin.conf',
        notAfter: '2026-08-19T09:03:00Z',
        residualSeconds: 360 * 86400,
        expired: false,
        issuerName: 'ca',
        externallyManaged: false,
      },
      {
        name: 'apiserver',
        notAfter: '2025-05-02T11:00:00Z',
        expired: true,
        issuerName: 'ca',
        externallyManaged: false,
      },
      {
        name: 'etcd-server',
        notAfter: '2026-08-19T09:03:00Z',
        residualSeconds: 25200,
        expired: false,
        issuerName: 'etcd-ca',
        externallyManaged: true,
      },
      { name: 'apiserver-etcd-client', missing: true },
      {
        name: 'ca',
        notAfter: '2035-08-17T09:03:00Z',
        residualSeconds: 9 * 31536000,
        expired: false,
        authority: true,
        externallyManaged: false,
      },
    ])
    expect(lines.get('certificates[1]')).toBe(6)
  })

  test('of older releases stand in fewer columns', () => {
    const old = [
      'CERTIFICATE                EXPIRES                  RESIDUAL TIME   EXTERNALLY MANAGED',
      'admin.conf                 May 15, 2020 13:03 UTC   364d            false',
    ].join('\n')
    expect(factsOf('kubeadm alpha certs check-expiration', old).facts.certificates).toEqual([
      {
        name: 'admin.conf',
        notAfter: '2020-05-15T13:03:00Z',
        residualSeconds: 364 * 86400,
        expired: false,
        externallyManaged: false,
      },
    ])
  })

  test('in JSON are the same', () => {
    const document = {
      kind: 'CertificateExpirationInfo',
      certificates: [
        {
          name: 'apiserver',
          expirationDate: '2025-05-02T11:00:00Z',
          residualTime: -60,
          externallyManaged: false,
          caName: 'ca',
        },
      ],
      certificateAuthorities: [
        {
          name: 'ca',
          expirationDate: '2035-08-17T09:03:00Z',
          residualTime: 283824000,
          externallyManaged: false,
        },
      ],
    }
    expect(
      factsOf('kubeadm certs check-expiration -o json', JSON.stringify(document)).facts.certificates,
    ).toEqual([
      {
        name: 'apiserver',
        notAfter: '2025-05-02T11:00:00Z',
        residualSeconds: -60,
        expired: true,
        issuerName: 'ca',
        externallyManaged: false,
      },
      {
        name: 'ca',
        notAfter: '2035-08-17T09:03:00Z',
        residualSeconds: 283824000,
        expired: false,
        authority: true,
        externallyManaged: false,
      },
    ])
  })
})

describe('the checks before kubeadm acts', () => {
  test('that fail or warn are named, also from the error stream', () => {
    const { facts } = factsOf(
      'kubeadm init',
      '[preflight] Running pre-flight checks\n\t[WARNING SystemVerification]: missing optional cgroups: blkio\n',
      {
        stderr:
          'error execution phase preflight: [preflight] Some fatal errors occurred:\n\t[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: /proc/sys/net/ipv4/ip_forward contents are not set to 1\n',
        exitCode: 1,
      },
    )
    expect(facts.preflightChecks).toEqual([
      { level: 'warning', check: 'SystemVerification', message: 'missing optional cgroups: blkio' },
      {
        level: 'error',
        check: 'FileContent--proc-sys-net-ipv4-ip_forward',
        message: '/proc/sys/net/ipv4/ip_forward contents are not set to 1',
      },
    ])
  })
})
