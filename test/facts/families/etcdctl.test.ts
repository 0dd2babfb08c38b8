import { describe, expect, test } from 'vitest'
import { mergeFacts } from '../../../src/facts/index.ts'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('etcdctl', name)

const url = (port: number): string => `https://127.0.0.1:${port}`

describe('endpoint health', () => {
  test('is read from the error stream, where releases before 3.5 print it', () => {
    const { facts, parser, diagnostics } = recorded('health')
    expect(parser).toBe('etcdctl')
    expect(facts).toEqual({
      etcdEndpoints: [{ endpoint: url(2379), healthy: true, tookSeconds: 0.004582201 }],
    })
    expect(diagnostics).toEqual([])
  })

  test('tells the one that does not answer from those that do', () => {
    expect(recorded('health-three').facts.etcdEndpoints).toMatchObject([
      { healthy: true },
      { healthy: true },
      { healthy: true },
    ])
    expect(recorded('health-one-down').facts.etcdEndpoints).toEqual([
      { endpoint: url(22379), healthy: true, tookSeconds: 0.008900669 },
      { endpoint: url(12379), healthy: true, tookSeconds: 0.010315467 },
      { endpoint: url(32379), healthy: false, error: 'failed to commit proposal: context deadline exceeded' },
    ])
  })

  test.each([
    ['health-refused', 1],
    ['health-no-quorum', 3],
  ])('says for every endpoint that it is not healthy: %s', (name, count) => {
    const endpoints = recorded(name).facts.etcdEndpoints as readonly { healthy: boolean }[]
    expect(endpoints.map(endpoint => endpoint.healthy)).toEqual(Array(count).fill(false))
  })

  test.each([
    [
      'a table',
      'etcdctl endpoint health -w table',
      [
        '+----------------+--------+------------+---------------------------+',
        '|    ENDPOINT    | HEALTH |    TOOK    |           ERROR           |',
        '+----------------+--------+------------+---------------------------+',
        '| 10.0.0.1:2379  |   true | 9.312817ms |                           |',
        '| 10.0.0.2:2379  |  false | 5.0012s    | context deadline exceeded |',
        '+----------------+--------+------------+---------------------------+',
      ].join('\n'),
    ],
    [
      'JSON',
      'etcdctl endpoint health -w json',
      '[{"endpoint":"10.0.0.1:2379","health":true,"took":"9.312817ms"},{"endpoint":"10.0.0.2:2379","health":false,"took":"5.0012s","error":"context deadline exceeded"}]',
    ],
  ])('is the same in %s', (_form, command, output) => {
    expect(factsOf(command, output, { exitCode: 1 }).facts.etcdEndpoints).toEqual([
      { endpoint: '10.0.0.1:2379', healthy: true, tookSeconds: 0.009312817 },
      { endpoint: '10.0.0.2:2379', healthy: false, tookSeconds: 5.0012, error: 'context deadline exceeded' },
    ])
  })
})

