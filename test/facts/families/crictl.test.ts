import { describe, expect, test } from 'vitest'
import { mergeFacts } from '../../../src/facts/index.ts'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('crictl', name)

describe('sandboxes of pods', () => {
  test('are read with state and age', () => {
    const { facts, lines, parser } = recorded('pods-kubernetes')
    expect(parser).toBe('crictl')
    expect(facts.podSandboxes).toHaveLength(5)
    expect(facts.podSandboxes).toMatchObject([
      {
        id: 'f1e67c403822d',
        ageSeconds: 45,
        state: 'ready',
        name: 'crash',
        namespace: 'default',
        attempt: 0,
      },
      { name: 'oom', ageSeconds: 46 },
      { name: 'ok' },
      { name: 'badimage' },
      { id: 'ee3f5fcb3554a', ageSeconds: 120, name: 'static-demo-node1', namespace: 'kube-system' },
    ])
    expect(lines.get('podSandboxes[4]')).toBe(6)
    expect(recorded('pods').facts.podSandboxes).toMatchObject([
      { name: 'kube-apiserver', ageSeconds: 1 },
      { name: 'etcd' },
    ])
  })

  test('whose header was filtered away are read all the same', () => {
    const line =
      'ee3f5fcb3554a       About an hour ago   NotReady            etcd-node1          kube-system         3                   (default)\n'
    expect(factsOf('crictl pods | grep etcd', line).facts.podSandboxes).toEqual([
      {
        id: 'ee3f5fcb3554a',
        ageSeconds: 3600,
        state: 'notready',
        name: 'etcd-node1',
        namespace: 'kube-system',
        attempt: 3,
      },
    ])
  })

  test('in JSON carry the instant of their making', () => {
    const output = JSON.stringify({
      items: [
        {
          id: 'ee3f5fcb3554a9d0c0f3a5ce4ff0b7d4d8f2f1f4bdb2f7a50dbf5f2f31be7c11',
          metadata: { name: 'etcd', namespace: 'kube-system', attempt: 1 },
          state: 'SANDBOX_NOTREADY',
          createdAt: '1795241860100735499',
        },
      ],
    })
    expect(factsOf('crictl pods -o json', output).facts.podSandboxes).toEqual([
      {
        id: 'ee3f5fcb3554a',
        name: 'etcd',
        namespace: 'kube-system',
        state: 'notready',
        attempt: 1,
        createdAt: '2026-11-21T06:17:40.100Z',
      },
    ])
  })
})

describe('an inspected container', () => {
  test('that was killed for its memory says so, with its limit in bytes', () => {
    expect(recorded('inspect-out-of-memory').facts.containers).toEqual([
      {
        id: '351b07a6a533d',
        name: 'c',
        image: 'docker.io/library/bb2:local',
        state: 'exited',
        attempt: 3,
        podId: '4039869a47c86',
        pod: 'oom',
        namespace: 'default',
        createdAt: '2026-11-21T06:26:13.641563955Z',
        startedAt: '2026-11-21T06:26:13.707608704Z',
        finishedAt: '2026-11-21T06:26:13.782108031Z',
        exitCode: 137,
        reason: 'OOMKilled',
        restarts: 3,
        memoryLimit: 16777216,
        logPath: '/var/log/pods/default_oom_afc0c67f-45d3-4c3c-85a6-84f601fce9ea/c/3.log',
      },
    ])
  })

  test('that failed carries exit code, reason and attempt, on its line', () => {
    const { facts, lines } = recorded('inspect-failed')
    expect(facts.containers).toMatchObject([
      {
        id: 'def03c9ffdd9a',
        name: 'kube-apiserver',
        state: 'exited',
        exitCode: 1,
        reason: 'Error',
        attempt: 7,
      },
    ])
    expect(lines.get('containers[0]')).toBe(3)
  })

  test('that still runs has neither end nor exit code', () => {
    const output = JSON.stringify({
      status: {
        id: 'def03c9ffdd9a2ba87159c25baf1ca9c52015f75d74b6ec272a8ea0fe44da907',
        metadata: { name: 'etcd', attempt: 0 },
        state: 'CONTAINER_RUNNING',
        startedAt: '2026-11-21T06:17:40Z',
        finishedAt: '0001-01-01T00:00:00Z',
        exitCode: 0,
      },
      info: { pid: 4711 },
    })
    expect(factsOf('sudo crictl inspect def03 | less', output).facts.containers).toEqual([
      {
        id: 'def03c9ffdd9a',
        name: 'etcd',
        state: 'running',
        attempt: 0,
        startedAt: '2026-11-21T06:17:40Z',
        pid: 4711,
      },
    ])
  })

  test('is united with its row of a listing', () => {
    const listed = factsOf(
      'crictl ps -a',
      [
        'CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD',
        '351b07a6a533d       e2af042aef696       1 second ago        Exited              c                   3                   4039869a47c86       oom',
      ].join('\n'),
    )
    const { containers } = mergeFacts([listed.facts, recorded('inspect-out-of-memory').facts])
    expect(containers).toHaveLength(1)
    expect(containers).toMatchObject([{ created: '1 second ago', reason: 'OOMKilled' }])
  })

  test('an inspected sandbox carries its address', () => {
    const output = JSON.stringify({
      status: {
        id: '4039869a47c86f00',
        metadata: { name: 'oom', namespace: 'default' },
        state: 'SANDBOX_READY',
        network: { ip: '10.244.0.3' },
      },
    })
    expect(factsOf('crictl inspectp 4039', output).facts.podSandboxes).toEqual([
      { id: '4039869a47c86', name: 'oom', namespace: 'default', state: 'ready', ip: '10.244.0.3' },
    ])
  })
})

