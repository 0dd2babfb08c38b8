import { describe, expect, it } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

describe('a stage that counts', () => {
  it.each([
    ['conntrack -L | wc -l', '131072\n', { lineCount: 131072, conntrack: { count: 131072 } }],
    ['sudo conntrack -L 2>/dev/null | wc -l', '311\n', { lineCount: 311, conntrack: { count: 311 } }],
    ['cat /proc/net/nf_conntrack | wc -l', '311\n', { lineCount: 311, conntrack: { count: 311 } }],
    ['conntrack -L | grep UDP | wc -l', '17\n', { lineCount: 17 }],
    ['conntrack -L -p udp | wc -l', '17\n', { lineCount: 17 }],
    ['ps aux | wc -l', '  83\n', { lineCount: 83 }],
    ['crictl ps -a | grep -c Exited', '4\n', { lineCount: 4 }],
    ['grep -c processor /proc/cpuinfo', '8\n', { lineCount: 8, cpus: 8 }],
    ["ssh node-1 'ss -tan | wc -l'", '12\n', { lineCount: 12 }],
    ['wc -l /etc/hosts', '7 /etc/hosts\n', { lineCount: 7 }],
  ])('%s', (command, stdout, facts) => {
    expect(factsOf(command, stdout)).toMatchObject({ facts, diagnostics: [] })
  })

  it.each([
    ['ss -tan | awk "{print $1}" | wc -l', 'many\n'],
    ['ps aux | wc -l', 'wc: write error\n'],
  ])('says when it prints no number: %s', (command, stdout) => {
    expect(factsOf(command, stdout).facts).toEqual({})
  })
})

describe('jq with a filter', () => {
  it.each([
    ['kubectl get nodes -o json | jq -r ".items[].metadata.name"', 'node-1\nnode-2\n', ['node-1', 'node-2']],
    ['kubectl get pods -o json | jq ".items | length"', '42\n', [42]],
    ['crictl inspect abc | jq .status.state', '"CONTAINER_EXITED"\n', ['CONTAINER_EXITED']],
    ['curl -s http://x/health | jq "{health}"', '{\n  "health": "true"\n}\n', [{ health: 'true' }]],
    ['etcdctl endpoint status -w json | jq -c ".[].Status.dbSize"', '20480\n24576\n', [20480, 24576]],
  ])('%s', (command, stdout, selectedValues) => {
    expect(factsOf(command, stdout)).toMatchObject({ facts: { selectedValues }, diagnostics: [] })
  })

  it('passes over documents that it cannot tell apart', () => {
    expect(factsOf('x | jq .a', '{\n  "a": 1\n}\n{\n  "a": 2\n}\n').facts).toEqual({})
  })
})
