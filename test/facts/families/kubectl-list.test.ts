import { describe, expect, test } from 'vitest'
import { factsOf, factsOfRecorded } from '../../kit/recorded-output.ts'

const recorded = (name: string) => factsOfRecorded('kubectl-list', name)

const table = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

describe('nodes', () => {
  test('are read with readiness, age in seconds and version', () => {
    const { facts, lines, parser } = recorded('nodes')
    expect(parser).toBe('kubectl-list')
    expect(facts).toEqual({
      nodes: [
        {
          name: 'node1',
          status: 'Ready',
          ready: true,
          schedulable: true,
          roles: [],
          ageSeconds: 271,
          version: 'v1.26.5',
        },
      ],
    })
    expect(lines.get('nodes[0]')).toBe(2)
  })

  test('that are not ready say so', () => {
    expect(recorded('nodes-not-ready').facts.nodes).toMatchObject([
      { name: 'node1', status: 'NotReady', ready: false, ageSeconds: 390 },
    ])
  })

  test('are known without command and header, of old versions too', () => {
    const named = (text: string) =>
      (factsOf('', text).facts.nodes as readonly { name: string; ready: boolean }[]).map(
        ({ name, ready }) => [name, ready],
      )
    expect(named('wk-1   NotReady   <none>   41d   v1.23.4\n')).toEqual([['wk-1', false]])
    expect(
      named('a-01    Ready      23h       v1.6.4+coreos.0\na-03    NotReady   23h       v1.6.4\n'),
    ).toEqual([
      ['a-01', true],
      ['a-03', false],
    ])
  })

  test('of a wide listing carry addresses, system and runtime, and no external address where there is none', () => {
    const [node] = recorded('nodes-wide').facts.nodes as readonly object[]
    expect(node).toMatchObject({
      internalIP: '10.99.0.10',
      osImage: 'Debian GNU/Linux 12 (bookworm)',
      kernel: '6.18.44-fc-v657',
      runtime: 'containerd://1.6.20',
    })
    expect(node).not.toHaveProperty('externalIP')
  })

  test('keep several roles apart and tell a cordon from readiness', () => {
    const output = table(
      'NAME       STATUS                        ROLES                       AGE    VERSION',
      'srv-1      Ready                         control-plane,etcd,master   631d   v1.31.7+rke2r1',
      'worker-2   NotReady,SchedulingDisabled   <none>                      3y12d  v1.18.1',
    )
    expect(factsOf('k3s kubectl get nodes', output).facts.nodes).toMatchObject([
      {
        name: 'srv-1',
        roles: ['control-plane', 'etcd', 'master'],
        ageSeconds: 631 * 86400,
        schedulable: true,
      },
      { name: 'worker-2', ready: false, schedulable: false, roles: [], ageSeconds: (3 * 365 + 12) * 86400 },
    ])
  })

  test('are united with what top says of them in documented units', () => {
    const output = table(
      'NAME   CPU(cores)   CPU%        MEMORY(bytes)   MEMORY%',
      'cp-1   250m         12%         1843Mi          48%',
      'cp-2   <unknown>    <unknown>   <unknown>       <unknown>',
    )
    expect(factsOf('kubectl top nodes', output).facts).toEqual({
      nodes: [
        { name: 'cp-1', cpuCores: 0.25, cpuPercent: 12, memory: 1843 * 1024 ** 2, memoryPercent: 48 },
        { name: 'cp-2' },
      ],
    })
  })
})

describe('usage', () => {
  test('of containers names the pod of each', () => {
    const output = table('POD     NAME   CPU(cores)   MEMORY(bytes)', 'web-1   log    1m           5Mi')
    expect(factsOf('kubectl top pods --containers', output).facts).toEqual({
      containers: [{ pod: 'web-1', name: 'log', cpuCores: 0.001, memory: 5 * 1024 ** 2 }],
    })
  })
})