describe('other listings', () => {
  test("of a distribution's own crictl are the same", () => {
    const output = [
      'CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD',
      '351b07a6a533d       e2af042aef696       1 second ago        Exited              c                   3                   4039869a47c86       oom',
    ].join('\n')
    expect(factsOf('sudo k3s crictl ps -a', output).facts.containers).toMatchObject([
      { id: '351b07a6a533d', name: 'c', state: 'exited', pod: 'oom' },
    ])
  })

  test('containers in JSON stand in the rows of the table', () => {
    const { facts, lines } = recorded('ps-json')
    expect(facts.containers).toMatchObject([
      { id: 'def03c9ffdd9a', name: 'kube-apiserver', state: 'exited', attempt: 7, podId: '8693183115739' },
      { id: '6288b8171ef5b', name: 'etcd', state: 'running', createdAt: '2026-11-21T06:17:39.928Z' },
    ])
    expect(lines.get('containers[1]')).toBe(26)
  })

  test('images carry their size in bytes', () => {
    expect(recorded('images').facts.images).toEqual([
      { image: 'docker.io/library/bb2', tag: 'local', id: 'e2af042aef696', size: 2000000 },
      { image: 'docker.io/library/busybox', tag: 'local', id: 'e2af042aef696', size: 2000000 },
      { image: 'registry.k8s.io/pause', tag: '3.6', id: 'e2af042aef696', size: 2000000 },
    ])
    expect(factsOf('crictl images | grep nginx', '', { exitCode: 1 }).facts).toEqual({ images: [] })
  })

  test('usage is read behind the codes that clear the screen', () => {
    expect(recorded('stats-kubernetes').facts.containers).toEqual([
      { id: '2110329e933c2', name: 'c', cpuPercent: 0, memory: 225300, disk: 20480, inodes: 8 },
      { id: 'ff818b3b4225e', name: 'c', cpuPercent: 0, memory: 278500, disk: 40960, inodes: 13 },
    ])
  })

  test('the version names the runtime', () => {
    expect(recorded('version').facts.runtime).toEqual({
      name: 'containerd',
      version: '1.6.20~ds1',
      apiVersion: 'v1',
    })
  })
})

describe('the runtime about itself', () => {
  const info = {
    status: {
      conditions: [
        { type: 'RuntimeReady', status: true, reason: '', message: '' },
        {
          type: 'NetworkReady',
          status: false,
          reason: 'NetworkPluginNotReady',
          message: 'Network plugin returns error: cni plugin not initialized',
        },
      ],
    },
    cniconfig: { Networks: [{ Config: { Name: 'cni-loopback' } }] },
    config: {
      containerd: {
        snapshotter: 'overlayfs',
        defaultRuntimeName: 'runc',
        runtimes: { runc: { options: { SystemdCgroup: false } }, nvidia: {} },
      },
      cni: { binDir: '/opt/cni/bin', confDir: '/etc/cni/net.d' },
      sandboxImage: 'registry.k8s.io/pause:3.6',
      containerdEndpoint: '/run/containerd/containerd.sock',
    },
    lastCNILoadStatus:
      'cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized',
  }

  test('tells readiness of the network, the reason, folders and cgroups', () => {
    expect(factsOf('crictl info', JSON.stringify(info, undefined, 2)).facts.runtime).toEqual({
      ready: true,
      networkReady: false,
      conditions: [
        { kind: 'RuntimeReady', status: true },
        {
          kind: 'NetworkReady',
          status: false,
          reason: 'NetworkPluginNotReady',
          message: 'Network plugin returns error: cni plugin not initialized',
        },
      ],
      lastCniError:
        'cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized',
      cniConfigDirectory: '/etc/cni/net.d',
      cniPluginDirectory: '/opt/cni/bin',
      cniNetworks: ['cni-loopback'],
      sandboxImage: 'registry.k8s.io/pause:3.6',
      endpoint: '/run/containerd/containerd.sock',
      snapshotter: 'overlayfs',
      defaultRuntime: 'runc',
      runtimes: ['runc', 'nvidia'],
      systemdCgroup: false,
    })
  })

  test('names no error where the last load was well', () => {
    const { facts } = factsOf('crictl info', JSON.stringify({ ...info, lastCNILoadStatus: 'OK' }))
    expect(facts.runtime).not.toHaveProperty('lastCniError')
  })
})

describe('a runtime that does not answer', () => {
  test.each(['runtime-down', 'default-endpoint'])('leaves facts absent: %s', name => {
    const { facts, diagnostics } = recorded(name)
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NO_ANSWER'])
  })

  test('or serves another version of the interface is a complaint', () => {
    const { facts, diagnostics } = factsOf('crictl pods', '', {
      stderr:
        'FATA[0000] validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService\n',
      exitCode: 1,
    })
    expect(facts).toEqual({})
    expect(diagnostics.length).toBeGreaterThan(0)
  })
})
