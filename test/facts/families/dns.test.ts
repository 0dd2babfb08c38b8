import { describe, expect, it } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const queries = (name: string) => factsOfRecorded('dns', name).facts.dnsQueries

const server = '10.96.0.10'
const empty = { addresses: [], answers: [] }

describe('dig', () => {
  it('reads question, server, status and answers', () => {
    const { facts, lines } = factsOfRecorded('dns', 'dig-answer')
    expect(facts.dnsQueries).toEqual([
      {
        name: 'kubernetes.default.svc.cluster.local',
        type: 'A',
        server,
        status: 'NOERROR',
        addresses: ['10.96.0.1'],
        answers: [{ name: 'kubernetes.default.svc.cluster.local', type: 'A', ttl: 30, value: '10.96.0.1' }],
        queryMs: 0,
      },
    ])
    expect(lines.get('dnsQueries[0]')).toBe(7)
  })

  it.each([
    ['dig-nxdomain', 'nope.example.com', 'NXDOMAIN'],
    ['dig-servfail', 'broken.test', 'SERVFAIL'],
    ['dig-refused', 'google.com', 'REFUSED'],
  ])('reads the refusal in %s', (recorded, name, status) => {
    expect(queries(recorded)).toEqual([{ name, type: 'A', server, status, ...empty, queryMs: 0 }])
  })

  it('tells a silent server from one that says no', () => {
    expect(queries('dig-closed')).toEqual([
      {
        name: 'example.com',
        type: 'A',
        server: '10.96.0.11',
        status: 'NO-ANSWER',
        error: 'connection refused',
        ...empty,
      },
    ])
    expect(queries('dig-timeout')).toMatchObject([{ status: 'NO-ANSWER', error: 'network unreachable' }])
    const text = `;; communications error to 10.96.0.10#53: timed out

; <<>> DiG 9.18.28 <<>> example.com
;; global options: +cmd
;; no servers could be reached
`
    expect(factsOf('dig example.com', text, { exitCode: 9 }).facts.dnsQueries).toMatchObject([
      { name: 'example.com', server, status: 'NO-ANSWER', error: 'timed out' },
    ])
    const old = '\n; <<>> DiG 9.11.4 <<>> example.com\n;; connection timed out; no servers could be reached\n'
    expect(factsOf('dig example.com', old, { exitCode: 9 }).facts.dnsQueries).toMatchObject([
      { name: 'example.com', status: 'NO-ANSWER', error: 'timed out' },
    ])
  })

  it('reads short answers, of which an empty one has no status', () => {
    expect(queries('dig-short')).toMatchObject([
      { name: 'www.example.com', status: 'NOERROR', addresses: ['203.0.113.34', '203.0.113.35'] },
    ])
    expect(queries('dig-short-none')).toEqual([{ name: 'nope.example.com', type: 'A', ...empty }])
  })

  it('reads bare answers, reverse questions and several questions', () => {
    expect(queries('dig-srv')).toMatchObject([
      { answers: [{ type: 'SRV', value: '0 100 443 kubernetes.default.svc.cluster.local' }] },
    ])
    expect(queries('dig-reverse')).toMatchObject([
      {
        name: '1.0.96.10.in-addr.arpa',
        type: 'PTR',
        answers: [{ value: 'kubernetes.default.svc.cluster.local' }],
      },
    ])
    expect(queries('dig-two')).toMatchObject([
      { name: 'example.com', addresses: ['203.0.113.34', '203.0.113.35'] },
      { name: 'six.example.com', type: 'AAAA', addresses: ['2001:db8::34'] },
    ])
  })

  it('reads whichever of several alternatives answered', () => {
    expect(queries('dig-alternatives')).toMatchObject([{ name: 'example.com', status: 'NOERROR' }])
    const stderr = 'bash: line 1: dig: command not found\n'
    const text =
      'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\texample.com\nAddress: 203.0.113.34\n'
    expect(
      factsOf('dig example.com || nslookup example.com', text, { stderr }).facts.dnsQueries,
    ).toMatchObject([{ name: 'example.com', server, addresses: ['203.0.113.34'] }])
  })
})

