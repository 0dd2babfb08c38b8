import { chanceHex } from '../../chance.ts'
import { makeFolder, makeLink, writeText } from '../../files/file-tree.ts'
import { isBelow } from '../../files/paths.ts'
import { encodeCertificate, encodeKey } from '../../relations/certificate.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { authorityHash } from '../../relations/k3s/join-problem.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { rewriteAgentFiles } from '../../relations/k3s/rewrite-agent-files.ts'
import { K3S_PROGRAMS } from '../../relations/runtime-folders.ts'
import type { Machine } from '../../world/machine.ts'
import { kubernetesServiceIp } from '../kube/kube-setup.ts'
import { kubeconfigText } from '../kube/kubeconfigs.ts'
import { issueCertificate } from '../kube/pki.ts'
import { componentConfig, writeAgentPki } from './agent-pki.ts'
import { issueClient, type K3sAuthorities, type K3sSetup, writeChain } from './k3s-setup.ts'
import { MANIFESTS, packagedManifests } from './packaged-manifests.ts'
import { AGENT, containerdConfig, flannelConflist } from './runtime-settings.ts'
import { writeProgram, writeRemovers } from './write-program.ts'

const TLS = `${K3S_DATA}/server/tls`
const MIB = 1024 ** 2

/** How long after the boot k3s has written what its agent needs. */
const AGENT_STARTS_MS = 14_000

/** The token by which agents join. */
export type JoinToken = string

const programs = [
  'bandwidth',
  'bridge',
  'cni',
  'containerd-shim-runc-v2',
  'flannel',
  'host-local',
  'loopback',
  'portmap',
  'runc',
]

const writePrograms = (machine: Machine, mtimeMs: number): void => {
  for (const name of programs)
    writeText(machine.files, `${K3S_PROGRAMS}/${name}`, {
      text: '\u007fELF',
      mode: 0o755,
      paddingBytes: 4 * MIB,
      mtimeMs,
    })
  writeProgram(machine, '/usr/local/bin/k3s', { paddingBytes: 61 * MIB, mtimeMs })
  writeRemovers(machine, mtimeMs)
}

/** What each node of a k3s cluster has, whatever it is: programs, devices, the agent's settings and certificates. */
export const writeNodeFiles = (setup: K3sSetup, machine: Machine, authorities: K3sAuthorities): void => {
  const { world, createdMs: mtimeMs } = setup
  const { files } = machine
  writePrograms(machine, mtimeMs)
  makeLink(files, '/dev/kmsg', { to: '/dev/console', mtimeMs: machine.bootedMs + 7_000 })
  const index = [...setup.controlPlanes, ...setup.workers].indexOf(machine)
  const texts: Readonly<Record<string, string>> = {
    [`${AGENT}/etc/containerd/config.toml`]: containerdConfig,
    [`${AGENT}/etc/cni/net.d/10-flannel.conflist`]: flannelConflist,
    [`${AGENT}/etc/flannel/net-conf.json`]: `{\n\t"Network": "${world.kube.podCidr}",\n\t"EnableIPv6": false,\n\t"EnableIPv4": true,\n\t"Backend": {\n\t"Type": "vxlan"\n}\n}\n`,
    [`${AGENT}/etc/crictl.yaml`]: 'runtime-endpoint: unix:///run/k3s/containerd/containerd.sock\n',
    '/etc/crictl.yaml':
      'runtime-endpoint: unix:///run/k3s/containerd/containerd.sock\nimage-endpoint: unix:///run/k3s/containerd/containerd.sock\ntimeout: 10\ndebug: false\n',
    [`${AGENT}/client-ca.crt`]: encodeCertificate(authorities.client),
    [`${AGENT}/server-ca.crt`]: encodeCertificate(authorities.server),
    '/etc/rancher/node/password': `${chanceHex(world, 32)}\n`,
    '/run/flannel/subnet.env': `FLANNEL_NETWORK=${world.kube.podCidr}\nFLANNEL_SUBNET=10.42.${index}.1/24\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n`,
  }
  for (const [path, text] of Object.entries(texts))
    writeText(files, path, {
      text,
      mtimeMs: path.startsWith('/run/') ? machine.bootedMs : mtimeMs,
      ...(path.includes('password') ? { mode: 0o600 } : {}),
    })
  for (const folder of [
    `${AGENT}/pod-manifests`,
    `${AGENT}/containerd`,
    `${AGENT}/images`,
    '/var/lib/kubelet/pods',
    '/var/log/pods',
    '/var/log/containers',
  ])
    makeFolder(files, folder, { mtimeMs })
  makeFolder(files, '/run/k3s/containerd', { mtimeMs: machine.bootedMs })
  writeAgentPki(setup, machine, authorities)
  // Nothing of k3s is older than its installation, and an agent writes anew what its server tells at each start.
  for (const [path, node] of files)
    if (isBelow(path, '/var/lib/rancher')) node.mtimeMs = Math.max(node.mtimeMs, mtimeMs)
  rewriteAgentFiles(machine, machine.bootedMs + AGENT_STARTS_MS)
}