describe('pods', () => {
  test('are read from all namespaces with restarts and when the last one was', () => {
    const { facts, lines } = recorded('pods-everywhere-wide')
    expect(facts.pods).toEqual([
      {
        namespace: 'default',
        name: 'badimage',
        ready: 0,
        total: 1,
        status: 'ImagePullBackOff',
        restarts: 0,
        ageSeconds: 148,
        ip: '10.244.0.2',
        node: 'node1',
      },
      {
        namespace: 'default',
        name: 'crash',
        ready: 0,
        total: 1,
        status: 'CrashLoopBackOff',
        restarts: 2,
        lastRestartSeconds: 22,
        ageSeconds: 148,
        ip: '10.244.0.5',
        node: 'node1',
      },
      expect.objectContaining({ name: 'ok', status: 'Running', ready: 1, ip: '10.244.0.4' }),
      expect.objectContaining({ name: 'oom', restarts: 2, lastRestartSeconds: 18 }),
      {
        namespace: 'default',
        name: 'pending',
        ready: 0,
        total: 1,
        status: 'Pending',
        restarts: 0,
        ageSeconds: 148,
      },
      expect.objectContaining({ namespace: 'kube-system', name: 'static-demo-node1', ip: '10.99.0.10' }),
    ])
    expect(lines.get('pods[4]')).toBe(6)
  })

  test('of a plain listing carry no address', () => {
    const { facts } = recorded('pods-everywhere')
    expect(facts.pods).toHaveLength(6)
    expect(facts.pods).toMatchObject([
      {},
      { name: 'crash', status: 'Error', restarts: 4, lastRestartSeconds: 112 },
      {},
      { name: 'oom', status: 'OOMKilled', restarts: 4, lastRestartSeconds: 111 },
      {},
      {},
    ])
  })

  test.each([
    ["kubectl get pods -A | egrep 'CrashLoop|Pending'", 'shop'],
    ['kubectl get pods --all-namespaces --no-headers', 'shop'],
    ['kubectl get pods -n shop | grep web', 'shop'],
    ['kubectl -nshop get po | grep web', 'shop'],
  ])('whose header was taken away are read from the command: %s', (command, namespace) => {
    const cell = command.includes('-n shop') || command.includes('-nshop') ? '' : 'shop   '
    const { facts } = factsOf(
      command,
      `${cell}web-5d8f7c6c5-6h2zd   1/2   CrashLoopBackOff   154 (2m3s ago)   40h\n`,
    )
    expect(facts.pods).toEqual([
      {
        namespace,
        name: 'web-5d8f7c6c5-6h2zd',
        ready: 1,
        total: 2,
        status: 'CrashLoopBackOff',
        restarts: 154,
        lastRestartSeconds: 123,
        ageSeconds: 144000,
      },
    ])
  })

  test('and services asked for together are told apart by their prefix, header or not', () => {
    const lines = table(
      'pod/coredns-86fsb   1/1   Running   0   9d   10.244.4.20   192.168.121.232   <none>   <none>',
      'service/kube-dns   ClusterIP   10.100.0.10   <none>   53/UDP,53/TCP,9153/TCP   9d   k8s-app=kube-dns',
    )
    expect(factsOf('kctl get pods,services -owide | grep dns', lines).facts).toMatchObject({
      pods: [{ name: 'coredns-86fsb', ip: '10.244.4.20', node: '192.168.121.232' }],
      services: [
        {
          name: 'kube-dns',
          clusterIP: '10.100.0.10',
          externalIPs: [],
          ports: ['53/UDP', '53/TCP', '9153/TCP'],
          selector: { 'k8s-app': 'kube-dns' },
        },
      ],
    })
  })

  test('carry their labels when asked to show them', () => {
    const output = table(
      'NAME   READY   STATUS    RESTARTS   AGE   LABELS',
      'web    1/1     Running   0          5m    app=web,tier=',
      'lone   1/1     Running   0          5m    <none>',
    )
    expect(factsOf('kubectl get pods --show-labels', output).facts.pods).toMatchObject([
      { name: 'web', labels: { app: 'web', tier: '' } },
      { name: 'lone', labels: {} },
    ])
  })

  test('listed again while watching stand once, as they were last', () => {
    const output = table(
      'NAME   READY   STATUS              RESTARTS   AGE',
      'web    0/1     ContainerCreating   0          2s',
      'db     1/1     Running             0          9d',
      'web    1/1     Running             0          7s',
    )
    const { facts, lines } = factsOf('kubectl get pods -w', output)
    expect(facts.pods).toMatchObject([
      { name: 'web', status: 'Running', ageSeconds: 7 },
      { name: 'db', status: 'Running' },
    ])
    expect(lines.get('pods[0]')).toBe(4)
  })

  test('survive a prompt, the echoed command, a repeated header, log lines and cells that were cut', () => {
    const output = table(
      'ops@bastion:~$ kubectl get pods; kubectl logs web',
      'NAME                  READY   STATUS             RESTARTS       AGE',
      'web-5d8f7c6c5-6h2…    0/1     CrashLoopBackOff   5 (2m ago)     12m',
      'NAME                  READY   STATUS             RESTARTS       AGE',
      'db-0                  1/1     Running            0              <unknown>',
      '/etc/coredns/Corefile:3 - Error during parsing: Unknown directive',
      'E0117 10:00:00.000000       1 leaderelection.go:330] error retrieving resource lock',
      'ops@bastion:~$ ',
    )
    expect(factsOf('kubectl get pods; kubectl logs web', output).facts.pods).toEqual([
      {
        name: 'web-5d8f7c6c5-6h2…',
        ready: 0,
        total: 1,
        status: 'CrashLoopBackOff',
        restarts: 5,
        lastRestartSeconds: 120,
        ageSeconds: 720,
      },
      { name: 'db-0', ready: 1, total: 1, status: 'Running', restarts: 0 },
    ])
  })

  test('are read from rows that are narrower than their header', () => {
    const output = table(
      'NAME   READY   STATUS                       RESTARTS   AGE',
      'web    0/1     CreateContainerConfigError   0          5m',
      'init   0/2     Init:0/1   0          5m',
    )
    expect(factsOf('kubectl get pods', output).facts.pods).toMatchObject([
      { name: 'web', status: 'CreateContainerConfigError' },
      { name: 'init', status: 'Init:0/1', restarts: 0, ageSeconds: 300 },
    ])
  })

  test('are read when the gaps of the table have collapsed', () => {
    const output = table('NAME READY STATUS RESTARTS AGE', 'web-0 0/1 Error 3 (11s ago) 5m')
    expect(factsOf('kubectl get pods', output).facts.pods).toMatchObject([
      { name: 'web-0', status: 'Error', restarts: 3, lastRestartSeconds: 11, ageSeconds: 300 },
    ])
  })
})

