import { describe, expect, test } from 'vitest'
import { leastOf } from '../../kit/costs.ts'
import { factsOf } from '../../kit/recorded-output.ts'

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

const manifest = text(
  'apiVersion: v1',
  'kind: Pod',
  'metadata:',
  '  name: kube-apiserver',
  '  namespace: kube-system',
  'spec:',
  '  containers:',
  '  - command:',
  '    - kube-apiserver',
  '    - --advertise-address=10.0.0.1',
  '    - --etcd-servers=https://127.0.0.1:2379',
  '    - --profiling',
  '    image: registry.k8s.io/kube-apiserver:v1.26.5',
  '    livenessProbe:',
  '      failureThreshold: 8',
  '      httpGet:',
  '        host: 10.0.0.1',
  '        path: /livez',
  '        port: 6443',
  '        scheme: HTTPS',
  '  hostNetwork: true',
  '  volumes:',
  '  - hostPath:',
  '      path: /etc/kubernetes/pki',
  '    name: k8s-certs',
)

describe('a static Pod manifest', () => {
  test('tells program, flags, host paths and probes', () => {
    const { facts, lines, parser } = factsOf(
      'sudo cat /etc/kubernetes/manifests/kube-apiserver.yaml',
      manifest,
    )
    expect(parser).toBe('kube-files')
    expect(facts).toEqual({
      staticPods: [
        {
          namespace: 'kube-system',
          name: 'kube-apiserver',
          image: 'registry.k8s.io/kube-apiserver:v1.26.5',
          program: 'kube-apiserver',
          flags: {
            'advertise-address': '10.0.0.1',
            'etcd-servers': 'https://127.0.0.1:2379',
            profiling: 'true',
          },
          hostPaths: ['/etc/kubernetes/pki'],
          probes: [
            {
              kind: 'livenessProbe',
              path: '/livez',
              port: '6443',
              host: '10.0.0.1',
              scheme: 'HTTPS',
              failureThreshold: 8,
            },
          ],
          hostNetwork: true,
        },
      ],
    })
    expect(lines.get('staticPods[0]')).toBe(4)
  })

  test('with the empty status that kubeadm writes is a manifest all the same', () => {
    const { facts } = factsOf('cat /etc/kubernetes/manifests/etcd.yaml', `${manifest}status: {}\n`)
    expect(facts.staticPods).toHaveLength(1)
  })

  test('shown after another one keeps its own line', () => {
    const { facts, lines } = factsOf(
      'cat /etc/kubernetes/manifests/*.yaml',
      manifest + manifest.replace('name: kube-apiserver', 'name: etcd'),
    )
    expect(facts.staticPods).toMatchObject([{ name: 'kube-apiserver' }, { name: 'etcd' }])
    expect(lines.get('staticPods[1]')).toBe(29)
  })

  test('that does not parse is complained of on its line', () => {
    const broken = manifest.replace('    - --profiling', "    - --profiling: 'yes")
    const { facts, diagnostics } = factsOf('cat /etc/kubernetes/manifests/kube-apiserver.yaml', broken)
    expect(facts).toEqual({})
    expect(diagnostics[0]?.code).toBe('E_FACTS_NOT_UNDERSTOOD')
    expect(diagnostics[0]?.span?.start.line).toBeGreaterThanOrEqual(12)
  })
})

describe('an object pasted without a command', () => {
  test('is read as the object that it is', () => {
    const pod =
      manifest.replace('name: kube-apiserver', 'name: web') +
      text('status:', '  phase: Running', '  podIP: 10.244.0.9')
    const { facts, parser } = factsOf('', pod)
    expect(parser).toBe('kube-files')
    expect(facts).toMatchObject({ pods: [{ name: 'web', phase: 'Running', ip: '10.244.0.9' }] })
    expect(facts).not.toHaveProperty('staticPods')
  })
})

