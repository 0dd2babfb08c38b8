import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { type Certificate, checkCertificate, decodeCertificates, x509Text } from './certificate.ts'
import { machineNowMs } from './clock.ts'
import { clusterHosts, isUnitRunning } from './cluster-hosts.ts'
import { connect } from './connect.ts'
import { etcdHealthOf, etcdProcessOf } from './etcd-health.ts'
import { flagsInText, flagsOf } from './flags.ts'
import { inStep } from './in-step.ts'
import { datastoreProblem } from './k3s/datastore.ts'
import { type Daemon, watchedText } from './read-settings.ts'
import { isMute, isStopped } from './stopped.ts'

/** A running API server: where it runs and with which flags. */
export type ApiServer = {
  readonly machine: Machine
  readonly host: Machine
  readonly port: number
  readonly flags: Readonly<Record<string, string>>
  readonly startedMs: number | undefined
  readonly program: Daemon | undefined
}

const K3S_TLS = '/var/lib/rancher/k3s/server/tls'

/** The flags that k3s gives to the API server inside of it. */
const k3sFlags = {
  'secure-port': '6443',
  'tls-cert-file': `${K3S_TLS}/serving-kube-apiserver.crt`,
  'client-ca-file': `${K3S_TLS}/client-ca.crt`,
}

const serverOf = (
  place: { readonly machine: Machine; readonly host: Machine },
  flags: Readonly<Record<string, string>>,
  program: Daemon,
): ApiServer => ({
  ...place,
  port: Number(flags['secure-port'] ?? 6443),
  flags,
  startedMs: program.startedMs,
  program,
})

/** The API servers that run on a machine: as a container, as a unit, or inside of k3s. */
export const apiServersOn = (machine: Machine, host: Machine): readonly ApiServer[] => {
  if (!host.isPowered) return []
  const containers = (machine.runtime?.containers ?? []).filter(
    c => c.service === 'kube-apiserver' && c.state === 'running' && !isStopped(machine, c.pid),
  )
  const units = [...machine.units.values()].filter(unit => isUnitRunning(machine, unit.name))
  return [
    ...containers.map(c => serverOf({ machine, host }, flagsOf(c.command), c)),
    ...units
      .filter(unit => unit.service === 'kube-apiserver')
      .map(unit => serverOf({ machine, host }, flagsInText(unit.execStart), unit)),
    ...units.filter(unit => unit.service === 'k3s').map(unit => serverOf({ machine, host }, k3sFlags, unit)),
  ]
}

/** Every API server that runs. */
export const apiServers = (world: World): readonly ApiServer[] =>
  clusterHosts(world).flatMap(({ machine, host }) => apiServersOn(machine, host))

const certificatesOf = (
  { machine, flags, program }: Pick<ApiServer, 'machine' | 'flags' | 'program'>,
  flag: string,
): readonly Certificate[] => decodeCertificates(watchedText(machine, program, flags[flag] ?? ''))

/** The serving certificate of an API server: as its file has it now, or as it had it last. */
export const servingCertificateOf = (server: ApiServer): Certificate | undefined =>
  certificatesOf(server, 'tls-cert-file')[0]

/** The authorities whose client certificates an API server accepts. */
export const clientAuthoritiesOf = (server: ApiServer): readonly Certificate[] =>
  certificatesOf(server, 'client-ca-file')

/** How an API server's way to etcd is. `text` is what its log says of it. */
export type EtcdAccess =
  | {
      readonly kind: 'fine'
      readonly writeMs: number
      readonly isReadOnly: boolean
      /** Why writes are refused. */
      readonly refusal?: string | undefined
    }
  | { readonly kind: 'down'; readonly text: string }
  | { readonly kind: 'no-quorum'; readonly text: string }

type EtcdEndpoint = { readonly host: string; readonly port: number; readonly isTls: boolean }

/** The etcd endpoints in the flag `--etcd-servers`. */
export const etcdEndpointsOf = ({ flags }: ApiServer): readonly EtcdEndpoint[] =>
  (flags['etcd-servers'] ?? '').split(',').flatMap(url => {
    const read = /^(https?):\/\/([^:/]+):(\d+)/.exec(url.trim())
    return read === null ? [] : [{ host: read[2] ?? '', port: Number(read[3]), isTls: read[1] === 'https' }]
  })

