import { describe, expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

const document = {
  status: 'degraded',
  nodes: [
    {
      name: '10_140_0_11.prod',
      member_status: {
        name: '10_140_0_11.prod',
        addr: '10.140.0.11:7496',
        status: 'alive',
        tags: { publicip: '10.140.0.11', role: 'master' },
      },
      status: 'degraded',
      probes: [
        { checker: 'docker', status: 'running' },
        {
          checker: 'ip-forward',
          detail: 'ipv4 forwarding is off',
          status: 'failed',
          error: 'kernel parameter is 0',
          severity: 'critical',
        },
      ],
    },
    {
      name: '10_140_0_12.prod',
      member_status: { status: 'failed', tags: { publicip: '10.140.0.12', role: 'master' } },
      probes: [],
    },
  ],
  timestamp: { seconds: 1795241860 },
  summary: 'master node is not healthy',
}

describe('planet status', () => {
  test('names the probes that fail on each machine', () => {
    const { facts, lines, parser } = factsOf(
      'sudo gravity exec planet status --pretty',
      JSON.stringify(document, undefined, 3),
      { exitCode: 1 },
    )
    expect(parser).toBe('planet-status')
    expect(facts).toEqual({
      planet: {
        status: 'degraded',
        healthy: false,
        summary: 'master node is not healthy',
        time: '2026-11-21T06:17:40.000Z',
      },
      planetNodes: [
        {
          name: '10_140_0_11.prod',
          ip: '10.140.0.11',
          role: 'master',
          memberStatus: 'alive',
          status: 'degraded',
          healthy: false,
          failedProbes: [
            {
              checker: 'ip-forward',
              detail: 'ipv4 forwarding is off',
              error: 'kernel parameter is 0',
              severity: 'critical',
            },
          ],
        },
        {
          name: '10_140_0_12.prod',
          ip: '10.140.0.12',
          role: 'master',
          memberStatus: 'failed',
          healthy: false,
          failedProbes: [],
        },
      ],
    })
    expect(lines.get('planetNodes[0]')).toBe(5)
  })

  test('is read between a prompt and a warning', () => {
    const output = `node-1-planet$ planet status\n${JSON.stringify({ ...document, status: 'running', nodes: [] })}\nnode-1-planet$\n`
    expect(factsOf('planet status', output).facts.planet).toMatchObject({ status: 'running', healthy: true })
  })

  test('whose JSON is broken is a complaint', () => {
    const { facts, diagnostics } = factsOf('planet status', '{"status": "run')
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NOT_UNDERSTOOD'])
  })
})

describe('serf members', () => {
  test('are nodes with their membership', () => {
    const output =
      '10_128_0_11.dev.test  10.128.0.11:7496  alive  role=master,publicip=10.128.0.11\n10_128_0_13.dev.test  10.128.0.13:7496  failed  publicip=10.128.0.13,role=node\n'
    expect(factsOf('gravity exec serf members', output).facts.planetNodes).toEqual([
      { name: '10_128_0_11.dev.test', ip: '10.128.0.11', memberStatus: 'alive', role: 'master' },
      { name: '10_128_0_13.dev.test', ip: '10.128.0.13', memberStatus: 'failed', role: 'node' },
    ])
  })
})

describe('a support bundle', () => {
  test('is listed with sizes where tar tells them', () => {
    const output =
      '-rw-r--r-- root/root     20480 2026-11-21 06:14 node-1/df\ndrwxr-xr-x root/root         0 2026-11-21 06:14 node-1/logs/\n'
    expect(factsOf('tar -tzvf report.tar.gz', output).facts.archiveFiles).toEqual([
      { name: 'node-1/df', size: 20480 },
      { name: 'node-1/logs/', size: 0 },
    ])
    expect(factsOf('tar tzf report.tar.gz', 'node-1/df\nnode-1/free\n').facts.archiveFiles).toEqual([
      { name: 'node-1/df' },
      { name: 'node-1/free' },
    ])
  })
})
