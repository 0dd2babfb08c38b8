import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deriveFacts, factDocs, parsers } from '../../../src/facts/index.ts'

const root = new URL('../../fixtures/facts/', import.meta.url)

const leaves = [
  'kubectl-list',
  'kubectl-describe',
  'kubectl-object',
  'crictl',
  'ctr',
  'etcdctl',
  'haproxy',
  'log-lines',
]

const recordedLines = leaves.flatMap(leaf =>
  readdirSync(new URL(`${leaf}/`, root))
    .filter(name => name.endsWith('.txt') || name.endsWith('.stderr'))
    .flatMap(name => readFileSync(new URL(`${leaf}/${name}`, root), 'utf8').split('\n')),
)

const commands = [
  'kubectl get pods -A -o wide',
  'kubectl get pods,svc | grep x',
  'kubectl get nodes -o json',
  "kubectl get pod x -o jsonpath='{.status.podIP}'",
  'kubectl top nodes',
  'kubectl describe node n',
  'kubectl describe pod p -n x',
  'kubectl logs p',
  'kubectl version',
  'kubectl cluster-info',
  'kubectl auth can-i get pods',
  'kubectl get --raw /metrics',
  'crictl pods',
  'crictl images',
  'crictl inspect x',
  'crictl info',
  'crictl stats',
  'ctr images ls',
  'ctr containers ls',
  'docker inspect x',
  'docker info',
  'docker images',
  'etcdctl endpoint status -w table',
  'etcdctl member list',
  'etcdctl alarm list -w json',
  'kubeadm certs check-expiration',
  'kubeadm init',
  'helm ls -A',
  'rctl status apply x',
  'gravity status',
  'gravity plan',
  'planet status --pretty',
  'serf members',
  'tar -tzvf report.tar.gz',
  'socat stdio /run/haproxy/admin.sock',
  'cat /etc/kubernetes/manifests/etcd.yaml',
  'cat /var/lib/kubelet/config.yaml',
  'cat /etc/cni/net.d/10-calico.conflist',
  'cat /etc/coredns/Corefile',
  'cat /etc/containerd/config.toml',
] as const

const pieces = [
  '{"kind":"Pod","metadata":{"name":"x"},"status":{"containerStatuses":[{}]}}',
  '{"status":{"state":"CONTAINER_RUNNING","createdAt":"99999999999999999999"}}',
  '{"kind":"List","items":[null,1,"x",{"kind":"Node"},{"kind":"Event"}]}',
  '[{"Endpoint":"x","Status":{"header":{"member_id":99999999999999999999}}}]',
  '{"status":"running","timestamp":{"seconds":1e300},"nodes":[{}]}',
  'apiVersion: v1',
  'kind: Pod',
  'Events:',
  '* node-1 (10.0.0.1, node)',
  '× checks  Run  Failed  -  -  -',
]

const line = fc.oneof(
  fc.constantFrom(...recordedLines, ...pieces),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...recordedLines).chain(text => fc.nat(text.length).map(end => text.slice(0, end))),
)

const output = fc.array(line, { maxLength: 30 }).map(lines => lines.join('\n'))

describe('the parsers of cluster tools', () => {
  test('read any text without throwing, and point at lines that are there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commands, undefined), output, output, (command, stdout, stderr) => {
        const derived = deriveFacts(parsers, { command, stdout, stderr, exitCode: 0 })
        const last = stdout.split('\n').length
        for (const at of derived.lines.values()) {
          expect(at).toBeGreaterThanOrEqual(0)
          expect(at).toBeLessThanOrEqual(last)
        }
        expect(Object.keys(derived.facts).filter(name => !(name in factDocs))).toEqual([])
        expect(JSON.parse(JSON.stringify(derived.facts))).toEqual(derived.facts)
      }),
      { numRuns: 1500 },
    )
  })

  test('never leave out both facts and complaint for an output of their own command', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commands), output, (command, stdout) => {
        const { facts, diagnostics } = deriveFacts(parsers, { command, stdout, stderr: '', exitCode: 0 })
        expect(Object.keys(facts).length + diagnostics.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})