describe("the kubelet's configuration", () => {
  const config = text(
    'apiVersion: kubelet.config.k8s.io/v1beta1',
    'authentication:',
    '  anonymous:',
    '    enabled: false',
    '  x509:',
    '    clientCAFile: /etc/kubernetes/pki/ca.crt',
    'cgroupDriver: systemd',
    'clusterDNS:',
    '- 10.96.0.10',
    'clusterDomain: cluster.local',
    'evictionHard:',
    '  nodefs.available: 10%',
    'kind: KubeletConfiguration',
    'rotateCertificates: true',
    'staticPodPath: /etc/kubernetes/manifests',
  )

  test('tells driver, DNS and rotation', () => {
    expect(factsOf('cat /var/lib/kubelet/config.yaml', config).facts).toEqual({
      kubeletConfig: {
        cgroupDriver: 'systemd',
        clusterDNS: ['10.96.0.10'],
        clusterDomain: 'cluster.local',
        staticPodPath: '/etc/kubernetes/manifests',
        rotateCertificates: true,
        anonymousAuth: false,
        clientCAFile: '/etc/kubernetes/pki/ca.crt',
        evictionHard: { 'nodefs.available': '10%' },
      },
    })
  })

  test.each([
    [
      'cat /var/lib/kubelet/config.yaml | grep -A2 clusterDNS',
      'clusterDNS:\n- 10.96.0.10\nclusterDomain: cluster.local\n',
      { clusterDNS: ['10.96.0.10'], clusterDomain: 'cluster.local' },
    ],
    [
      'cat /var/lib/kubelet/config.yaml | grep -A5 rotateCertificates',
      'rotateCertificates: true\nruntimeRequestTimeout: 0s\n',
      { rotateCertificates: true },
    ],
  ])('is read from what a filter left: %s', (command, output, expected) => {
    expect(factsOf(command, output).facts).toEqual({ kubeletConfig: expected })
  })
})

describe('a kubeconfig', () => {
  test('names servers and how users prove themselves, never the proof', () => {
    const output = text(
      'apiVersion: v1',
      'clusters:',
      '- cluster:',
      '    certificate-authority-data: LS0tLS1CRUdJTg==',
      '    server: https://10.0.0.1:6443',
      '  name: kubernetes',
      'contexts:',
      '- context:',
      '    cluster: kubernetes',
      '    user: system:node:node1',
      '  name: system:node:node1@kubernetes',
      'current-context: system:node:node1@kubernetes',
      'kind: Config',
      'users:',
      '- name: system:node:node1',
      '  user:',
      '    client-certificate: /var/lib/kubelet/pki/kubelet-client-current.pem',
      '    client-key: /var/lib/kubelet/pki/kubelet-client-current.pem',
      '- name: bot',
      '  user:',
      '    token: s3cr3t-t0ken',
    )
    const { facts } = factsOf('cat /etc/kubernetes/kubelet.conf', output)
    expect(facts.kubeconfig).toEqual({
      currentContext: 'system:node:node1@kubernetes',
      clusters: [
        { name: 'kubernetes', server: 'https://10.0.0.1:6443', hasAuthority: true, insecure: false },
      ],
      contexts: [{ name: 'system:node:node1@kubernetes', cluster: 'kubernetes', user: 'system:node:node1' }],
      users: [
        {
          name: 'system:node:node1',
          proof: 'certificate',
          certificateFile: '/var/lib/kubelet/pki/kubelet-client-current.pem',
          keyFile: '/var/lib/kubelet/pki/kubelet-client-current.pem',
        },
        { name: 'bot', proof: 'token' },
      ],
    })
    expect(JSON.stringify(facts)).not.toMatch(/s3cr3t|LS0t/)
  })
})

