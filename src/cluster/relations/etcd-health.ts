import type { EtcdMember } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { checkCertificate, decodeCertificates } from './certificate.ts'
import { machineNowMs } from './clock.ts'
import { isUnitRunning } from './cluster-hosts.ts'
import { connect } from './connect.ts'
import { diskBelow, diskLoadOf } from './disk-load.ts'
import { mainAddressOf } from './find-machine.ts'
import { flagsInText, flagsOf } from './flags.ts'
import { inStep } from './in-step.ts'
import { pathOnHost } from './planet-folders.ts'
import { type Daemon, watchedText } from './read-settings.ts'
import { isStopped } from './stopped.ts'

/** How large a database may grow where no flag says otherwise. */
export const USUAL_QUOTA_BYTES = 2048 * 1024 ** 2

/** One member as it is now. */
export type EtcdMemberHealth = {
  readonly member: EtcdMember
  readonly isRunning: boolean
  /** Whether it and enough others reach each other to agree. */
  readonly hasQuorum: boolean
}

/** The etcd of the cluster as it is now. */
export type EtcdHealth = {
  readonly members: readonly EtcdMemberHealth[]
  readonly hasQuorum: boolean
  readonly hasNoSpace: boolean
  readonly hasCorruption: boolean
  /** Milliseconds that a write takes. */
  readonly writeMs: number
}

/** The etcd process of a member: the machine that it runs on and its flags; `undefined` while it does not run. */
export const etcdProcessOf = (
  world: World,
  member: EtcdMember,
):
  | {
      readonly machine: Machine
      readonly flags: Readonly<Record<string, string>>
      readonly startedMs: number | undefined
      readonly program: Daemon
    }
  | undefined => {
  const host = world.machines.get(member.machine)
  if (host === undefined || !host.isPowered) return undefined
  const machine = host.runtime === undefined ? (host.planet ?? host) : host
  const container = machine.runtime?.containers.find(
    c => c.service === 'etcd' && c.state === 'running' && !isStopped(machine, c.pid),
  )
  if (container !== undefined)
    return { machine, flags: flagsOf(container.command), startedMs: container.startedMs, program: container }
  const unit = [...machine.units.values()].find(
    candidate => candidate.service === 'etcd' && isUnitRunning(machine, candidate.name),
  )
  return unit === undefined
    ? undefined
    : { machine, flags: flagsInText(unit.execStart), startedMs: unit.startedMs, program: unit }
}

const portOf = (url: string): number => Number(/:(\d+)\/?$/.exec(url)?.[1] ?? 2380)
const hostOf = (url: string): string => /\/\/([^:/]+)/.exec(url)?.[1] ?? ''

const peerCertificateHolds = (world: World, from: EtcdMember, to: EtcdMember): boolean => {
  const client = etcdProcessOf(world, from)
  const server = etcdProcessOf(world, to)
  const file = server?.flags['peer-cert-file']
  if (client === undefined || server === undefined || file === undefined) return true
  const certificate = decodeCertificates(watchedText(server.machine, server.program, file))[0]
  const trusted = client.flags['peer-trusted-ca-file']
  if (certificate === undefined || trusted === undefined) return certificate !== undefined
  const authorities = decodeCertificates(watchedText(client.machine, client.program, trusted))
  return (
    checkCertificate(certificate, { authorities, atMs: machineNowMs(world, client.machine) }) === undefined
  )
}

/** Whether one member can talk to another: both run, the way is open, the certificates hold. */
export const reachesPeer = (world: World, from: EtcdMember, to: EtcdMember): boolean => {
  const source = etcdProcessOf(world, from)
  const other = etcdProcessOf(world, to)
  if (source === undefined || other === undefined) return false
  const host = world.machines.get(from.machine)
  const target = world.machines.get(to.machine)
  if (host === undefined || target === undefined) return false
  const address = hostOf(to.peerUrl) || mainAddressOf(target)
  const heldSinceMs = Math.max(source.startedMs ?? 0, other.startedMs ?? 0)
  const port = portOf(to.peerUrl)
  const way = connect(world, { from: host, address, port, protocol: 'tcp', heldSinceMs })
  return way.kind === 'open' && peerCertificateHolds(world, from, to)
}

const quorumOf = (world: World, member: EtcdMember): boolean => {
  const { members } = world.etcd
  const agreeing = members.filter(
    other => other === member || (reachesPeer(world, member, other) && reachesPeer(world, other, member)),
  )
  return agreeing.length * 2 > members.length
}

/** Milliseconds of one fsync of a member: its own disk, or what the device below it is busy with. */
export const fsyncMsOf = (world: World, member: EtcdMember): number => {
  const machine = world.machines.get(member.machine)
  if (machine === undefined) return member.fsyncMs
  const folder = machine.planet === undefined ? member.dataDir : pathOnHost(member.dataDir)
  const disk = diskBelow(machine, folder)
  const awaitMs = disk === undefined ? 0 : diskLoadOf(machine, disk).awaitMs
  return Math.max(member.fsyncMs, awaitMs > 50 ? awaitMs : 0)
}

const SLOW_MS = 10

/** How the cluster's etcd is. A world without members (k3s keeps its state in a file) counts as one that always agrees. */
export const etcdHealthOf = (world: World): EtcdHealth =>
  inStep(world, 'etcd-health', () => examineEtcd(world))

const examineEtcd = (world: World): EtcdHealth => {
  const { etcd } = world
  const members = etcd.members.map(member => ({
    member,
    isRunning: etcdProcessOf(world, member) !== undefined,
    hasQuorum: etcdProcessOf(world, member) !== undefined && quorumOf(world, member),
  }))
  const live = members.filter(m => m.isRunning)
  return {
    members,
    hasQuorum: members.length === 0 || members.some(m => m.hasQuorum),
    hasNoSpace: etcd.alarms.some(alarm => alarm.alarm === 'NOSPACE'),
    hasCorruption: etcd.alarms.some(alarm => alarm.alarm === 'CORRUPT'),
    writeMs: SLOW_MS + 2 * Math.max(0, ...live.map(m => fsyncMsOf(world, m.member))),
  }
}
