import { datedAt } from '../../kube/times.ts'
import { type ApiServer, apiServers, etcdAccessOf, etcdEndpointsOf } from '../../relations/api-server.ts'
import {
  type Certificate,
  type CertificateCheck,
  checkCertificate,
  decodeCertificates,
  x509Text,
} from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { dialError } from '../../relations/dial-error.ts'
import { etcdProcessOf, reachesPeer } from '../../relations/etcd-health.ts'
import { flagsOf } from '../../relations/flags.ts'
import { watchedText } from '../../relations/read-settings.ts'
import type { EtcdMember } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Running, Span } from '../service.ts'
import { repeating, type TimedLine } from './telling.ts'

/** The flags of an etcd process. */
export const flagsIn = ({ container, unit }: Running): Readonly<Record<string, string>> =>
  flagsOf(container?.command ?? unit?.execStart.split(/\s+/) ?? [])

/** The member that an etcd process is. */
export const memberOf = (world: World, self: Running): EtcdMember | undefined =>
  world.etcd.members.find(m => m.name === (flagsIn(self).name ?? self.machine.name)) ??
  world.etcd.members.find(m => m.machine === self.machine.name)

/** A line of an etcd log. */
export const log = (level: string, atMs: number, rest: string): string =>
  `{"level":"${level}","ts":"${new Date(atMs).toISOString().slice(0, -1)}Z",${datedAt(rest, atMs)}}`

/** Why a member cannot talk to another: the way, or the certificates that it shows. */
const peerError = (world: World, member: EtcdMember, other: EtcdMember): string => {
  const [, address = '', port = '2380'] = /^\w+:\/\/([^:/]+):(\d+)/.exec(other.peerUrl) ?? []
  const from = world.machines.get(member.machine)
  const isRunning = etcdProcessOf(world, other) !== undefined
  const problem = from === undefined ? undefined : dialError(world, { from, address, port: Number(port) })
  if (problem !== undefined) return problem
  return isRunning
    ? 'remote error: tls: bad certificate'
    : `dial tcp ${address}:${port}: connect: connection refused`
}

/** What a member says of peers that it cannot reach. */
export const peerLines = (world: World, member: EtcdMember, span: Span): readonly TimedLine[] =>
  world.etcd.members
    .filter(other => other !== member && !reachesPeer(world, member, other))
    .flatMap(other => {
      const error = peerError(world, member, other)
      return repeating(span, 5_000, atMs =>
        log(
          'warn',
          atMs,
          `"caller":"rafthttp/probing_status.go:68","msg":"prober detected unhealthy status","round-tripper-name":"ROUND_TRIPPER_RAFT_MESSAGE","remote-peer-id":"${other.id}","rtt":"0s","error":"${error}"`,
        ),
      )
    })

const REFUSED_MS = 4_000

/** What a member says of a handshake that failed: what the client said, or what it found itself in the client's certificate. */
export const rejectedLine = (atMs: number, address: string, error: string): string =>
  log(
    'warn',
    atMs,
    `"caller":"embed/config_logging.go:169","msg":"rejected connection","remote-addr":"${address}:${32_768 + (Math.floor(atMs) % 27_973)}","server-name":"","error":"${error}"`,
  )

/** The handshakes of API servers that fail because of its own or of their certificates. */
export const rejectedLines = (world: World, self: Running, span: Span): readonly TimedLine[] =>
  apiServers(world).flatMap(server => {
    const access = etcdAccessOf(world, server)
    const endpoint = etcdEndpointsOf(server)[0]
    if (access.kind !== 'down' || endpoint === undefined || server.machine !== self.machine) return []
    if (!access.text.includes('authentication handshake failed')) return []
    const error = access.text.includes('remote error')
      ? strangerText(world, self, server)
      : 'remote error: tls: bad certificate'
    return repeating(span, REFUSED_MS, atMs => rejectedLine(atMs, endpoint.host, error))
  })

/** What a member finds wrong with the certificate that an API server shows it. */
const strangerText = (world: World, self: Running, { machine, flags, program }: ApiServer): string => {
  const own = decodeCertificates(watchedText(machine, program, flags['etcd-certfile'] ?? ''))[0]
  const trusted = flagsIn(self)['trusted-ca-file'] ?? ''
  const authorities = decodeCertificates(watchedText(self.machine, self.container ?? self.unit, trusted))
  return own === undefined
    ? "tls: client didn't provide a certificate"
    : refusedText(own, { authorities, atMs: machineNowMs(world, self.machine) })
}

/** What Go finds wrong with a client's certificate. */
export const refusedText = (certificate: Certificate, check: CertificateCheck): string => {
  const problem = checkCertificate(certificate, check)
  const text = problem === undefined ? 'bad certificate' : x509Text(certificate, problem, check)
  return `tls: failed to verify certificate: ${text}`
}