describe('endpoint status', () => {
  const single = {
    endpoint: url(2379),
    id: 'a874c87fd42044f',
    version: '3.4.23',
    leader: true,
    learner: false,
    raftTerm: 2,
    raftIndex: 4,
    raftAppliedIndex: 4,
  }

  test('of a table and of JSON name the same member, the size in bytes', () => {
    expect(recorded('status-table').facts.etcdEndpoints).toEqual([{ ...single, databaseSize: 25_000 }])
    expect(recorded('status-json').facts.etcdEndpoints).toEqual([
      { ...single, databaseSize: 24_576, databaseInUse: 16_384 },
    ])
  })

  test('in its simple form names it too', () => {
    const line = 'https://127.0.0.1:2379, a874c87fd42044f, 3.4.23, 25 kB, true, false, 2, 4, 4, \n'
    expect(factsOf('etcdctl endpoint status', line).facts.etcdEndpoints).toEqual([
      { ...single, databaseSize: 25_000 },
    ])
  })

  test('of release 3.6 tells quota and what is unused', () => {
    const output = [
      '+----------------+------------------+---------+-----------------+---------+--------+-----------------------+---------+-----------+------------+-----------+------------+--------------------+--------+--------------------------+-------------------+',
      '|    ENDPOINT    |        ID        | VERSION | STORAGE VERSION | DB SIZE | IN USE | PERCENTAGE NOT IN USE |  QUOTA  | IS LEADER | IS LEARNER | RAFT TERM | RAFT INDEX | RAFT APPLIED INDEX | ERRORS | DOWNGRADE TARGET VERSION | DOWNGRADE ENABLED |',
      '+----------------+------------------+---------+-----------------+---------+--------+-----------------------+---------+-----------+------------+-----------+------------+--------------------+--------+--------------------------+-------------------+',
      '| 127.0.0.1:2379 | 8e9e05c52164694d |   3.6.0 |           3.6.0 |   90 MB |  45 MB |                   50% |  2.1 GB |      true |      false |         3 |        120 |                120 |        |                          |             false |',
      '+----------------+------------------+---------+-----------------+---------+--------+-----------------------+---------+-----------+------------+-----------+------------+--------------------+--------+--------------------------+-------------------+',
    ].join('\n')
    expect(factsOf('etcdctl endpoint status -w table', output).facts.etcdEndpoints).toMatchObject([
      {
        databaseSize: 90_000_000,
        databaseInUse: 45_000_000,
        databaseUnusedPercent: 50,
        databaseQuota: 2_100_000_000,
        raftAppliedIndex: 120,
      },
    ])
  })

  test('puts an error that runs over two lines together', () => {
    const { facts, lines } = recorded('status-no-space')
    expect(facts.etcdEndpoints).toMatchObject([
      { databaseSize: 2_000_000, error: 'memberID:758659209188475983 alarm:NOSPACE' },
    ])
    expect(lines.get('etcdEndpoints[0]')).toBe(4)
  })

  test('of three members names the leader', () => {
    expect(recorded('status-three').facts.etcdEndpoints).toMatchObject([
      { id: 'a65711843a9732e9', leader: false },
      { id: 'a33372dd6efa2da0', leader: true },
      { id: '259cc46e3b35cd15', leader: false },
    ])
  })

  test('counts an endpoint without a row as not healthy', () => {
    expect(recorded('status-one-down').facts.etcdEndpoints).toMatchObject([
      { endpoint: url(12379), version: '3.4.23' },
      { endpoint: url(22379), leader: true },
      { endpoint: url(32379), healthy: false, error: 'context deadline exceeded' },
    ])
  })

  test('and health of an endpoint are united', () => {
    const { etcdEndpoints } = mergeFacts([recorded('status-table').facts, recorded('health').facts])
    expect(etcdEndpoints).toMatchObject([{ endpoint: url(2379), leader: true, healthy: true }])
  })
})

describe('members', () => {
  test('are read from a table', () => {
    expect(recorded('members').facts.etcdMembers).toEqual([
      {
        id: 'a874c87fd42044f',
        status: 'started',
        name: 'node1',
        peer: 'https://127.0.0.1:2380',
        client: 'https://127.0.0.1:2379',
        learner: false,
      },
    ])
    expect(recorded('members-three').facts.etcdMembers).toMatchObject([
      { id: '259cc46e3b35cd15', name: 'm3' },
      { id: 'a33372dd6efa2da0', name: 'm2' },
      { id: 'a65711843a9732e9', name: 'm1' },
    ])
  })

  test.each([
    [
      'the simple form',
      '8e9e05c52164694d, started, m1, http://10.0.0.1:2380, http://10.0.0.1:2379, false\n91bc3c398fb3c146, unstarted, , http://10.0.0.2:2380, , true\n',
    ],
    [
      'JSON',
      '{"header":{"cluster_id":14841639068965178418,"member_id":10276657743932975437,"raft_term":2},"members":[{"ID":10276657743932975437,"name":"m1","peerURLs":["http://10.0.0.1:2380"],"clientURLs":["http://10.0.0.1:2379"]},{"ID":10501334649042878790,"peerURLs":["http://10.0.0.2:2380"],"isLearner":true}]}',
    ],
  ])('in %s keep one that never started', (_form, output) => {
    expect(factsOf('etcdctl member list', output).facts.etcdMembers).toMatchObject([
      {
        id: '8e9e05c52164694d',
        status: 'started',
        name: 'm1',
        client: 'http://10.0.0.1:2379',
        learner: false,
      },
      { id: '91bc3c398fb3c146', status: 'unstarted', peer: 'http://10.0.0.2:2380', learner: true },
    ])
  })

  test('of the old interface tell the leader', () => {
    const output =
      '6e3bd23ae5f1eae0: name=10_1_0_1.prod peerURLs=https://10.1.0.1:2380 clientURLs=https://10.1.0.1:2379 isLeader=true\n924e2e83e93f2560[unstarted]: peerURLs=https://10.1.0.2:2380\n'
    expect(factsOf('sudo gravity exec etcdctl member list', output).facts.etcdMembers).toEqual([
      {
        id: '6e3bd23ae5f1eae0',
        status: 'started',
        name: '10_1_0_1.prod',
        peer: 'https://10.1.0.1:2380',
        client: 'https://10.1.0.1:2379',
        leader: true,
      },
      { id: '924e2e83e93f2560', status: 'unstarted', peer: 'https://10.1.0.2:2380' },
    ])
  })
})