const dialProblem = (world: World, server: ApiServer, endpoint: EtcdEndpoint): string | undefined => {
  const { host, port } = endpoint
  const to = `${host}:${port}`
  const from = server.machine
  const dialed = connect(world, { from, address: host, port, protocol: 'tcp', heldSinceMs: server.startedMs })
  const dialing = `transport: Error while dialing: dial tcp ${to}:`
  if (dialed.kind === 'refused') return `${dialing} connect: connection refused`
  if (dialed.kind === 'timeout') return `${dialing} i/o timeout`
  if (dialed.kind !== 'open') return `${dialing} connect: no route to host`
  if (isMute(dialed)) return 'context deadline exceeded'
  const member = world.etcd.members.find(
    candidate => candidate.clientUrl.includes(to) || candidate.machine === dialed.machine?.name,
  )
  const etcd = member === undefined ? undefined : etcdProcessOf(world, member)
  if (etcd === undefined) return `${dialing} connect: connection refused`
  return endpoint.isTls ? tlsProblem(world, server, { etcd, host }) : undefined
}

const tlsProblem = (
  world: World,
  server: ApiServer,
  { etcd, host }: { readonly etcd: NonNullable<ReturnType<typeof etcdProcessOf>>; readonly host: string },
): string | undefined => {
  const failed = (text: string) => `transport: authentication handshake failed: ${text}`
  const served = certificatesOf(etcd, 'cert-file')[0]
  if (served === undefined) return failed('EOF')
  const check = {
    authorities: certificatesOf(server, 'etcd-cafile'),
    atMs: machineNowMs(world, server.machine),
    host,
  }
  const problem = checkCertificate(served, check)
  if (problem !== undefined)
    return failed(`tls: failed to verify certificate: ${x509Text(served, problem, check)}`)
  if (etcd.flags['client-cert-auth'] !== 'true') return undefined
  const own = certificatesOf(server, 'etcd-certfile')[0]
  const authorities = certificatesOf(etcd, 'trusted-ca-file')
  const isAccepted =
    own !== undefined &&
    checkCertificate(own, { authorities, atMs: machineNowMs(world, etcd.machine) }) === undefined
  return isAccepted ? undefined : failed('remote error: tls: bad certificate')
}

/** Why an API server that answers takes no write; `undefined` when it does. */
export const storeRefusal = (world: World, server: ApiServer): string | undefined => {
  const etcd = etcdAccessOf(world, server)
  if (etcd.kind !== 'fine') return etcd.text
  return etcd.isReadOnly ? etcd.refusal : undefined
}

/** Whether an API server runs that takes writes. */
export const isWritable = (world: World): boolean =>
  apiServers(world).some(server => storeRefusal(world, server) === undefined)

/** Whether and how an API server gets through to etcd. One without `--etcd-servers` keeps its state beside it. */
export const etcdAccessOf = (world: World, server: ApiServer): EtcdAccess =>
  inStep(world, `etcd-access/${server.machine.name}/${server.port}`, () => seekEtcd(world, server))

const seekEtcd = (world: World, server: ApiServer): EtcdAccess => {
  const endpoints = etcdEndpointsOf(server)
  if (endpoints.length === 0) {
    const problem = datastoreProblem(server.machine)
    const refusal = problem && `rpc error: code = Unknown desc = ${problem}`
    return { kind: 'fine', writeMs: 5, isReadOnly: problem !== undefined, refusal }
  }
  const problems = endpoints.map(endpoint => dialProblem(world, server, endpoint))
  if (!problems.includes(undefined)) return { kind: 'down', text: problems[0] ?? '' }
  const health = etcdHealthOf(world)
  if (!health.hasQuorum) return { kind: 'no-quorum', text: 'etcdserver: no leader' }
  return {
    kind: 'fine',
    writeMs: health.writeMs,
    isReadOnly: health.hasNoSpace || health.hasCorruption,
    refusal: 'etcdserver: mvcc: database space exceeded',
  }
}