/** What the parts of the control plane within k3s come to its API server with. */
const writeComponentConfigs = (machine: Machine, mtimeMs: number): void => {
  for (const name of ['admin', 'controller', 'scheduler'])
    writeText(machine.files, `${K3S_DATA}/server/cred/${name}.kubeconfig`, {
      text: componentConfig({
        port: 6443,
        authority: `${TLS}/server-ca.crt`,
        client: `${TLS}/client-${name}`,
      }),
      mode: 0o600,
      mtimeMs,
    })
}

/** What a server has besides: authorities, certificates, the database, the administrator's kubeconfig. Gives the token for agents. */
export const writeServerFiles = (
  setup: K3sSetup,
  machine: Machine,
  authorities: K3sAuthorities,
): JoinToken => {
  const { world, createdMs: mtimeMs } = setup
  const { files } = machine
  for (const [name, authority] of [
    ['server', authorities.server],
    ['client', authorities.client],
    ['request-header', authorities.requestHeader],
  ] as const)
    writeChain(machine, `${TLS}/${name}-ca`, [authority])
  const serving = issueCertificate(world, authorities.server, {
    commonName: 'kube-apiserver',
    dnsNames: [
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
      'localhost',
      machine.name,
    ],
    addresses: ['127.0.0.1', mainAddressOf(machine), kubernetesServiceIp(world)],
    notBeforeMs: mtimeMs,
  })
  writeChain(machine, `${TLS}/serving-kube-apiserver`, [serving, authorities.server])
  const admin = { commonName: 'system:admin', organizations: ['system:masters'] }
  for (const [name, order] of Object.entries({
    admin,
    controller: { commonName: 'system:kube-controller-manager' },
    scheduler: { commonName: 'system:kube-scheduler' },
    'kube-apiserver': { commonName: 'system:apiserver', organizations: ['system:masters'] },
    supervisor: { commonName: 'system:k3s-supervisor', organizations: ['system:masters'] },
  }))
    writeChain(machine, `${TLS}/client-${name}`, [issueClient(setup, authorities, order), authorities.client])
  writeComponentConfigs(machine, mtimeMs)
  writeText(files, `${TLS}/service.key`, { text: encodeKey(chanceHex(world, 32)), mode: 0o600, mtimeMs })
  const token = `K10${authorityHash(encodeCertificate(authorities.server))}::server:${chanceHex(world, 32)}`
  for (const name of ['token', 'node-token', 'agent-token'])
    writeText(files, `${K3S_DATA}/server/${name}`, { text: `${token}\n`, mode: 0o600, mtimeMs })
  writeText(files, `${K3S_DATA}/server/db/state.db`, {
    text: 'SQLite format 3',
    mode: 0o644,
    paddingBytes: 46 * MIB - 'SQLite format 3'.length,
    mtimeMs: world.nowMs,
  })
  for (const [name, text] of Object.entries(packagedManifests(world)))
    writeText(files, `${MANIFESTS}/${name}`, { text, mode: 0o600, mtimeMs })
  const config = adminConfig(setup, authorities, 'https://127.0.0.1:6443')
  writeText(files, '/etc/rancher/k3s/k3s.yaml', { text: config, mode: 0o600, mtimeMs })
  writeText(files, '/etc/systemd/system/k3s.service.env', { text: '', mode: 0o600, mtimeMs })
  makeFolder(files, '/root/.kube', { mtimeMs })
  makeLink(files, '/root/.kube/config', { to: '/etc/rancher/k3s/k3s.yaml', mtimeMs })
  return token
}

/** A kubeconfig of an administrator. */
export const adminConfig = (setup: K3sSetup, authorities: K3sAuthorities, apiUrl: string): string =>
  kubeconfigText({
    clusterName: 'default',
    apiUrl,
    authority: authorities.server,
    user: 'default',
    context: 'default',
    client: issueClient(setup, authorities, {
      commonName: 'system:admin',
      organizations: ['system:masters'],
    }),
  })

/** Where an agent joins, and the token that lets it. */
export const writeJoinFile = (
  machine: Machine,
  { url, token, mtimeMs }: { url: string; token: JoinToken; mtimeMs: number },
): void =>
  writeText(machine.files, '/etc/systemd/system/k3s-agent.service.env', {
    text: `K3S_TOKEN='${token}'\nK3S_URL='${url}'\n`,
    mode: 0o600,
    mtimeMs,
  })
