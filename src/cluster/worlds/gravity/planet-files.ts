import { stringify } from 'yaml'
import { makeFolder, writeText } from '../../files/file-tree.ts'
import { type Certificate, encodeCertificate, encodeKey } from '../../relations/certificate.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { kubernetesServiceIp } from '../kube/kube-setup.ts'
import { kubeconfigText } from '../kube/kubeconfigs.ts'
import { issueCertificate } from '../kube/pki.ts'
import { leaderUrl } from './planet-units.ts'
import { withTokenKey } from './token-key.ts'

/** What the files of one Planet are written from. */
export type PlanetSetup = {
  readonly world: World
  readonly planet: Machine
  readonly authority: Certificate
  readonly clusterName: string
  readonly createdMs: number
}

const STATE = '/var/state'
const PROGRAM_BYTES = 4_000_000

const writePair = ({ planet, createdMs }: PlanetSetup, name: string, certificate: Certificate): void => {
  const mtimeMs = createdMs
  writeText(planet.files, `${STATE}/${name}.cert`, { text: encodeCertificate(certificate), mtimeMs })
  writeText(planet.files, `${STATE}/${name}.key`, {
    text: encodeKey(certificate.keyId),
    mode: 0o600,
    mtimeMs,
  })
}

const LIFE_MS = 3650 * 86_400_000

const writeState = (setup: PlanetSetup): void => {
  const { world, planet, authority, createdMs } = setup
  const ip = mainAddressOf(planet)
  const names = {
    dnsNames: [
      'leader.telekube.local',
      'leader.gravity.local',
      'apiserver',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
      'etcd',
      'localhost',
    ],
    addresses: [ip, '127.0.0.1', kubernetesServiceIp(world)],
    notBeforeMs: createdMs,
    notAfterMs: createdMs + LIFE_MS,
  }
  writePair(setup, 'root', authority)
  for (const name of ['apiserver', 'etcd', 'registry', 'planet-rpc', 'coredns', 'flanneld']) {
    const issued = issueCertificate(world, authority, { commonName: name, ...names })
    writePair(setup, name, name === 'apiserver' ? withTokenKey(world, issued) : issued)
  }
  writePair(
    setup,
    'apiserver-kubelet-client',
    issueCertificate(world, authority, {
      commonName: 'apiserver-kubelet-client',
      organizations: ['system:masters'],
      notBeforeMs: createdMs,
      notAfterMs: names.notAfterMs,
    }),
  )
}

/** A kubeconfig of Planet, by the certificate of a user. */
export const planetKubeconfig = (
  { world, authority, clusterName, createdMs }: PlanetSetup,
  {
    user,
    organizations,
    apiUrl = leaderUrl,
  }: { readonly user: string; readonly organizations: readonly string[]; readonly apiUrl?: string },
): string =>
  kubeconfigText({
    clusterName,
    apiUrl,
    authority,
    user,
    client: issueCertificate(world, authority, {
      commonName: user,
      organizations,
      notBeforeMs: createdMs,
      notAfterMs: createdMs + LIFE_MS,
    }),
  })

const writeKubeconfigs = (setup: PlanetSetup): void => {
  const { planet, createdMs } = setup
  const users = {
    'controller-manager': 'system:kube-controller-manager',
    scheduler: 'system:kube-scheduler',
    proxy: 'system:kube-proxy',
    kubelet: `system:node:${mainAddressOf(planet)}`,
  }
  for (const [name, user] of Object.entries(users))
    writeText(planet.files, `/etc/kubernetes/${name}.kubeconfig`, {
      text: planetKubeconfig(setup, { user, organizations: name === 'kubelet' ? ['system:nodes'] : [] }),
      mode: 0o600,
      mtimeMs: createdMs,
    })
  writeText(planet.files, '/root/.kube/config', {
    text: planetKubeconfig(setup, { user: 'kubectl', organizations: ['system:masters'] }),
    mode: 0o600,
    mtimeMs: createdMs,
  })
}

const kubeletConfig = ({ world }: PlanetSetup): string =>
  stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: '0.0.0.0',
    authentication: {
      anonymous: { enabled: true },
      x509: { clientCAFile: `${STATE}/root.cert` },
    },
    cgroupRoot: '/',
    clusterDNS: [world.kube.clusterDns],
    clusterDomain: 'cluster.local',
    eventRecordQPS: 0,
    failSwapOn: false,
    featureGates: { RotateKubeletServerCertificate: false },
    healthzBindAddress: '0.0.0.0',
    healthzPort: 10248,
    resolvConf: '/run/resolvconf/resolv.conf',
    serializeImagePulls: false,
  })