describe('events', () => {
  test('are read with age, type, reason, object and the whole message', () => {
    const { facts } = recorded('events')
    expect(facts.events).toHaveLength(50)
    expect(facts.events).toContainEqual({
      lastSeenSeconds: 17,
      kind: 'Warning',
      reason: 'BackOff',
      object: 'pod/crash',
      message:
        'Back-off restarting failed container c in pod crash_default(e8fe6070-aa61-42df-8759-9d99bc67e833)',
    })
  })

  test('that name no time are events all the same', () => {
    expect(recorded('events').facts.events).toContainEqual({
      kind: 'Warning',
      reason: 'KubeAPIReadyz',
      object: 'namespace/openshift-kube-apiserver',
      message: 'readyz=true',
    })
  })

  test('carry count and first time where the command prints them', () => {
    const output = table(
      'NAMESPACE   LAST SEEN            TYPE      REASON   OBJECT    MESSAGE',
      'shop        35s (x12 over 4m)    Warning   BackOff  pod/web   Back-off  restarting',
    )
    expect(factsOf('kubectl events -A', output).facts.events).toEqual([
      {
        namespace: 'shop',
        lastSeenSeconds: 35,
        count: 12,
        firstSeenSeconds: 240,
        kind: 'Warning',
        reason: 'BackOff',
        object: 'pod/web',
        message: 'Back-off  restarting',
      },
    ])
  })
})

