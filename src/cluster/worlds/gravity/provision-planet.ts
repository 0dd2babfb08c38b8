import { chanceHex } from '../../chance.ts'
import { writeText } from '../../files/file-tree.ts'
import { planetUnitName, releaseOf } from '../../gravity/versions.ts'
import type { Certificate } from '../../relations/certificate.ts'
import { USUAL_QUOTA_BYTES } from '../../relations/etcd-health.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { EtcdMember } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import { layEtcdData } from '../kube/lay-etcd-data.ts'
import { installUnit, installUnits } from '../node/install-units.ts'
import { memberName } from './control-plane-units.ts'
import { createPlanet } from './create-planet.ts'
import { planetRoot, writeStateFolder } from './host-files.ts'
import { planetUnit, teleportUnit } from './host-units.ts'
import { type PlanetSetup, planetKubeconfig, writePlanetFiles } from './planet-files.ts'
import { planetUnits } from './planet-units.ts'

const MIB = 1024 ** 2
const DATA_DIR = '/ext/etcd/v3.3.12'
const PROGRAM_BYTES = 36_000_000

/** What a machine becomes a master of a cluster by. `stands` says whether its Planet is up already or to be started. */
export type NodeOrder = {
  readonly authority: Certificate
  readonly clusterName: string
  readonly createdMs: number
  readonly version: string
  readonly stands: 'running' | 'dead'
}

/** Adds a machine's etcd member to the cluster, with its data in Planet. */
const addEtcdMember = (world: World, planet: Machine, { version, createdMs }: NodeOrder): void => {
  const { etcd } = world
  const ip = mainAddressOf(planet)
  const sizeBytes = 24 * MIB + etcd.members.length * 4096
  const member: EtcdMember = {
    id: `${'bcdef'[etcd.members.length % 5]}${chanceHex(world, 15)}`,
    name: memberName(world, planet),
    machine: planet.name,
    peerUrl: `https://${ip}:2380`,
    clientUrl: `https://${ip}:2379`,
    dataDir: DATA_DIR,
    version: releaseOf(version).etcd,
    sizeBytes,
    inUseBytes: 12 * MIB,
    quotaBytes: USUAL_QUOTA_BYTES,
    raftTerm: 4,
    raftIndex: 1_218_207,
    fsyncMs: 3,
    isCorrupt: false,
  }
  etcd.members.push(member)
  layEtcdData(planet, member, { createdMs, nowMs: world.nowMs })
}

const membersText = (world: World): string =>
  Object.keys(world.platforms.gravity?.advertiseAddresses ?? {})
    .flatMap(name => world.machines.get(name) ?? [])
    .map(machine => `${memberName(world, machine)}=https://${mainAddressOf(machine)}:2380`)
    .join(',')

const giveHostTools = (host: Machine, setup: PlanetSetup): void => {
  const mtimeMs = setup.createdMs
  const text = planetKubeconfig(setup, {
    user: 'kubectl',
    organizations: ['system:masters'],
    apiUrl: `https://${mainAddressOf(host)}:6443`,
  })
  writeText(host.files, '/root/.kube/config', { text, mode: 0o600, mtimeMs })
}

/** Installs the unit of a version of Planet, with its program, on a host. */
export const installPlanetUnit = (host: Machine, version: string, stands: NodeOrder['stands']): Unit => {
  const release = releaseOf(version)
  writeText(host.files, `${planetRoot(release.planet)}/usr/bin/planet`, {
    text: '\u007fELF',
    mode: 0o755,
    paddingBytes: PROGRAM_BYTES,
    mtimeMs: host.bootedMs,
  })
  return installUnit(host, { ...planetUnit(release), stands })
}

/** So long Planet takes to bring up the container whose systemd starts its units. */
const CONTAINER_UP_MS = 1_200

/** Makes a machine a master: its state folder, Planet with files and units, its place in etcd, its units on the host. */
export const provisionPlanet = (world: World, host: Machine, order: NodeOrder): Machine => {
  const { authority, clusterName, createdMs, version, stands } = order
  const { gravity } = world.platforms
  const planet = createPlanet(host)
  planet.nextPid = host.nextPid + 3_000
  if (stands === 'dead') planet.isPowered = false
  host.planet = planet
  if (gravity !== undefined) {
    gravity.advertiseAddresses[host.name] = mainAddressOf(host)
    gravity.planetUnits[host.name] = planetUnitName(releaseOf(version).planet)
  }
  writeStateFolder(host, createdMs)
  const setup = { world, planet, authority, clusterName, createdMs }
  writePlanetFiles(setup)
  giveHostTools(host, setup)
  const members = membersText(world)
  const { startedMs, mainPid } = installPlanetUnit(host, version, stands)
  if (mainPid !== 0) planet.initPid = mainPid + 1
  const fromMs = startedMs === undefined ? undefined : startedMs + CONTAINER_UP_MS
  installUnits(
    planet,
    planetUnits(world, planet, { members, clusterName }).map(unit => ({ ...unit, stands, fromMs })),
  )
  installUnit(host, { ...teleportUnit(releaseOf(version)), stands })
  addEtcdMember(world, planet, order)
  return planet
}