describe('nslookup', () => {
  it('reads the address without taking the server for an answer', () => {
    expect(queries('nslookup-answer')).toEqual([
      {
        name: 'kubernetes.default.svc.cluster.local',
        server,
        status: 'NOERROR',
        addresses: ['10.96.0.1'],
        answers: [{ name: 'kubernetes.default.svc.cluster.local', type: 'A', value: '10.96.0.1' }],
      },
    ])
  })

  it.each([
    ['nslookup-nxdomain', 'nope.example.com', 'NXDOMAIN'],
    ['nslookup-servfail', 'broken.test', 'SERVFAIL'],
    ['nslookup-refused', 'google.com', 'REFUSED'],
  ])('reads the refusal in %s', (recorded, name, status) => {
    expect(queries(recorded)).toEqual([{ name, server, status, ...empty }])
  })

  it('reads aliases, reverse questions and silence', () => {
    expect(queries('nslookup-alias')).toMatchObject([
      {
        name: 'www.example.com',
        addresses: ['203.0.113.35', '203.0.113.34'],
        answers: [{ type: 'CNAME', value: 'example.com' }, { type: 'A' }, { type: 'A' }],
      },
    ])
    expect(queries('nslookup-reverse')).toMatchObject([
      { name: '10.96.0.1', answers: [{ type: 'PTR', value: 'kubernetes.default.svc.cluster.local' }] },
    ])
    expect(queries('nslookup-closed')).toMatchObject([{ status: 'NO-ANSWER', error: 'connection refused' }])
    const text = ';; connection timed out; no servers could be reached\n\n'
    expect(factsOf('nslookup kubernetes.default', text, { exitCode: 1 }).facts.dnsQueries).toEqual([
      { name: 'kubernetes.default', status: 'NO-ANSWER', error: 'timed out', ...empty },
    ])
  })

  it('reads busybox of today and of old', () => {
    expect(queries('nslookup-busybox')).toMatchObject([
      { server, status: 'NOERROR', addresses: ['10.96.0.1'] },
    ])
    const found = `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

Name:      kubernetes.default
Address 1: 10.96.0.1 kubernetes.default.svc.cluster.local
`
    expect(factsOf('nslookup kubernetes.default', found).facts.dnsQueries).toMatchObject([
      { name: 'kubernetes.default', server, addresses: ['10.96.0.1'] },
    ])
    const text = 'Server:    10.96.0.10\nAddress 1: 10.96.0.10\n\n'
    const stderr = "nslookup: can't resolve 'kubernetes.default'\n"
    expect(
      factsOf('nslookup kubernetes.default', text, { stderr, exitCode: 1 }).facts.dnsQueries,
    ).toMatchObject([{ name: 'kubernetes.default', status: 'NXDOMAIN' }])
  })
})

describe('host', () => {
  it('reads answers, refusals and silence', () => {
    expect(queries('host-answer')).toMatchObject([
      { name: 'example.com', status: 'NOERROR', addresses: ['203.0.113.35', '203.0.113.34'] },
    ])
    expect(queries('host-given-server')).toMatchObject([{ addresses: ['203.0.113.35', '203.0.113.34'] }])
    expect(queries('host-nxdomain')).toEqual([{ name: 'nope.example.com', status: 'NXDOMAIN', ...empty }])
    expect(queries('host-servfail')).toMatchObject([{ status: 'SERVFAIL' }])
    expect(queries('host-timeout')).toMatchObject([{ server: '10.96.0.99', status: 'NO-ANSWER' }])
    expect(queries('host-alias')).toMatchObject([
      { name: 'www.example.com', answers: [{ type: 'CNAME' }, {}, {}, {}] },
    ])
    expect(queries('host-reverse')).toMatchObject([
      { answers: [{ value: 'kubernetes.default.svc.cluster.local' }] },
    ])
  })
})

it('gives no fact where none of the programs is installed', () => {
  const stderr = 'sh: 1: nslookup: not found\n'
  const { facts, diagnostics } = factsOf('nslookup example.com', '', { stderr, exitCode: 127 })
  expect(facts).toEqual({})
  expect(diagnostics).toMatchObject([{ code: 'E_FACTS_COMMAND_MISSING' }])
})