describe('other kinds', () => {
  test('component statuses keep an empty message apart from an error', () => {
    expect(recorded('component-statuses').facts.components).toEqual([
      { name: 'etcd-0', status: 'Healthy', healthy: true },
      { name: 'scheduler', status: 'Healthy', healthy: true, message: 'ok' },
      { name: 'controller-manager', status: 'Healthy', healthy: true, message: 'ok' },
    ])
  })

  test('claims without a volume leave its cells out', () => {
    const output = table(
      'NAMESPACE   NAME            STATUS    VOLUME     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS   AGE',
      'meta        data-mysql-0    Pending                                                        <unset>                 41m',
      'registry    registry-data   Bound     pvc-77c2   20Gi       RWO,ROX        local-path     <unset>                 19d',
    )
    expect(factsOf('kubectl get pvc -A', output).facts.claims).toEqual([
      { namespace: 'meta', name: 'data-mysql-0', status: 'Pending', accessModes: [], ageSeconds: 2460 },
      {
        namespace: 'registry',
        name: 'registry-data',
        status: 'Bound',
        volume: 'pvc-77c2',
        capacity: 20 * 1024 ** 3,
        accessModes: ['RWO', 'ROX'],
        storageClass: 'local-path',
        ageSeconds: 19 * 86400,
      },
    ])
  })

  test('cells that stand a little beside their titles belong to the nearest', () => {
    const output = table(
      'NAMESPACE   NAME           STATUS    VOLUME     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS   AGE',
      'meta        data-mysql-0   Pending                                                      <unset>                 41m',
    )
    expect(factsOf('kubectl get pvc -A', output).facts.claims).toEqual([
      { namespace: 'meta', name: 'data-mysql-0', status: 'Pending', accessModes: [], ageSeconds: 2460 },
    ])
  })

  test('volumes and claims asked for together stand in two facts', () => {
    const output = table(
      'NAME                CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS     CLAIM          STORAGECLASS   REASON   AGE',
      'persistentvolume/a  5Gi        RWO            Retain           Released   shop/data      nfs                     3d',
      '',
      'NAME                           STATUS   VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   AGE',
      'persistentvolumeclaim/data     Lost     a        0                         nfs            3d',
    )
    expect(factsOf('kubectl get pv,pvc', output).facts).toMatchObject({
      volumes: [{ name: 'a', status: 'Released', claim: 'shop/data', reclaimPolicy: 'Retain' }],
      claims: [{ name: 'data', status: 'Lost', volume: 'a', capacity: 0 }],
    })
  })

  test('endpoints say when there are none, and how many are not shown', () => {
    const output = table(
      'NAME       ENDPOINTS                                            AGE',
      'web        <none>                                               5d',
      'kube-dns   10.244.0.2:53,10.244.0.3:53,10.244.0.2:53 + 3 more...   5d',
    )
    expect(factsOf('kubectl get endpoints -n shop', output).facts.endpoints).toMatchObject([
      { namespace: 'shop', name: 'web', addresses: [], addressCount: 0 },
      { name: 'kube-dns', addresses: ['10.244.0.2:53', '10.244.0.3:53', '10.244.0.2:53'], addressCount: 6 },
    ])
  })

  test('the default storage class is marked', () => {
    const output = table(
      'NAME                   PROVISIONER             RECLAIMPOLICY   VOLUMEBINDINGMODE      ALLOWVOLUMEEXPANSION   AGE',
      'local-path (default)   rancher.io/local-path   Delete          WaitForFirstConsumer   false                  19d',
    )
    expect(factsOf('kubectl get sc', output).facts.storageClasses).toMatchObject([
      { name: 'local-path', isDefault: true, provisioner: 'rancher.io/local-path', reclaimPolicy: 'Delete' },
    ])
  })

  test('a load balancer that is awaited is told from one that has an address', () => {
    const output = table(
      'NAME      TYPE           CLUSTER-IP    EXTERNAL-IP   PORT(S)        AGE',
      'traefik   LoadBalancer   10.43.9.124   <pending>     80:30963/TCP   3m',
      'front     LoadBalancer   10.43.1.7     192.0.2.7     80:31000/TCP   3m',
    )
    expect(factsOf('kubectl get svc', output).facts.services).toMatchObject([
      { name: 'traefik', externalIPs: [], externalPending: true },
      { name: 'front', externalIPs: ['192.0.2.7'] },
    ])
  })

  test('signing requests list every condition', () => {
    const output = table(
      'NAME        AGE   SIGNERNAME                      REQUESTOR          REQUESTEDDURATION   CONDITION',
      'csr-4f2lz   22m   kubernetes.io/kubelet-serving   system:node:w-1    <none>              Pending',
      'csr-bd9kx   26m   kubernetes.io/kubelet-serving   system:node:w-1    24h                 Approved,Issued',
    )
    expect(factsOf('kubectl get csr', output).facts.signingRequests).toEqual([
      {
        name: 'csr-4f2lz',
        ageSeconds: 1320,
        signer: 'kubernetes.io/kubelet-serving',
        requestor: 'system:node:w-1',
        condition: 'Pending',
      },
      expect.objectContaining({ requestedDurationSeconds: 86400, condition: 'Approved,Issued' }),
    ])
  })

  test('objects of no namespace are read below the title that older versions print for them', () => {
    const output = table(
      'NAMESPACE   NAME        AGE       REQUESTOR                 CONDITION',
      '            csr-5fwb9   6h        system:node:kube-3.corp   Pending',
    )
    expect(factsOf('kubectl get csr --all-namespaces', output).facts.signingRequests).toEqual([
      { name: 'csr-5fwb9', ageSeconds: 21600, requestor: 'system:node:kube-3.corp', condition: 'Pending' },
    ])
  })

  test('workloads of get all stand by kind', () => {
    const output = table(
      'NAME          READY   STATUS    RESTARTS   AGE',
      'pod/web-abc   1/1     Running   0          5m',
      '',
      'NAME          TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE',
      'service/web   ClusterIP   10.96.0.5    <none>        80/TCP    5m',
      '',
      'NAME                 DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR            AGE',
      'daemonset.apps/cni   3         3         2       3            2           kubernetes.io/os=linux   5m',
      '',
      'NAME                  READY   UP-TO-DATE   AVAILABLE   AGE',
      'deployment.apps/web   1/2     2            1           5m',
      '',
      'NAME                  READY   AGE',
      'statefulset.apps/db   0/3     5m',
      '',
      'NAME               STATUS   COMPLETIONS   DURATION   AGE',
      'job.batch/import   Failed   0/1           3m2s       5m',
    )
    const { facts } = factsOf('kubectl get all -n shop', output)
    expect(facts).toMatchObject({
      pods: [{ namespace: 'shop', name: 'web-abc' }],
      services: [{ name: 'web' }],
      daemonSets: [{ name: 'cni', desired: 3, ready: 2, available: 2 }],
      deployments: [{ name: 'web', ready: 1, desired: 2, upToDate: 2, available: 1 }],
      statefulSets: [{ name: 'db', ready: 0, desired: 3 }],
      jobs: [{ name: 'import', succeeded: 0, completions: 1, status: 'Failed', durationSeconds: 182 }],
    })
  })

  test('a kind that is not known gives its columns under their own names', () => {
    const output = table('NAME       NODES READY   AGE', 'pool-a     2             5d')
    expect(factsOf('kubectl get ippools', output).facts.resources).toEqual([
      { kind: 'ippools', name: 'pool-a', nodesReady: '2', ageSeconds: 432000 },
    ])
  })
})