describe('CNI configurations', () => {
  const calico = {
    name: 'k8s-pod-network',
    cniVersion: '0.3.1',
    plugins: [
      {
        type: 'calico',
        datastore_type: 'kubernetes',
        mtu: 1440,
        ipam: { type: 'calico-ipam' },
        kubernetes: { kubeconfig: '/etc/cni/net.d/calico-kubeconfig' },
      },
      { type: 'portmap', snat: true },
    ],
  }

  test('name their plugins in order', () => {
    const { facts, parser } = factsOf(
      'cat /etc/cni/net.d/10-calico.conflist',
      JSON.stringify(calico, undefined, 2),
    )
    expect(parser).toBe('cni-config')
    expect(facts.cniNetworks).toEqual([
      {
        name: 'k8s-pod-network',
        version: '0.3.1',
        plugins: ['calico', 'portmap'],
        ipam: 'calico-ipam',
        mtu: 1440,
        datastore: 'kubernetes',
        kubeconfig: '/etc/cni/net.d/calico-kubeconfig',
      },
    ])
  })

  test('shown one after another are all read, one without a list too', () => {
    const single = {
      cniVersion: '1.0.0',
      name: 'bridge',
      type: 'bridge',
      ipam: { type: 'host-local', subnet: '10.88.0.0/16' },
    }
    const output = `${JSON.stringify(calico, undefined, 2)}\n${JSON.stringify(single, undefined, 2)}\n`
    const { facts, lines } = factsOf('cat /etc/cni/net.d/*.conflist', output)
    expect(facts.cniNetworks).toMatchObject([
      { name: 'k8s-pod-network' },
      { name: 'bridge', plugins: ['bridge'], ipam: 'host-local', subnet: '10.88.0.0/16' },
    ])
    expect(lines.get('cniNetworks[1]')).toBe(JSON.stringify(calico, undefined, 2).split('\n').length + 1)
  })

  test('that do not parse are complained of', () => {
    const { facts, diagnostics } = factsOf(
      'cat /etc/cni/net.d/10-calico.conflist',
      '{\n  "name": "x",\n  "plugins": [\n',
    )
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NOT_UNDERSTOOD'])
  })
})

describe('a Corefile', () => {
  const corefile = text(
    '.:53 {',
    '    errors',
    '    health {',
    '       lameduck 5s',
    '    }',
    '    kubernetes cluster.local in-addr.arpa {',
    '       pods insecure',
    '    }',
    '    forward . /etc/resolv.conf 8.8.8.8 { # upstream',
    '       max_concurrent 1000',
    '    }',
    '    loop',
    '}',
    'corp.example:53 {',
    '    forward . 10.0.0.53',
    '}',
  )

  test('tells zones, plugins and where queries go', () => {
    const { facts, lines, parser } = factsOf('cat /etc/coredns/coredns.conf', corefile)
    expect(parser).toBe('corefile')
    expect(facts.dnsZones).toEqual([
      {
        zones: ['.:53'],
        plugins: ['errors', 'health', 'kubernetes', 'forward', 'loop'],
        forwards: [{ from: '.', to: ['/etc/resolv.conf', '8.8.8.8'] }],
      },
      { zones: ['corp.example:53'], plugins: ['forward'], forwards: [{ from: '.', to: ['10.0.0.53'] }] },
    ])
    expect(lines.get('dnsZones[1]')).toBe(14)
  })

  test('within a ConfigMap is read too', () => {
    const output = JSON.stringify({
      kind: 'ConfigMap',
      metadata: { name: 'coredns' },
      data: { Corefile: corefile },
    })
    expect(factsOf('kubectl get cm coredns -n kube-system -o json', output).facts.dnsZones).toHaveLength(2)
  })

  test('with a brace too few is complained of', () => {
    const { diagnostics } = factsOf('cat /etc/coredns/Corefile', text('.:53 {', '    errors', '    loop'))
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FACTS_NOT_UNDERSTOOD'])
  })
})

