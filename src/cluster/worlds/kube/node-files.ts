import { stringify } from 'yaml'
import { makeFolder, writeText } from '../../files/file-tree.ts'
import type { Certificate } from '../../relations/certificate.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { environmentOf, expandCommand } from '../../systemd/command-line.ts'
import type { Machine } from '../../world/machine.ts'
import type { KubeSetup } from './kube-setup.ts'
import { kubeconfigText } from './kubeconfigs.ts'
import { issueCertificate } from './pki.ts'

const PROGRAM_BYTES = 4_000_000

const kubeletConfig = ({ world }: KubeSetup): string =>
  stringify(
    {
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      authentication: {
        anonymous: { enabled: false },
        webhook: { cacheTTL: '0s', enabled: true },
        x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' },
      },
      authorization: { mode: 'Webhook', webhook: { cacheAuthorizedTTL: '0s', cacheUnauthorizedTTL: '0s' } },
      cgroupDriver: 'systemd',
      clusterDNS: [world.kube.clusterDns],
      clusterDomain: 'cluster.local',
      containerRuntimeEndpoint: '',
      cpuManagerReconcilePeriod: '0s',
      evictionPressureTransitionPeriod: '0s',
      fileCheckFrequency: '0s',
      healthzBindAddress: '127.0.0.1',
      healthzPort: 10248,
      httpCheckFrequency: '0s',
      imageMinimumGCAge: '0s',
      kind: 'KubeletConfiguration',
      logging: { flushFrequency: 0, options: { json: { infoBufferSize: '0' } }, verbosity: 0 },
      memorySwap: {},
      nodeStatusReportFrequency: '0s',
      nodeStatusUpdateFrequency: '0s',
      resolvConf: '/run/systemd/resolve/resolv.conf',
      rotateCertificates: true,
      runtimeRequestTimeout: '0s',
      shutdownGracePeriod: '0s',
      shutdownGracePeriodCriticalPods: '0s',
      staticPodPath: '/etc/kubernetes/manifests',
      streamingConnectionIdleTimeout: '0s',
      syncFrequency: '0s',
      volumeStatsAggPeriod: '0s',
    },
    { lineWidth: 0, indentSeq: false },
  )

const containerdConfig = [
  'version = 2',
  'root = "/var/lib/containerd"',
  'state = "/run/containerd"',
  '',
  '[grpc]',
  '  address = "/run/containerd/containerd.sock"',
  '',
  '[plugins]',
  '  [plugins."io.containerd.grpc.v1.cri"]',
  '    sandbox_image = "registry.k8s.io/pause:3.9"',
  '    [plugins."io.containerd.grpc.v1.cri".cni]',
  '      bin_dir = "/opt/cni/bin"',
  '      conf_dir = "/etc/cni/net.d"',
  '    [plugins."io.containerd.grpc.v1.cri".containerd]',
  '      default_runtime_name = "runc"',
  '      snapshotter = "overlayfs"',
  '      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]',
  '        runtime_type = "io.containerd.runc.v2"',
  '        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]',
  '          SystemdCgroup = true',
  '',
].join('\n')

const calicoConflist = (mtu: number): string =>
  `${JSON.stringify(
    {
      name: 'k8s-pod-network',
      cniVersion: '0.3.1',
      plugins: [
        {
          type: 'calico',
          log_level: 'info',
          log_file_path: '/var/log/calico/cni/cni.log',
          datastore_type: 'kubernetes',
          nodename_file_optional: false,
          mtu,
          ipam: { type: 'calico-ipam' },
          policy: { type: 'k8s' },
          kubernetes: { kubeconfig: '/etc/cni/net.d/calico-kubeconfig' },
        },
        { type: 'portmap', snat: true, capabilities: { portMappings: true } },
        { type: 'bandwidth', capabilities: { bandwidth: true } },
      ],
    },
    undefined,
    2,
  )}\n`

const cniPlugins = [
  'bandwidth',
  'bridge',
  'calico',
  'calico-ipam',
  'dhcp',
  'dummy',
  'firewall',
  'flannel',
  'host-device',
  'host-local',
  'install',
  'ipvlan',
  'loopback',
  'macvlan',
  'portmap',
  'ptp',
  'sbr',
  'static',
  'tuning',
  'vlan',
  'vrf',
]