describe('no answer', () => {
  test.each([
    ['csrs-none', 'signingRequests'],
    ['nodes-none', 'nodes'],
  ])('of any object makes an empty list: %s', (name, fact) => {
    expect(recorded(name)).toMatchObject({ facts: { [fact]: [] }, diagnostics: [] })
  })

  test.each([
    ['nodes-refused', 'E_FACTS_NO_ANSWER'],
    ['nodes-wrong-ca', 'E_FACTS_NO_ANSWER'],
    ['nodes-etcd-down', 'E_FACTS_NO_ANSWER'],
    ['nodes-unauthorized', 'E_FACTS_NOT_ALLOWED'],
    ['secrets-forbidden', 'E_FACTS_NOT_ALLOWED'],
  ])('for a reason leaves the facts absent and names it: %s', (name, code) => {
    const { facts, diagnostics } = recorded(name)
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual([code])
  })

  test.each([
    [
      'The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?',
      'E_FACTS_NO_ANSWER',
    ],
    [
      'Error from server (Forbidden): nodes is forbidden: User "x" cannot list resource "nodes"',
      'E_FACTS_NOT_ALLOWED',
    ],
    ['error: You must be logged in to the server (Unauthorized)', 'E_FACTS_NOT_ALLOWED'],
  ])('is understood on the standard output too: %s', (line, code) => {
    const { facts, diagnostics } = factsOf('kubectl get nodes 2>&1', `${line}\n`, { exitCode: 1 })
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual([code])
  })

  test('for everything in a namespace makes every list of it empty', () => {
    const { facts } = factsOf('kubectl get all -n shop', '', {
      stderr: 'No resources found in shop namespace.\n',
    })
    expect(facts).toMatchObject({ pods: [], services: [], deployments: [] })
  })

  test('that a filter left over makes an empty list', () => {
    expect(factsOf('kubectl get pods -A | grep Pending', '', { exitCode: 1 }).facts).toEqual({ pods: [] })
  })

  test('in a form that is not known is a complaint', () => {
    const { facts, diagnostics } = factsOf('kubectl get nodes', 'what is this\n')
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NOT_UNDERSTOOD'])
  })
})

test('events without their header below pods are events', () => {
  const { facts, diagnostics } = factsOf(
    'kubectl get pod web-0; kubectl get events | tail -n 2',
    table(
      'NAME    READY   STATUS    RESTARTS   AGE',
      'web-0   0/1     Running   0          4m53s',
      '2m8s        Normal    Started     pod/web-0   Started container a',
      '106s        Warning   Unhealthy   pod/web-0   Readiness probe failed: connection refused',
    ),
  )
  expect(diagnostics).toEqual([])
  expect(facts.pods).toMatchObject([{ name: 'web-0', ready: 0, total: 1 }])
  expect(facts.events).toMatchObject([
    { reason: 'Started', object: 'pod/web-0', lastSeenSeconds: 128 },
    { kind: 'Warning', reason: 'Unhealthy', lastSeenSeconds: 106 },
  ])
})
