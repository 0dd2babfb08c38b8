import { describe, expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

describe('the state of a Gravity cluster', () => {
  const degraded = text(
    'Cluster name:           nostalgicbell4909',
    'Cluster status:         degraded',
    'Application:            telekube, version 5.5.53',
    'Gravity version:        5.5.53 (client) / 5.5.53 (server)',
    'Join token:             45b56f472e71',
    'Last completed operation:',
    '    * 3-node install',
    '      ID:               6d9a6c2d-1d7f-4bd8-b4a5-1ea3b7e2cf20',
    '      Started:          Mon Sep 14 19:20 UTC (21 hours ago)',
    '      Completed:        Mon Sep 14 19:26 UTC (20 hours ago)',
    'Cluster endpoints:',
    '    * Authentication gateway:',
    '        - 192.168.121.232:32009',
    'Cluster nodes:',
    '    Masters:',
    '        * node-1 (192.168.121.232, node)',
    '            Status:             degraded',
    '            [×]                 ipv4 forwarding is off, see https://www.gravitational.com/docs/faq/#ipv4-forwarding ()',
    '            [!]                 disk usage is high',
    '            Remote access:      online',
    '        * node-2 (192.168.121.198, node)',
    '            Status:             healthy',
    '            Remote access:      online',
    '    Nodes:',
    '        * node-3 (192.168.121.217, worker)',
    '            Status:             offline',
    '            Remote access:      offline',
  )

  test('names nodes with role, state and the probes that fail', () => {
    const { facts, lines, parser } = factsOf('gravity status', degraded, {
      exitCode: 1,
      stderr: '[ERROR]: degraded\n',
    })
    expect(parser).toBe('gravity-status')
    expect(facts).toEqual({
      gravityCluster: {
        name: 'nostalgicbell4909',
        status: 'degraded',
        application: 'telekube',
        applicationVersion: '5.5.53',
        clientVersion: '5.5.53',
        serverVersion: '5.5.53',
      },
      gravityNodes: [
        {
          name: 'node-1',
          ip: '192.168.121.232',
          profile: 'node',
          role: 'master',
          status: 'degraded',
          failedProbes: [
            'ipv4 forwarding is off, see https://www.gravitational.com/docs/faq/#ipv4-forwarding ()',
          ],
          warnings: ['disk usage is high'],
          remoteAccess: 'online',
          healthy: false,
        },
        {
          name: 'node-2',
          ip: '192.168.121.198',
          profile: 'node',
          role: 'master',
          status: 'healthy',
          remoteAccess: 'online',
          healthy: true,
        },
        {
          name: 'node-3',
          ip: '192.168.121.217',
          profile: 'worker',
          role: 'node',
          status: 'offline',
          remoteAccess: 'offline',
          healthy: false,
        },
      ],
      gravityOperations: [
        {
          active: false,
          description: '3-node install',
          id: '6d9a6c2d-1d7f-4bd8-b4a5-1ea3b7e2cf20',
          started: 'Mon Sep 14 19:20 UTC',
          startedSeconds: 75600,
          state: 'completed',
          endedSeconds: 72000,
        },
      ],
    })
    expect(lines.get('gravityNodes[2]')).toBe(25)
  })

  test('never tells the join token', () => {
    const { facts } = factsOf('gravity status', degraded)
    expect(JSON.stringify(facts)).not.toContain('45b56f472e71')
    expect(factsOf('gravity status --token', '45b56f472e71\n').facts).toEqual({})
  })

  test('of release 7 stands in other words', () => {
    const output = text(
      'Cluster name:\t\tstage',
      'Cluster status:\t\texpanding',
      'Cluster image:\t\tgravity, version 7.0.12',
      'Gravity version:\t7.0.12 (client) / n/a (server)',
      'Active operations:',
      '    * Join node stage-n4 (10.77.1.14) as node',
      '      ID:\t04d8cdb8-2a43-43d1-8be9-2c7bb0a5c3a9',
      '      Started:\tThu May 28 13:11 UTC (2 minutes ago)',
      '      installing packages, 40% complete',
      'Cluster nodes:',
      '    Masters:',
      '        * stage-n1 / 10.77.1.11 / node',
      '            Status:\tdegraded',
      '            [×]\tfailed to check time drift (rpc error: code = DeadlineExceeded desc = context deadline exceeded)',
    )
    expect(factsOf('sudo gravity status', output).facts).toEqual({
      gravityCluster: {
        name: 'stage',
        status: 'expanding',
        application: 'gravity',
        applicationVersion: '7.0.12',
        clientVersion: '7.0.12',
      },
      gravityNodes: [
        {
          name: 'stage-n1',
          ip: '10.77.1.11',
          profile: 'node',
          role: 'master',
          status: 'degraded',
          failedProbes: [
            'failed to check time drift (rpc error: code = DeadlineExceeded desc = context deadline exceeded)',
          ],
          healthy: false,
        },
      ],
      gravityOperations: [
        {
          active: true,
          description: 'Join node stage-n4 (10.77.1.14) as node',
          id: '04d8cdb8-2a43-43d1-8be9-2c7bb0a5c3a9',
          started: 'Thu May 28 13:11 UTC',
          startedSeconds: 120,
          progressPercent: 40,
          message: 'installing packages',
        },
      ],
    })
  })

  test('keeps an operation of older releases, whose id stands behind its name', () => {
    const output = text(
      'Active operations:',
      '   * operation_shrink (71266b23-d0ea-46b6-a5c4-15906eeb770a)',
      '     started:  Tue Apr 30 21:34 UTC (12 seconds ago)',
      '     unregistering the node, 10% complete',
    )
    expect(factsOf('gravity status', output).facts.gravityOperations).toEqual([
      {
        active: true,
        description: 'operation_shrink',
        id: '71266b23-d0ea-46b6-a5c4-15906eeb770a',
        started: 'Tue Apr 30 21:34 UTC',
        startedSeconds: 12,
        progressPercent: 10,
        message: 'unregistering the node',
      },
    ])
  })

  test('in JSON is the same', () => {
    const output = JSON.stringify({
      cluster: {
        application: { name: 'telekube', version: '6.1.27' },
        state: 'active',
        domain: 'prod',
        operation: {
          type: 'operation_install',
          id: 'a1',
          state: 'completed',
          created: '2020-05-29T10:00:00Z',
          progress: { message: 'done', completion: 100 },
        },
        system_status: 2,
        nodes: [
          {
            hostname: 'n1',
            advertise_ip: '10.0.0.1',
            role: 'master',
            profile: 'node',
            status: 'degraded',
            failed_probes: ['docker is not running'],
          },
        ],
      },
    })
    expect(factsOf('gravity status --output=json', output).facts).toEqual({
      gravityCluster: {
        name: 'prod',
        status: 'degraded',
        application: 'telekube',
        applicationVersion: '6.1.27',
      },
      gravityNodes: [
        {
          name: 'n1',
          ip: '10.0.0.1',
          profile: 'node',
          role: 'master',
          status: 'degraded',
          failedProbes: ['docker is not running'],
          healthy: false,
        },
      ],
      gravityOperations: [
        {
          active: false,
          description: 'operation_install',
          id: 'a1',
          state: 'completed',
          startedAt: '2020-05-29T10:00:00Z',
          progressPercent: 100,
          message: 'done',
        },
      ],
    })
  })

  test('that could not be told is a complaint', () => {
    const { facts, diagnostics } = factsOf('gravity status', '', {
      stderr: '[ERROR]: failed to dial: dial tcp 10.100.41.12:3009: connect: connection refused\n',
      exitCode: 255,
    })
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NO_ANSWER'])
  })
})