/** Planet's own CoreDNS: its hosts file first, the cluster's zone from the API, the site's resolvers for the rest. */
export const planetCorefile = (upstreams: readonly string[]): string =>
  [
    '.:53 {',
    '    reload',
    '    bind 127.0.0.2',
    '    errors',
    '    hosts /etc/coredns/coredns.hosts {',
    '        fallthrough',
    '    }',
    '    kubernetes cluster.local in-addr.arpa ip6.arpa {',
    '        endpoint https://leader.telekube.local:6443',
    `        tls ${STATE}/coredns.cert ${STATE}/coredns.key ${STATE}/root.cert`,
    '        pods disabled',
    '        fallthrough in-addr.arpa ip6.arpa',
    '    }',
    `    forward . ${upstreams.join(' ')} {`,
    '        policy sequential',
    '        health_check 0',
    '    }',
    '}',
    '',
  ].join('\n')

const cniConflist = `${JSON.stringify(
  {
    name: 'k8s-pod-network',
    cniVersion: '0.3.0',
    plugins: [
      { type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  },
  undefined,
  2,
)}\n`

const texts = (setup: PlanetSetup): Readonly<Record<string, string>> => {
  const { world, planet } = setup
  return {
    '/etc/hostname': `${planet.name}\n`,
    '/etc/hosts': `127.0.0.1 localhost localhost.localdomain localhost4 localhost4.localdomain4\n${mainAddressOf(planet)} ${planet.name}\n`,
    '/etc/resolv.conf': `nameserver 127.0.0.2\nnameserver ${world.kube.clusterDns}\nsearch svc.cluster.local default.svc.cluster.local kube-system.svc.cluster.local\noptions ndots:5\noptions timeout:1\noptions attempts:2\n`,
    '/run/resolvconf/resolv.conf': `nameserver ${world.fabric.liveResolvers[0] ?? '127.0.0.1'}\n`,
    '/etc/coredns/coredns.conf': planetCorefile(world.fabric.liveResolvers),
    '/etc/coredns/coredns.hosts': '',
    '/etc/kubernetes/kubelet.yaml': kubeletConfig(setup),
    '/etc/cni/net.d/10-flannel.conflist': cniConflist,
    '/etc/os-release':
      'PRETTY_NAME="Debian GNU/Linux 9 (stretch)"\nNAME="Debian GNU/Linux"\nVERSION_ID="9"\nVERSION="9 (stretch)"\nVERSION_CODENAME=stretch\nID=debian\nHOME_URL="https://www.debian.org/"\n',
    '/etc/passwd':
      'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\nplanet:x:980665:980665::/home/planet:/bin/false\n',
    '/etc/group': 'root:x:0:\nplanet:x:980665:\n',
    '/etc/docker/registry/config.yml':
      'version: 0.1\nlog:\n  level: info\nstorage:\n  filesystem:\n    rootdirectory: /ext/registry\nhttp:\n  addr: 0.0.0.0:5000\n',
    '/etc/container-environment': `PLANET_PUBLIC_IP=${mainAddressOf(planet)}\nPLANET_ROLE=master\nKUBE_CLUSTER_DNS_IP=${world.kube.clusterDns}\nPLANET_VXLAN_PORT=${world.platforms.gravity?.vxlanPort ?? 8472}\n`,
    '/run/flannel/subnet.env': `FLANNEL_NETWORK=${world.kube.podCidr}\nFLANNEL_SUBNET=${world.kube.podCidr}\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n`,
    '/dev/kmsg': '',
    '/var/log/apiserver/audit.log': auditLog(setup),
  }
}

const auditLog = ({ world }: PlanetSetup): string =>
  Array.from({ length: 40 }, (_, index) => {
    const at = new Date(world.nowMs - (40 - index) * 9_000).toISOString()
    return `{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","timestamp":"${at}","auditID":"0f1e${index}","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/kube-system/endpoints/kube-scheduler","verb":"update","user":{"username":"system:kube-scheduler","groups":["system:authenticated"]},"responseStatus":{"metadata":{},"code":200}}\n`
  }).join('')

const folders = [
  '/bin',
  '/dev',
  '/ext/share',
  '/ext/docker',
  '/ext/etcd',
  '/ext/registry',
  '/ext/state',
  '/home',
  '/lib/systemd/system',
  '/etc/systemd/system',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/sys',
  '/tmp',
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/var/log/journal',
  '/var/log/pods',
  '/var/log/containers',
  '/var/lib/kubelet/pods',
]

/** Writes what lies inside Planet: keys, kubeconfigs, the settings of its services, its plugins. */
export const writePlanetFiles = (setup: PlanetSetup): void => {
  const { planet, createdMs } = setup
  for (const folder of folders) makeFolder(planet.files, folder, { mtimeMs: createdMs })
  writeState(setup)
  writeKubeconfigs(setup)
  for (const [path, text] of Object.entries(texts(setup)))
    writeText(planet.files, path, { text, mtimeMs: createdMs })
  const plugins = ['flannel', 'bridge', 'host-local', 'loopback', 'portmap'].map(
    name => `/opt/cni/bin/${name}`,
  )
  for (const program of [...plugins, '/usr/bin/runc', '/usr/bin/containerd-shim'])
    writeText(planet.files, program, {
      text: '\u007fELF',
      mode: 0o755,
      paddingBytes: PROGRAM_BYTES,
      mtimeMs: createdMs,
    })
}
