import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('haproxy', name)

describe('the statistics of HAProxy', () => {
  test('name every server and backend with status and last check', () => {
    const { facts, lines, parser } = recorded('stat-one-down')
    expect(parser).toBe('haproxy-stat')
    expect(facts.proxyServers).toEqual([
      { proxy: 'apiserver', server: 'FRONTEND', status: 'OPEN', sessions: 0 },
      {
        proxy: 'masters',
        server: 'master1',
        status: 'UP',
        active: 1,
        backup: 0,
        weight: 1,
        sessions: 0,
        queue: 0,
        check: 'L7OK',
        checkCode: 200,
        failedChecks: 1,
        timesDown: 1,
        lastChangeSeconds: 1,
        downSeconds: 1,
        address: '127.0.0.1:16443',
      },
      expect.objectContaining({
        proxy: 'masters',
        server: 'master2',
        status: 'DOWN',
        check: 'L4CON',
        lastCheck: 'Connection refused',
      }),
      expect.objectContaining({
        proxy: 'masters',
        server: 'BACKEND',
        status: 'UP',
        active: 1,
        downSeconds: 0,
      }),
    ])
    expect(lines.get('proxyServers[2]')).toBe(4)
  })

  test('of a backend without servers say DOWN', () => {
    expect(recorded('stat-all-down').facts.proxyServers).toMatchObject([
      { server: 'FRONTEND' },
      { server: 'master1', status: 'DOWN', downSeconds: 3 },
      { server: 'master2', status: 'DOWN' },
      { proxy: 'masters', server: 'BACKEND', status: 'DOWN', active: 0 },
    ])
  })

  test('with columns cut out are read by their titles', () => {
    const output =
      '# pxname,svname,scur,status,weight,chkfail,chkdown,lastchg,check_status,last_chk\nweb,FRONTEND,0,OPEN,,,,,,\ningress,w1,0,DOWN,1,1,1,4,L4CON,Connection refused\n'
    const command =
      'echo "show stat" | socat stdio /run/haproxy/admin.sock | cut -d, -f1,2,5,18,19,22-24,37,57'
    expect(factsOf(command, output).facts.proxyServers).toMatchObject([
      { proxy: 'web', status: 'OPEN' },
      {
        proxy: 'ingress',
        server: 'w1',
        status: 'DOWN',
        lastCheck: 'Connection refused',
        lastChangeSeconds: 4,
      },
    ])
  })

  test('from its page are the same', () => {
    const output = 'HTTP ignored\n# pxname,svname,status\nmasters,cp1,UP\n'
    expect(factsOf("curl -s 'http://lb:8404/stats;csv'", output).facts.proxyServers).toEqual([
      { proxy: 'masters', server: 'cp1', status: 'UP' },
    ])
  })
})

describe('other answers of its socket', () => {
  test('states are told in words', () => {
    expect(recorded('servers-state').facts.proxyServers).toEqual([
      {
        proxy: 'masters',
        server: 'master1',
        status: 'DOWN',
        weight: 1,
        address: '127.0.0.1:16443',
        lastChangeSeconds: 2,
      },
      expect.objectContaining({
        server: 'master2',
        status: 'DOWN',
        address: '127.0.0.1:26443',
        lastChangeSeconds: 3,
      }),
    ])
  })

  test('the process tells version, time and connections', () => {
    expect(recorded('info').facts.proxyProcess).toEqual({
      version: '2.6.12-1+deb12u4',
      pid: 31337,
      uptimeSeconds: 3,
      maxConnections: 200,
      connections: 0,
      idlePercent: 100,
      stopping: false,
    })
  })

  test('a socket that is not there is a complaint', () => {
    const { facts, diagnostics } = factsOf('echo "show stat" | socat stdio /run/haproxy/admin.sock', '', {
      stderr:
        '2026/11/21 06:17:42 socat[1] E connect(5, AF=1 "/run/haproxy/admin.sock", 25): Connection refused\n',
      exitCode: 1,
    })
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})

describe('the log of HAProxy', () => {
  test('leaves the last word on each server and backend', () => {
    const { facts, lines } = recorded('log')
    expect(facts.proxyServers).toEqual([
      { proxy: 'masters', server: 'master1', status: 'DOWN', lastCheck: 'Connection refused' },
      { proxy: 'masters', server: 'master2', status: 'DOWN', lastCheck: 'Connection refused' },
      { proxy: 'masters', server: 'BACKEND', status: 'DOWN' },
    ])
    expect(lines.get('proxyServers[0]')).toBe(5)
  })

  test('that ends with a server up says that its backend serves again', () => {
    const output = [
      'Aug 26 03:10:11 lb1 haproxy[20990]: backend masters has no server available!',
      'Aug 26 03:12:11 lb1 haproxy[20990]: Server masters/cp1 is UP, reason: Layer4 check passed, check duration: 0ms. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.',
    ].join('\n')
    const { facts, parser } = factsOf('journalctl -u haproxy --no-pager', output)
    expect(parser).toBe('journalctl')
    expect(facts.proxyServers).toEqual([
      { proxy: 'masters', server: 'BACKEND', status: 'UP' },
      { proxy: 'masters', server: 'cp1', status: 'UP', lastCheck: 'Layer4 check passed' },
    ])
  })
})
