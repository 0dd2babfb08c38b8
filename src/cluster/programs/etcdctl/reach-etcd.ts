import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { checkCertificate, decodeCertificates } from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { connect } from '../../relations/connect.ts'
import { etcdHealthOf, etcdProcessOf } from '../../relations/etcd-health.ts'
import { hostAddressOf } from '../../relations/host-address.ts'
import type { Call } from '../../shell/program.ts'
import type { EtcdMember } from '../../world/kube-object.ts'
import type { EtcdArguments } from './etcd-arguments.ts'

/** An endpoint as a client reaches it: the member behind it, or what stands in the way. */
export type EtcdEndpoint = {
  readonly url: string
  readonly member: EtcdMember | undefined
  readonly problem: string | undefined
  readonly hasQuorum: boolean
}

const envNames: Readonly<Record<string, string>> = {
  endpoints: 'ETCDCTL_ENDPOINTS',
  cacert: 'ETCDCTL_CACERT',
  cert: 'ETCDCTL_CERT',
  key: 'ETCDCTL_KEY',
  'write-out': 'ETCDCTL_WRITE_OUT',
}

/** A setting by flag or by its variable. */
export const settingOf = (call: Call, { flags }: EtcdArguments, name: string): string | undefined =>
  flags.get(name) ?? call.env[envNames[name] ?? '']

/** A file that a flag names and that is not there: etcdctl ends with this. */
export const missingCertificate = (call: Call, args: EtcdArguments): string | undefined => {
  for (const name of ['cacert', 'cert', 'key']) {
    const path = settingOf(call, args, name)
    if (path !== undefined && readText(call.machine.files, resolvePath(call.cwd, path)) === undefined)
      return `Error: open ${path}: no such file or directory\n`
  }
  return undefined
}

const tlsProblem = (
  call: Call,
  args: EtcdArguments,
  { member, host }: { member: EtcdMember; host: string },
): string | undefined => {
  const { world, machine } = call
  const etcd = etcdProcessOf(world, member)
  if (etcd?.flags['cert-file'] === undefined) return undefined
  const pemOf = (name: string) =>
    decodeCertificates(
      readText(machine.files, resolvePath(call.cwd, settingOf(call, args, name) ?? '/nonexistent')),
    )
  const served = decodeCertificates(readText(etcd.machine.files, etcd.flags['cert-file']))[0]
  if (served === undefined) return 'transport: authentication handshake failed: EOF'
  if (args.flags.get('insecure-skip-tls-verify') !== 'true') {
    const problem = checkCertificate(served, {
      authorities: pemOf('cacert'),
      atMs: machineNowMs(world, machine),
      host,
    })
    if (problem !== undefined)
      return `transport: authentication handshake failed: ${problem === 'expired' ? 'x509: certificate has expired or is not yet valid' : 'x509: certificate signed by unknown authority'}`
  }
  if (etcd.flags['client-cert-auth'] !== 'true') return undefined
  const own = pemOf('cert')[0]
  const authorities = decodeCertificates(readText(etcd.machine.files, etcd.flags['trusted-ca-file'] ?? ''))
  const isGood =
    own !== undefined &&
    checkCertificate(own, { authorities, atMs: machineNowMs(world, etcd.machine) }) === undefined
  return isGood ? undefined : 'transport: authentication handshake failed: remote error: tls: bad certificate'
}

const hasTlsSettings = (call: Call, args: EtcdArguments): boolean =>
  ['cacert', 'cert', 'key'].some(name => settingOf(call, args, name) !== undefined) ||
  args.flags.get('insecure-skip-tls-verify') === 'true'

const reachOne = (call: Call, args: EtcdArguments, url: string): EtcdEndpoint => {
  const { world, machine } = call
  const read = /^(?:(https?):\/\/)?([^:/]+):(\d+)/.exec(url)
  const host = read?.[2] ?? '127.0.0.1'
  const port = Number(read?.[3] ?? 2379)
  const failed = (problem: string): EtcdEndpoint => ({ url, member: undefined, problem, hasQuorum: false })
  const found = hostAddressOf(world, machine, host)
  const dial = 'connection error: desc = \\"transport: Error while dialing: dial tcp'
  if (found.kind === 'failed') return failed(`${dial}: lookup ${host}${found.text}\\"`)
  const dialed = connect(world, { from: machine, address: found.address, port, protocol: 'tcp' })
  if (dialed.kind !== 'open')
    return failed(
      `${dial} ${host}:${port}: ${dialed.kind === 'timeout' ? 'i/o timeout' : dialed.kind === 'refused' ? 'connect: connection refused' : 'connect: no route to host'}\\"`,
    )
  const member = world.etcd.members.find(
    m => m.machine === (dialed.station?.host.name ?? dialed.machine?.name),
  )
  if (member === undefined || etcdProcessOf(world, member) === undefined)
    return failed(`${dial} ${host}:${port}: connect: connection refused\\"`)
  const isTls = etcdProcessOf(world, member)?.flags['cert-file'] !== undefined
  // A bare address is spoken to in TLS as soon as there is anything to speak it with.
  const speaksTls = read?.[1] === 'https' || (read?.[1] === undefined && hasTlsSettings(call, args))
  if (isTls && !speaksTls) return failed('connection closed before server preface received')
  const tls = isTls ? tlsProblem(call, args, { member, host }) : undefined
  if (tls !== undefined) return failed(`connection error: desc = \\"${tls}\\"`)
  const hasQuorum = etcdHealthOf(world).members.find(m => m.member === member)?.hasQuorum ?? false
  return { url, member, problem: undefined, hasQuorum }
}

/** The endpoints of a call, each as it can be reached; with `--cluster` those of all members. */
export const endpointsReached = (call: Call, args: EtcdArguments): readonly EtcdEndpoint[] => {
  const urls = (settingOf(call, args, 'endpoints') ?? '127.0.0.1:2379').split(',').filter(u => u !== '')
  const first = urls.map(url => reachOne(call, args, url))
  if (args.flags.get('cluster') !== 'true' || first.every(e => e.problem !== undefined)) return first
  return call.world.etcd.members.map(m => reachOne(call, args, m.clientUrl))
}
