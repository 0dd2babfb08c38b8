import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('kubectl-describe', name)

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

const unknown = (kind: string) => ({
  kind,
  status: 'Unknown',
  reason: 'NodeStatusUnknown',
  message: 'Kubelet stopped posting node status.',
  changedAt: '2026-11-21T06:27:48+00:00',
  heartbeatAt: '2026-11-21T06:25:24+00:00',
})

describe('a described node', () => {
  test('carries conditions, taints, versions and amounts in bytes and cores', () => {
    const { facts, lines, parser } = recorded('node-not-ready')
    expect(parser).toBe('kubectl-describe')
    expect(facts.nodes).toMatchObject([
      {
        name: 'node1',
        status: 'NotReady',
        ready: false,
        schedulable: true,
        roles: [],
        createdAt: '2026-11-21T06:21:33+00:00',
        taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' }],
        conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map(unknown),
        internalIP: '10.99.0.10',
        version: 'v1.26.5',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        kernel: '6.18.44-fc-v657',
        runtime: 'containerd://1.6.20',
        capacity: { cpuCores: 2, memory: 24684092 * 1024, ephemeralStorage: 264212084 * 1024, pods: 110 },
        allocatable: { cpuCores: 2, memory: 24581692 * 1024, ephemeralStorage: 243497856212, pods: 110 },
        requestedPercent: { cpu: 0, memory: 0 },
      },
    ])
    expect(lines.get('nodes[0]')).toBe(1)
  })

  test('that is ready has no taint', () => {
    expect(recorded('node').facts.nodes).toMatchObject([{ status: 'Ready', ready: true, taints: [] }])
  })

  test('names its events with count, first and last time, each on its line', () => {
    const { facts, lines } = recorded('node-not-ready')
    expect(facts.events).toHaveLength(19)
    expect((facts.events as readonly unknown[])[17]).toEqual({
      object: 'node/node1',
      kind: 'Warning',
      reason: 'MissingClusterDNS',
      source: 'kubelet',
      lastSeenSeconds: 144,
      count: 17,
      firstSeenSeconds: 155,
      message:
        'kubelet does not have ClusterDNS IP configured and cannot create Pod using "ClusterFirst" policy. Falling back to "Default" policy.',
    })
    expect(lines.get('events[17]')).toBe(89)
  })

  test('without its beginning still tells conditions and shares', () => {
    const output = text(
      'Conditions:',
      '  Type             Status  LastHeartbeatTime                 LastTransitionTime                Reason            Message',
      '  ----             ------  -----------------                 ------------------                ------            -------',
      '  Ready            False   Tue, 13 Jun 2017 10:02:11 +0200   Tue, 13 Jun 2017 09:50:01 +0200   KubeletNotReady   runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady',
      'Allocated resources:',
      '  Resource           Requests          Limits',
      '  cpu                3410m (85%)       11500m (287%)',
      '  memory             15870Mi (101%)    31210Mi (199%)',
    )
    expect(factsOf('kubectl describe node kube-node-11c2', output).facts.nodes).toEqual([
      {
        name: 'kube-node-11c2',
        status: 'NotReady',
        ready: false,
        conditions: [
          {
            kind: 'Ready',
            status: 'False',
            reason: 'KubeletNotReady',
            message: 'runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady',
            changedAt: '2017-06-13T09:50:01+02:00',
            heartbeatAt: '2017-06-13T10:02:11+02:00',
          },
        ],
        requestedPercent: { cpu: 85, memory: 101 },
        limitPercent: { cpu: 287, memory: 199 },
      },
    ])
  })

  test('with several taints and roles keeps each', () => {
    const output = text(
      'Name:               cp-1',
      'Roles:              control-plane,etcd',
      'Labels:             node-role.kubernetes.io/control-plane=',
      '                    tier=',
      'Taints:             node-role.kubernetes.io/control-plane:NoSchedule',
      '                    dedicated=gpu:NoExecute',
      'Unschedulable:      true',
    )
    expect(factsOf('kubectl describe nodes', output).facts.nodes).toEqual([
      {
        name: 'cp-1',
        schedulable: false,
        roles: ['control-plane', 'etcd'],
        labels: { 'node-role.kubernetes.io/control-plane': '', tier: '' },
        taints: [
          { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
          { key: 'dedicated', value: 'gpu', effect: 'NoExecute' },
        ],
      },
    ])
  })
})

describe('a described pod', () => {
  test('carries its containers with state, last state and restarts', () => {
    const { facts } = recorded('pod-crash')
    expect(facts.pods).toEqual([
      {
        namespace: 'default',
        name: 'crash',
        ready: 0,
        total: 1,
        restarts: 2,
        status: 'CrashLoopBackOff',
        phase: 'Running',
        ip: '10.244.0.5',
        node: 'node1',
        qosClass: 'BestEffort',
        startedAt: '2026-11-21T06:25:28+00:00',
        conditions: [
          { kind: 'Initialized', status: 'True' },
          { kind: 'Ready', status: 'False' },
          { kind: 'ContainersReady', status: 'False' },
          { kind: 'PodScheduled', status: 'True' },
        ],
        containers: [
          {
            name: 'c',
            image: 'docker.io/library/busybox:local',
            state: 'waiting',
            reason: 'CrashLoopBackOff',
            ready: false,
            restarts: 2,
            lastState: 'terminated',
            lastReason: 'Error',
            lastExitCode: 2,
            lastFinishedAt: '2026-11-21T06:25:42+00:00',
          },
        ],
      },
    ])
    expect(facts.events).toHaveLength(7)
  })

  test('whose init container fails tells it apart from the others', () => {
    const output = text(
      'Name:         web',
      'Namespace:    shop',
      'Node:         <none>',
      'Status:       Pending',
      'Init Containers:',
      '  wait-db:',
      '    Image:          busybox',
      '    State:          Terminated',
      '      Reason:       OOMKilled',
      '      Exit Code:    137',
      '    Ready:          False',
      '    Restart Count:  4',
      'Containers:',
      '  web:',
      '    Image:          nginx',
      '    State:          Waiting',
      '      Reason:       PodInitializing',
      '    Ready:          False',
      '    Restart Count:  0',
      'Events:           <none>',
    )
    const { facts } = factsOf('kubectl describe pod web -n shop', output)
    expect(facts.events).toEqual([])
    expect(facts.pods).toMatchObject([
      {
        phase: 'Pending',
        ready: 0,
        total: 1,
        containers: [
          {
            name: 'wait-db',
            init: true,
            state: 'terminated',
            reason: 'OOMKilled',
            exitCode: 137,
            restarts: 4,
          },
          { name: 'web', state: 'waiting', reason: 'PodInitializing' },
        ],
      },
    ])
  })

  test('that is being deleted is Terminating whatever its containers do', () => {
    const output = text(
      'Name:          web',
      'Node:          n1/10.0.0.1',
      'Status:        Terminating (lasts 5m)',
      'Containers:',
      '  web:',
      '    State:          Waiting',
      '      Reason:       ImagePullBackOff',
      '    Ready:          False',
    )
    const [pod] = factsOf('kubectl describe pod web', output).facts.pods as readonly object[]
    expect(pod).toMatchObject({ status: 'Terminating', ready: 0, total: 1 })
    expect(pod).not.toHaveProperty('phase')
  })

  test('that was evicted says why', () => {
    const output = text(
      'Name:             web',
      'Namespace:        shop',
      'Node:             n1/',
      'Status:           Failed',
      'Reason:           Evicted',
      'Message:          The node was low on resource: ephemeral-storage.',
      'Controlled By:    ReplicaSet/web-5d8f7c6c5',
      'Containers:',
    )
    expect(factsOf('kubectl describe po web', output).facts.pods).toEqual([
      {
        namespace: 'shop',
        name: 'web',
        status: 'Evicted',
        phase: 'Failed',
        reason: 'Evicted',
        message: 'The node was low on resource: ephemeral-storage.',
        node: 'n1',
        owner: 'ReplicaSet/web-5d8f7c6c5',
      },
    ])
  })
})

describe('events below a description', () => {
  test('that grep left alone belong to the object of the command', () => {
    const output = text(
      'Events:',
      '  Type     Reason       Age               From     Message',
      '  ----     ------       ----              ----     -------',
      '  Warning  FailedMount  66s (x3 over 7m)  kubelet  MountVolume.SetUp failed for volume "data" : mount failed: exit status 32',
      'Mounting command: mount',
      'Output: mount.nfs: Connection timed out',
      '  Warning  FailedMount  21s (x4 over 7m)  kubelet  Unable to attach or mount volumes: unmounted volumes=[data]',
      '',
      'ops@bastion:~$ ',
    )
    expect(factsOf('kubectl describe pod reader-0 -n ml | grep -A10 "Events:"', output).facts).toEqual({
      events: [
        {
          namespace: 'ml',
          object: 'pod/reader-0',
          kind: 'Warning',
          reason: 'FailedMount',
          source: 'kubelet',
          lastSeenSeconds: 66,
          count: 3,
          firstSeenSeconds: 420,
          message:
            'MountVolume.SetUp failed for volume "data" : mount failed: exit status 32 Mounting command: mount Output: mount.nfs: Connection timed out',
        },
        expect.objectContaining({ lastSeenSeconds: 21, count: 4 }),
      ],
    })
  })

  test('of releases before 1.9 are read with their other columns', () => {
    const output = text(
      'Events:',
      '  FirstSeen\tLastSeen\tCount\tFrom\t\t\tSubObjectPath\tType\t\tReason\t\tMessage',
      '  ---------\t--------\t-----\t----\t\t\t-------------\t--------\t------\t\t-------',
      '  5m\t\t2m\t\t7\tkubelet, n1\t\t\t\tWarning\t\tFailedSync\tError syncing pod',
    )
    expect(factsOf('kubectl describe pod web', output).facts.events).toEqual([
      {
        object: 'pod/web',
        kind: 'Warning',
        reason: 'FailedSync',
        source: 'kubelet, n1',
        lastSeenSeconds: 120,
        firstSeenSeconds: 300,
        count: 7,
        message: 'Error syncing pod',
      },
    ])
  })
})

describe('other descriptions', () => {
  test('a Service without endpoints has an empty list of them', () => {
    const output = text(
      'Name:              web',
      'Namespace:         shop',
      'Selector:          app=web,tier=front',
      'Type:              ClusterIP',
      'IP:                10.96.0.5',
      'Port:              http  80/TCP',
      'TargetPort:        8080/TCP',
      'Endpoints:         ',
      'Session Affinity:  None',
      'Events:            <none>',
    )
    expect(factsOf('kubectl describe svc web -n shop', output).facts).toEqual({
      services: [
        {
          namespace: 'shop',
          name: 'web',
          type: 'ClusterIP',
          clusterIP: '10.96.0.5',
          ports: ['80/TCP'],
          selector: { app: 'web', tier: 'front' },
          endpoints: [],
        },
      ],
      endpoints: [{ namespace: 'shop', name: 'web', addresses: [], addressCount: 0 }],
      events: [],
    })
  })

  test('endpoints that are not shown are counted', () => {
    const output = text(
      'Name:              web',
      'Type:              ClusterIP',
      'Endpoints:         10.244.1.5:8080,10.244.1.6:8080 + 1 more...',
      'Session Affinity:  None',
    )
    expect(factsOf('kubectl describe svc web', output).facts.endpoints).toEqual([
      { name: 'web', addresses: ['10.244.1.5:8080', '10.244.1.6:8080'], addressCount: 3 },
    ])
  })

  test('a volume tells its claim', () => {
    const output = text(
      'Name:            pvc-77c2',
      'Labels:          <none>',
      'StorageClass:    local-path',
      'Status:          Released',
      'Claim:           registry/data',
      'Reclaim Policy:  Delete',
      'Capacity:        20Gi',
    )
    expect(factsOf('kubectl describe pv pvc-77c2', output).facts.volumes).toEqual([
      {
        name: 'pvc-77c2',
        status: 'Released',
        claim: 'registry/data',
        reclaimPolicy: 'Delete',
        capacity: 20 * 1024 ** 3,
        storageClass: 'local-path',
      },
    ])
  })

  test('a daemon set says on how many nodes it stands and is available', () => {
    const output = text(
      'Name:           calico-node',
      'Namespace:      kube-system',
      'Desired Number of Nodes Scheduled: 3',
      'Current Number of Nodes Scheduled: 3',
      'Number of Nodes Scheduled with Up-to-date Pods: 3',
      'Number of Nodes Scheduled with Available Pods: 1',
      'Number of Nodes Misscheduled: 0',
    )
    expect(factsOf('kubectl describe ds -n kube-system calico-node', output).facts.daemonSets).toEqual([
      { namespace: 'kube-system', name: 'calico-node', desired: 3, current: 3, upToDate: 3, available: 1 },
    ])
  })

  test('an object of another kind is named', () => {
    const output = text('Name:         default-deny', 'Namespace:    shop', 'Spec:', '  PodSelector: <none>')
    expect(factsOf('kubectl describe networkpolicy -n shop', output).facts.resources).toEqual([
      { kind: 'networkpolicy', namespace: 'shop', name: 'default-deny' },
    ])
  })

  test('an object that is not there is a complaint', () => {
    const { facts, diagnostics } = factsOf('kubectl describe pod nope', '', {
      stderr: 'Error from server (NotFound): pods "nope" not found\n',
      exitCode: 1,
    })
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})
