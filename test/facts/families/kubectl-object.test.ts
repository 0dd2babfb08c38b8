import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const podObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web-1',
    namespace: 'shop',
    creationTimestamp: '2026-11-21T06:00:00Z',
    labels: { app: 'web' },
  },
  spec: { nodeName: 'n1', containers: [{ name: 'web' }, { name: 'log' }], nodeSelector: { disk: 'ssd' } },
  status: {
    phase: 'Running',
    podIP: '10.244.0.9',
    qosClass: 'Burstable',
    conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
    containerStatuses: [
      {
        name: 'web',
        image: 'nginx:1',
        ready: false,
        restartCount: 7,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } },
        lastState: { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: '2026-11-21T06:10:00Z' } },
      },
      { name: 'log', image: 'fluent', ready: true, restartCount: 0, state: { running: {} } },
    ],
  },
}

const podRow = {
  namespace: 'shop',
  name: 'web-1',
  createdAt: '2026-11-21T06:00:00Z',
  labels: { app: 'web' },
  ready: 1,
  total: 2,
  restarts: 7,
  status: 'CrashLoopBackOff',
  phase: 'Running',
  ip: '10.244.0.9',
  node: 'n1',
  qosClass: 'Burstable',
  nodeSelector: { disk: 'ssd' },
  conditions: [{ kind: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
  containers: [
    {
      name: 'web',
      image: 'nginx:1',
      state: 'waiting',
      reason: 'CrashLoopBackOff',
      message: 'back-off 5m0s',
      ready: false,
      restarts: 7,
      lastState: 'terminated',
      lastReason: 'OOMKilled',
      lastExitCode: 137,
      lastFinishedAt: '2026-11-21T06:10:00Z',
    },
    { name: 'log', image: 'fluent', state: 'running', ready: true, restarts: 0 },
  ],
}

const list = (...items: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, 4)

describe('objects in JSON', () => {
  test('nodes are read as in a listing, with conditions and amounts besides', () => {
    const { facts, lines, parser } = factsOfRecorded('kubectl-object', 'nodes')
    expect(parser).toBe('kubectl-object')
    expect(facts.nodes).toMatchObject([
      {
        name: 'node1',
        createdAt: '2026-11-21T06:21:33Z',
        status: 'Ready',
        ready: true,
        schedulable: true,
        roles: [],
        taints: [],
        version: 'v1.26.5',
        internalIP: '10.99.0.10',
        kernel: '6.18.44-fc-v657',
        capacity: { cpuCores: 2, memory: 24684092 * 1024, ephemeralStorage: 264212084 * 1024, pods: 110 },
        conditions: [
          { kind: 'MemoryPressure', status: 'False' },
          { kind: 'DiskPressure', status: 'False' },
          { kind: 'PIDPressure', status: 'False' },
          { kind: 'Ready', status: 'True', reason: 'KubeletReady', changedAt: '2026-11-21T06:25:24Z' },
        ],
      },
    ])
    expect(lines.get('nodes[0]')).toBe(20)
  })

  test('a pod has the status word of a listing', () => {
    expect(factsOf('kubectl get pod web-1 -o json', JSON.stringify(podObject)).facts.pods).toEqual([podRow])
  })

  test.each([
    [{ status: { phase: 'Succeeded' } }, 'Completed'],
    [{ status: { phase: 'Failed', reason: 'Evicted' } }, 'Evicted'],
    [
      { metadata: { name: 'x', deletionTimestamp: '2026-11-21T06:00:00Z' }, status: { phase: 'Running' } },
      'Terminating',
    ],
    [
      {
        status: {
          phase: 'Pending',
          initContainerStatuses: [
            { name: 'i', state: { waiting: { reason: 'CreateContainerConfigError' } } },
          ],
        },
      },
      'Init:CreateContainerConfigError',
    ],
  ])('a pod in another state says so: %o', (part, status) => {
    const object = { kind: 'Pod', metadata: { name: 'x' }, ...part }
    expect(factsOf('kubectl get pod x -o json', JSON.stringify(object)).facts.pods).toMatchObject([
      { status },
    ])
  })

  test('a list of several kinds fills several facts', () => {
    const output = list(
      {
        kind: 'Service',
        metadata: { name: 'web', namespace: 'shop' },
        spec: {
          type: 'LoadBalancer',
          clusterIP: '10.96.0.5',
          ports: [{ port: 80, nodePort: 30080, protocol: 'TCP' }],
          selector: { app: 'web' },
        },
        status: { loadBalancer: {} },
      },
      {
        kind: 'Endpoints',
        metadata: { name: 'web', namespace: 'shop' },
        subsets: [{ notReadyAddresses: [{ ip: '10.244.0.9' }], ports: [{ port: 8080 }] }],
      },
      {
        kind: 'Event',
        metadata: { name: 'web.1', namespace: 'shop' },
        type: 'Warning',
        reason: 'BackOff',
        involvedObject: { kind: 'Pod', name: 'web-1' },
        message: 'Back-off',
        count: 4,
        lastTimestamp: '2026-11-21T06:00:00Z',
      },
      {
        kind: 'CertificateSigningRequest',
        metadata: { name: 'csr-1' },
        spec: {
          signerName: 'kubernetes.io/kubelet-serving',
          username: 'system:node:n1',
          expirationSeconds: 86400,
        },
        status: {},
      },
    )
    expect(factsOf('kubectl get svc,ep,ev,csr -o json', output).facts).toEqual({
      services: [
        {
          namespace: 'shop',
          name: 'web',
          type: 'LoadBalancer',
          clusterIP: '10.96.0.5',
          externalIPs: [],
          externalPending: true,
          ports: ['80:30080/TCP'],
          selector: { app: 'web' },
        },
      ],
      endpoints: [
        {
          namespace: 'shop',
          name: 'web',
          addresses: [],
          addressCount: 0,
          notReadyAddresses: ['10.244.0.9:8080'],
        },
      ],
      events: [
        {
          namespace: 'shop',
          kind: 'Warning',
          reason: 'BackOff',
          object: 'pod/web-1',
          message: 'Back-off',
          count: 4,
          lastSeenAt: '2026-11-21T06:00:00Z',
        },
      ],
      signingRequests: [
        {
          name: 'csr-1',
          signer: 'kubernetes.io/kubelet-serving',
          requestor: 'system:node:n1',
          requestedDurationSeconds: 86400,
          condition: 'Pending',
        },
      ],
    })
  })

  test('are found between a prompt and warnings, on their own lines', () => {
    const output = [
      'ops@bastion:~$ kubectl get pod web-1 -o json 2>&1',
      'W1121 06:17:42.416712   22903 warnings.go:70] v1 is deprecated',
      JSON.stringify(podObject, undefined, 4),
      'ops@bastion:~$ ',
    ].join('\n')
    const { facts, lines } = factsOf('kubectl get pod web-1 -o json 2>&1', output)
    expect(facts.pods).toEqual([podRow])
    expect(lines.get('pods[0]')).toBe(7)
  })

  test('an empty list reads as no object', () => {
    const { facts, diagnostics } = factsOf('kubectl get pods -o json', list())
    expect(facts).toEqual({ pods: [] })
    expect(diagnostics).toEqual([])
  })

  test('the content of a Secret never becomes a fact', () => {
    const secret = {
      kind: 'Secret',
      metadata: { name: 's' },
      type: 'Opaque',
      data: { password: 'aHVudGVyMg==' },
    }
    const { facts } = factsOf('kubectl get secret s -o json', JSON.stringify(secret))
    expect(facts).toEqual({ secrets: [{ name: 's', type: 'Opaque', entries: 1 }] })
  })
})

describe('objects in YAML', () => {
  test('a ConfigMap keeps its texts', () => {
    const output = [
      'apiVersion: v1',
      'data:',
      '  Corefile: |',
      '    .:53 {',
      '        forward . /etc/resolv.conf',
      '    }',
      'kind: ConfigMap',
      'metadata:',
      '  name: coredns',
      '  namespace: kube-system',
      '',
    ].join('\n')
    const { facts, lines } = factsOf('kubectl get configmap -n kube-system coredns -o yaml', output)
    expect(facts.configMaps).toEqual([
      {
        namespace: 'kube-system',
        name: 'coredns',
        entries: 1,
        data: { Corefile: '.:53 {\n    forward . /etc/resolv.conf\n}\n' },
      },
    ])
    expect(lines.get('configMaps[0]')).toBe(9)
  })

  test('that was cut so that it does not parse is a complaint', () => {
    const { facts, diagnostics } = factsOf(
      'kubectl get pod web -o yaml | grep -A 10 readinessProbe',
      '    readinessProbe:\n      httpGet:\n   path: /\n',
    )
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NOT_UNDERSTOOD'])
  })
})

describe('one member of an object', () => {
  test.each([
    [
      "kubectl get pod web -n shop -o jsonpath='{.status.podIP}'",
      '10.244.0.9',
      { pods: [{ namespace: 'shop', name: 'web', ip: '10.244.0.9' }] },
    ],
    [
      "kubectl get svc web -o jsonpath='{.spec.selector}'",
      '{"app":"web"}',
      { services: [{ name: 'web', selector: { app: 'web' } }] },
    ],
    [
      "kubectl get node n1 -o jsonpath='{.status.conditions}'",
      '[{"type":"Ready","status":"False"}]',
      {
        nodes: [
          { name: 'n1', status: 'NotReady', ready: false, conditions: [{ kind: 'Ready', status: 'False' }] },
        ],
      },
    ],
    [
      "kubectl get node n1 -o jsonpath='{.status.conditions}' | jq",
      '[\n  {\n    "type": "Ready",\n    "status": "True"\n  }\n]\n',
      {
        nodes: [
          { name: 'n1', status: 'Ready', ready: true, conditions: [{ kind: 'Ready', status: 'True' }] },
        ],
      },
    ],
    [
      'kubectl get node n1 -o jsonpath={.status.allocatable}',
      '{"cpu":"1900m","memory":"1Gi"}',
      { nodes: [{ name: 'n1', allocatable: { cpuCores: 1.9, memory: 1024 ** 3 } }] },
    ],
  ])('is read as the whole would be: %s', (command, output, facts) => {
    expect(factsOf(command, output).facts).toEqual(facts)
  })

  test('of which the object cannot be told is a complaint', () => {
    const { facts, diagnostics } = factsOf(
      "kubectl get pods -o jsonpath='{.items[*].status.podIP}'",
      '10.0.0.1 10.0.0.2',
    )
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})