/** Writes what Calico's installer copies each time it runs: the configuration of the network and its own plugins. */
export const installCalico = (machine: Machine, mtimeMs: number): void => {
  writeText(machine.files, '/etc/cni/net.d/10-calico.conflist', { text: calicoConflist(1450), mtimeMs })
  for (const plugin of cniPlugins)
    writeText(machine.files, `/opt/cni/bin/${plugin}`, {
      text: '\u007fELF',
      mode: 0o755,
      paddingBytes: PROGRAM_BYTES,
      mtimeMs,
    })
}

/** Writes what Calico's installer leaves on a node: configuration, plugins, the node's name. */
export const writeCalicoFiles = (setup: KubeSetup, machine: Machine, authority: Certificate): void => {
  const { world, createdMs, clusterName, apiUrl } = setup
  const client = issueCertificate(world, authority, { commonName: 'calico-cni', notBeforeMs: createdMs })
  const mtimeMs = createdMs + 180_000
  installCalico(machine, mtimeMs)
  writeText(machine.files, '/etc/cni/net.d/calico-kubeconfig', {
    text: kubeconfigText({ clusterName, apiUrl, authority, user: 'calico', client }),
    mode: 0o600,
    mtimeMs,
  })
  writeText(machine.files, '/var/lib/calico/nodename', { text: machine.name, mtimeMs })
  writeText(machine.files, '/var/lib/calico/mtu', { text: '1450', mtimeMs })
}

/** The kubelet was started with what kubeadm wrote for it. */
const readEnvironment = (machine: Machine): void => {
  const unit = machine.units.get('kubelet.service')
  if (unit === undefined) return
  unit.environment = environmentOf(machine, unit)
  unit.execStart = expandCommand(unit.definition.execStart, unit.environment)
}

/** Writes the kubelet's and containerd's configuration of a node. */
export const writeNodeFiles = (setup: KubeSetup, machine: Machine, authority: Certificate): void => {
  const { createdMs, clusterName, apiUrl } = setup
  const texts: Readonly<Record<string, string>> = {
    '/var/lib/kubelet/config.yaml': kubeletConfig(setup),
    '/var/lib/kubelet/kubeadm-flags.env': `KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///run/containerd/containerd.sock --node-ip=${mainAddressOf(machine)} --pod-infra-container-image=registry.k8s.io/pause:3.9"\n`,
    '/etc/default/kubelet': 'KUBELET_EXTRA_ARGS=\n',
    '/etc/kubernetes/kubelet.conf': kubeconfigText({
      clusterName,
      apiUrl,
      authority,
      user: 'default-auth',
      client: '/var/lib/kubelet/pki/kubelet-client-current.pem',
    }),
    '/etc/containerd/config.toml': containerdConfig,
    '/etc/crictl.yaml':
      'runtime-endpoint: unix:///run/containerd/containerd.sock\nimage-endpoint: unix:///run/containerd/containerd.sock\ntimeout: 10\ndebug: false\n',
  }
  for (const [path, text] of Object.entries(texts))
    writeText(machine.files, path, {
      text,
      mtimeMs: createdMs,
      ...(path.endsWith('.conf') ? { mode: 0o600 } : {}),
    })
  for (const program of ['runc', 'containerd-shim-runc-v2'])
    writeText(machine.files, `/usr/bin/${program}`, {
      text: '\u007fELF',
      mode: 0o755,
      paddingBytes: PROGRAM_BYTES,
      mtimeMs: createdMs,
    })
  for (const folder of [
    '/etc/kubernetes/manifests',
    '/var/lib/kubelet/plugins',
    '/var/lib/kubelet/plugins_registry',
    '/var/lib/kubelet/pods',
    '/var/log/pods',
    '/var/log/containers',
  ])
    makeFolder(machine.files, folder, {
      mtimeMs: createdMs,
      ...(folder.startsWith('/var/lib/kubelet/') ? { mode: 0o750 } : {}),
    })
  readEnvironment(machine)
}
