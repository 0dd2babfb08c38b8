import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

describe('ping', () => {
  const recorded = (name: string) => factsOfRecorded('ping', name).facts.pings

  test('counts what came back and how long it took', () => {
    expect(recorded('answered')).toEqual([
      {
        target: '10.2.0.2',
        address: '10.2.0.2',
        resolved: true,
        size: 56,
        transmitted: 2,
        received: 2,
        lossPercent: 0,
        minimumMs: 0.063,
        averageMs: 0.187,
        maximumMs: 0.312,
        deviationMs: 0.124,
      },
    ])
    expect(factsOfRecorded('ping', 'answered').lines.get('pings[0]')).toBe(6)
  })

  test('counts what did not, also of large packets that may not be cut', () => {
    expect(recorded('lost')).toMatchObject([
      { target: '10.1.0.77', transmitted: 1, received: 0, lossPercent: 100 },
    ])
    expect(recorded('too-long')).toMatchObject([{ size: 1472, received: 0, lossPercent: 100 }])
  })

  test('a name that does not resolve is known not to', () => {
    const { facts } = factsOf('ping -c 4 google.com', '', {
      exitCode: 2,
      stderr: 'ping: google.com: Temporary failure in name resolution\n',
    })
    expect(facts).toEqual({ pings: [{ target: 'google.com', resolved: false }] })
    const old = factsOf('ping -c1 nohost', '', { exitCode: 2, stderr: 'ping: unknown host nohost\n' })
    expect(old.facts).toEqual({ pings: [{ target: 'nohost', resolved: false }] })
  })

  test('busybox, names with addresses, answers of routers, several in one text', () => {
    const stdout = `PING controller.example.com (203.0.113.9): 56 data bytes
64 bytes from 203.0.113.9: seq=0 ttl=52 time=21.114 ms

--- controller.example.com ping statistics ---
4 packets transmitted, 3 packets received, 25% packet loss
round-trip min/avg/max = 20.100/21.114/22.300 ms
PING 10.20.0.66 (10.20.0.66) 56(84) bytes of data.
From 10.20.0.10 icmp_seq=1 Destination Host Unreachable
From 10.20.0.10 icmp_seq=2 Destination Host Unreachable

--- 10.20.0.66 ping statistics ---
2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1010ms
`
    expect(factsOf('ping -c4 controller.example.com; ping -c2 10.20.0.66', stdout).facts.pings).toEqual([
      expect.objectContaining({
        target: 'controller.example.com',
        address: '203.0.113.9',
        lossPercent: 25,
        averageMs: 21.114,
      }),
      expect.objectContaining({ target: '10.20.0.66', lossPercent: 100, unreachable: 2 }),
    ])
  })
})

describe('curl', () => {
  test('reads what was asked for with -w, behind whatever body', () => {
    const http = (command: string, stdout: string) => factsOf(command, stdout).facts.http
    expect(http(`curl -sk -o /dev/null -w '%{http_code}\\n' https://x/ping`, '502\n')).toEqual({
      status: 502,
    })
    expect(http(`curl -sk https://x -w '%{http_code}'`, '<p>1200</p>\n1200')).toEqual({ status: 200 })
    expect(http(`curl -so /dev/null --write-out '%{http_code}' https://x`, '000')).toEqual({})
    const times = 'dns %{time_namelookup} tls %{time_appconnect}\\ntotal %{time_total}s from %{remote_ip}\\n'
    expect(
      http(
        `curl -sw '${times}' -o /dev/null https://x`,
        'dns 0.004123 tls 0.051\ntotal 0.120331s from 10.0.0.7\n',
      ),
    ).toEqual({
      lookupSeconds: 0.004123,
      tlsSeconds: 0.051,
      totalSeconds: 0.120331,
      remoteAddress: '10.0.0.7',
    })
    expect(
      http(
        `curl -s -w '%{json}' -o /dev/null https://x`,
        '{"content_type":null,"http_code":204,"time_total":0.2}',
      ),
    ).toEqual({
      status: 204,
      totalSeconds: 0.2,
    })
    expect(
      http(`curl -si -w '%{size_download} of %{errormsg}' https://x`, 'HTTP/1.1 404 Not Found\n\nno\n2 of '),
    ).toEqual({
      status: 404,
      reason: 'Not Found',
      receivedBytes: 2,
    })
  })

  const recorded = (name: string) => factsOfRecorded('curl', name).facts

  test.each([
    ['healthy', { ok: true, text: 'ok' }],
    ['etcd-healthy', { ok: true, text: '{"health":"true"}' }],
    ['etcd-nospace', { ok: false, text: '{"health":"false"}' }],
    ['checks', { ok: true, text: 'readyz check passed' }],
    ['etcd-down', { ok: false, text: 'healthz check failed' }],
  ])('%s is a verdict', (name, health) => {
    expect(recorded(name).health).toEqual(health)
  })

  test('a verbose page names each check', () => {
    expect(recorded('checks').healthChecks).toHaveLength(30)
    expect(recorded('etcd-down').healthChecks).toContainEqual({
      name: 'etcd',
      ok: false,
      reason: 'reason withheld',
    })
  })

  test.each([
    ['headers', { status: 200, reason: 'OK' }],
    ['unavailable', { status: 503, reason: 'Service Unavailable' }],
    ['forbidden', { status: 403, reason: 'Forbidden' }],
    ['unauthorized', { status: 401, reason: 'Unauthorized' }],
  ])('%s is a status', (name, http) => {
    expect(recorded(name).http).toEqual(http)
  })

  test('the status of -v stands on the error stream; the last of several counts', () => {
    const stderr = '< HTTP/1.1 200 Connection established\n< HTTP/2 502 \n'
    expect(factsOf('curl -v https://x', 'bad gateway', { stderr }).facts.http).toEqual({ status: 502 })
  })

  test.each(['refused', 'expired'])('%s gives no facts but a reason', name => {
    const { facts, diagnostics } = factsOfRecorded('curl', name)
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})