describe('the health of the cluster in the old interface', () => {
  test('tells members by id and address, and the verdict', () => {
    const output = [
      'member 6e3bd23ae5f1eae0 is healthy: got healthy result from https://10.1.0.1:2379',
      'failed to check the health of member 924e2e83e93f2560 on https://10.1.0.2:2379: Get https://10.1.0.2:2379/health: dial tcp 10.1.0.2:2379: getsockopt: connection refused',
      'member 924e2e83e93f2560 is unreachable: [https://10.1.0.2:2379] are all unreachable',
      'cluster is degraded',
    ].join('\n')
    const { facts, lines } = factsOf('sudo gravity exec etcdctl cluster-health', output, { exitCode: 5 })
    expect(facts).toEqual({
      etcdEndpoints: [
        { id: '6e3bd23ae5f1eae0', endpoint: 'https://10.1.0.1:2379', healthy: true },
        {
          id: '924e2e83e93f2560',
          endpoint: 'https://10.1.0.2:2379',
          healthy: false,
          error: '[https://10.1.0.2:2379] are all unreachable',
        },
      ],
      etcdCluster: { status: 'degraded', healthy: false },
    })
    expect(lines.get('etcdEndpoints[1]')).toBe(3)
  })
})

describe('alarms', () => {
  test('are an empty list when etcd answered without one', () => {
    expect(recorded('alarms-none')).toMatchObject({ facts: { etcdAlarms: [] }, diagnostics: [] })
    expect(
      factsOf('etcdctl alarm list -w json', '{"header":{"cluster_id":14841639068965178418}}').facts,
    ).toEqual({ etcdAlarms: [] })
  })

  test('are named', () => {
    const alarm = [{ member: '758659209188475983', alarm: 'NOSPACE' }]
    expect(recorded('alarms-no-space').facts.etcdAlarms).toEqual(alarm)
    const json = '{"header":{"cluster_id":1},"alarms":[{"memberID":758659209188475983,"alarm":1}]}'
    expect(factsOf('etcdctl alarm list -w json', json).facts.etcdAlarms).toEqual(alarm)
  })

  test('are absent when etcd did not answer', () => {
    const { facts, diagnostics } = factsOf('etcdctl alarm list', '', {
      stderr: 'Error: context deadline exceeded\n',
      exitCode: 1,
    })
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NO_ANSWER'])
  })
})

describe('other answers', () => {
  test('a snapshot tells revision, keys and size', () => {
    expect(recorded('snapshot').facts.etcdSnapshot).toEqual({
      hash: '97b5af3a',
      revision: 34,
      keys: 7,
      size: 20_000,
    })
  })

  test('a check of speed tells what passed and what failed', () => {
    const output = 'FAIL: Throughput too low: 30 writes/s\nPASS: Slowest request took 0.103s\nFAIL\n'
    expect(factsOf('etcdctl check perf', output, { exitCode: 1 }).facts.etcdChecks).toEqual([
      { ok: false, text: 'Throughput too low: 30 writes/s' },
      { ok: true, text: 'Slowest request took 0.103s' },
    ])
  })
})
