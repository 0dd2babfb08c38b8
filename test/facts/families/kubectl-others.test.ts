import { describe, expect, test } from 'vitest'
import { factsOf } from '../../kit/recorded-output.ts'

describe('kubectl version', () => {
  test.each([
    ['Client Version: v1.32.0\nKustomize Version: v5.5.0\nServer Version: v1.26.5\n'],
    [
      'Client Version: version.Info{Major:"1", Minor:"32", GitVersion:"v1.32.0", GitCommit:"a"}\nServer Version: version.Info{Major:"1", Minor:"26", GitVersion:"v1.26.5", GitCommit:"b"}\n',
    ],
    ['{"clientVersion":{"gitVersion":"v1.32.0"},"serverVersion":{"gitVersion":"v1.26.5"}}'],
  ])('names both sides in every form', output => {
    expect(factsOf('kubectl version', output)).toMatchObject({
      parser: 'kubectl-others',
      facts: { kubernetesVersion: { client: 'v1.32.0', server: 'v1.26.5' } },
    })
  })

  test('names the client alone when the server does not answer', () => {
    const { facts } = factsOf('kubectl version', 'Client Version: v1.31.1+k3s1\n', {
      stderr:
        'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n',
      exitCode: 1,
    })
    expect(facts).toEqual({ kubernetesVersion: { client: 'v1.31.1+k3s1' } })
  })
})

describe('other answers', () => {
  test('cluster-info lists where services run', () => {
    const output =
      'Kubernetes control plane is running at https://10.0.0.1:6443\nCoreDNS is running at https://10.0.0.1:6443/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n\nTo further debug and diagnose cluster problems, use ...\n'
    expect(factsOf('kubectl cluster-info', output).facts.clusterServices).toEqual([
      { name: 'Kubernetes control plane', url: 'https://10.0.0.1:6443' },
      {
        name: 'CoreDNS',
        url: 'https://10.0.0.1:6443/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy',
      },
    ])
  })

  test.each([
    ['yes\n', 0, true],
    ['no - no RBAC policy matched\n', 1, false],
  ])('auth can-i tells what is allowed: %s', (output, exitCode, allowed) => {
    expect(factsOf('kubectl auth can-i get pods -n shop', output, { exitCode }).facts.permissions).toEqual([
      { verb: 'get', resource: 'pods', allowed },
    ])
  })

  test('a verbose health page names the check that fails', () => {
    const output = '[+]ping ok\n[-]etcd failed: reason withheld\nhealthz check failed\n'
    expect(factsOf("kubectl get --raw '/healthz?verbose'", output).facts).toMatchObject({
      health: { ok: false },
      healthChecks: [
        { name: 'ping', ok: true },
        { name: 'etcd', ok: false, reason: 'reason withheld' },
      ],
    })
  })

  test('metrics keep name, labels and value', () => {
    const output = [
      '# HELP apiserver_request_duration_seconds Response latency',
      '# TYPE apiserver_request_duration_seconds histogram',
      'apiserver_request_duration_seconds_bucket{verb="GET",le="+Inf"} 1.2e+03',
      'apiserver_request_duration_seconds_sum{verb="LIST",path="a\\"b,c"} 0.5',
      'up NaN',
      'process_open_fds 17',
    ].join('\n')
    const { facts, lines } = factsOf('kubectl get --raw /metrics | grep apiserver_request_duration', output)
    expect(facts.metrics).toEqual([
      { name: 'apiserver_request_duration_seconds_bucket', labels: { verb: 'GET', le: '+Inf' }, value: 1200 },
      {
        name: 'apiserver_request_duration_seconds_sum',
        labels: { verb: 'LIST', path: 'a"b,c' },
        value: 0.5,
      },
      { name: 'process_open_fds', labels: {}, value: 17 },
    ])
    expect(lines.get('metrics[2]')).toBe(6)
  })
})