describe("containerd's configuration", () => {
  test('tells cgroups, CNI folders and the pause image', () => {
    const output = text(
      'version = 2',
      'root = "/var/lib/containerd"',
      'disabled_plugins = ["cri"]',
      '[grpc]',
      '  address = "/run/containerd/containerd.sock"',
      '[plugins]',
      '  [plugins."io.containerd.grpc.v1.cri"]',
      '    sandbox_image = "registry.k8s.io/pause:3.6" # pinned',
      '    [plugins."io.containerd.grpc.v1.cri".cni]',
      '      bin_dir = "/opt/cni/bin"',
      '      conf_dir = "/etc/cni/net.d"',
      '    [plugins."io.containerd.grpc.v1.cri".containerd]',
      '      default_runtime_name = "runc"',
      '      snapshotter = "overlayfs"',
      '      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes]',
      '        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]',
      '          runtime_type = "io.containerd.runc.v2"',
      '          [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]',
      '            SystemdCgroup = false',
    )
    const { facts, parser } = factsOf('cat /etc/containerd/config.toml', output)
    expect(parser).toBe('containerd-config')
    expect(facts.containerdConfig).toEqual({
      version: 2,
      root: '/var/lib/containerd',
      disabledPlugins: ['cri'],
      address: '/run/containerd/containerd.sock',
      sandboxImage: 'registry.k8s.io/pause:3.6',
      snapshotter: 'overlayfs',
      defaultRuntime: 'runc',
      cniPluginDirectory: '/opt/cni/bin',
      cniConfigDirectory: '/etc/cni/net.d',
      systemdCgroup: false,
      runtimes: ['runc'],
    })
  })

  test('of format 3 stands in other sections', () => {
    const output = text(
      'version = 3',
      "[plugins.'io.containerd.cri.v1.images']",
      "  snapshotter = 'overlayfs'",
      "  [plugins.'io.containerd.cri.v1.images'.pinned_images]",
      "    sandbox = 'registry.k8s.io/pause:3.10'",
      "[plugins.'io.containerd.cri.v1.runtime'.containerd]",
      "  default_runtime_name = 'runc'",
      "[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]",
      '  SystemdCgroup = true',
    )
    expect(factsOf('containerd config dump', output).facts.containerdConfig).toEqual({
      version: 3,
      sandboxImage: 'registry.k8s.io/pause:3.10',
      snapshotter: 'overlayfs',
      defaultRuntime: 'runc',
      systemdCgroup: true,
    })
  })
})

describe('a file that is not there', () => {
  test.each([
    'cat /etc/containerd/config.toml',
    'cat /etc/cni/net.d/*.conflist',
    'cat /var/lib/kubelet/config.yaml',
  ])('leaves facts absent: %s', command => {
    const { facts, diagnostics } = factsOf(command, '', {
      stderr: `cat: ${command.slice(4)}: No such file or directory\n`,
      exitCode: 1,
    })
    expect(facts).toEqual({})
    expect(diagnostics).toHaveLength(1)
  })
})

describe('a file that is no file', () => {
  test('is not read when it is too large, and says so', () => {
    const text = `apiVersion: v1\nkind: Pod\n${'a: b\n'.repeat(50_000)}`
    const { facts, diagnostics } = factsOf('cat /etc/kubernetes/manifests/etcd.yaml', text)
    expect(facts).toEqual({})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toContain('E_FACTS_NOT_UNDERSTOOD')
    expect(diagnostics[0]?.message).toContain('too large')
  })

  test.each(['{', '[', ']', '"', 'a: ', '- ', '? ', '&a ', '!!a ', 'a:\n', '---\n', 'a: b\n'])(
    'costs in proportion to its length: %j over and over',
    unit => {
      const reading = (count: number) => {
        const text = unit.repeat(count)
        return () => void factsOf('cat /etc/kubernetes/manifests/etcd.yaml', text)
      }
      const [small = 0, large = 0] = leastOf(10, [reading(250), reading(2_000)])
      expect(large / small).toBeLessThan(24)
    },
    20_000,
  )
})
