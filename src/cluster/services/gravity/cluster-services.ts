import { nodeAt } from '../../files/file-tree.ts'
import { machineNowMs, shownMs } from '../../relations/clock.ts'
import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { planetPeers } from '../../relations/planet-peers.ts'
import { exits, repeating, tcp, udp } from '../kube/telling.ts'
import type { Running, Service } from '../service.ts'

const SERF_PORT = 7496
const SERF_RPC_PORT = 7373

const stamp = ({ machine }: Running, atMs: number): string =>
  new Date(shownMs(machine, atMs)).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/')

/** Serf: the members of the cluster gossip with each other; one that is not heard of is told to have failed. */
export const serf: Service = {
  listens: (_world, { machine }) => [
    tcp(SERF_PORT, mainAddressOf(machine)),
    udp(SERF_PORT, mainAddressOf(machine)),
    tcp(SERF_RPC_PORT, '127.0.0.1'),
  ],
  greeting: (world, self) => {
    const at = stamp(self, self.unit?.startedMs ?? world.nowMs)
    return [
      { text: `${at} [INFO] agent: Serf agent starting` },
      {
        text: `${at} [INFO] serf: EventMemberJoin: ${mainAddressOf(self.machine).replaceAll('.', '_')} ${mainAddressOf(self.machine)}`,
      },
      { text: `${at} [INFO] agent: Serf agent running!` },
    ]
  },
  chatter: (world, self, span) =>
    planetPeers(world, self.machine)
      .filter(peer => !peer.isReached)
      .flatMap(({ address }) =>
        repeating(
          span,
          15_000,
          atMs =>
            `${stamp(self, atMs)} [INFO] serf: attempting reconnect to ${address.replaceAll('.', '_')} ${address}:${SERF_PORT}`,
        ),
      ),
}

/** The Planet agent: runs Satellite's checks and serves their results. */
export const planetAgent: Service = {
  listens: (_world, { machine }) => [tcp(7575), tcp(7576, mainAddressOf(machine))],
  greeting: (world, self) => [
    {
      text: `time="${new Date(machineNowMs(world, self.machine)).toISOString()}" level=info msg="Agent is up and running."`,
    },
  ],
  dials: () => [{ host: '127.0.0.1', port: SERF_RPC_PORT }],
  ailment: (world, { machine, unit }) =>
    isUnitRunning(machine, 'serf.service') || world.nowMs - (unit?.startedMs ?? world.nowMs) > 60_000
      ? undefined
      : {
          exit: exits(255),
          afterMs: 3_000,
          lines: [{ text: 'dial tcp 127.0.0.1:7373: connect: connection refused' }],
        },
}

/** The registry of a master: the images of the cluster, behind registry.local and leader.telekube.local. */
export const planetRegistry: Service = {
  listens: () => [tcp(5000)],
  greeting: (world, self) => {
    const time = `time="${new Date(machineNowMs(world, self.machine)).toISOString().slice(0, 19)}Z"`
    return ['using inmemory blob descriptor cache', 'listening on [::]:5000, tls'].map(text => ({
      text: `${time} level=info msg="${text}" service=registry version=v2.7.1`,
    }))
  },
}

/** The Planet unit on the host: the container that holds all others. */
export const planet: Service = {
  ailment: (world, { machine, unit }) => {
    if (world.nowMs - (unit?.startedMs ?? world.nowMs) > 60_000) return undefined
    const program = (unit?.execStart ?? '').split(' ')[0] ?? ''
    return nodeAt(machine.files, program) === undefined
      ? { exit: exits(203), afterMs: 100, lines: [] }
      : undefined
  },
  greeting: (world, { machine }) => [
    { text: '[INFO] starting container runtime' },
    { text: `[INFO] will start with public IP ${mainAddressOf(machine)}` },
    { text: `[INFO] vxlan port is ${world.platforms.gravity?.vxlanPort ?? 8472}` },
    { text: '[INFO] container is up and running' },
  ],
  farewell: () => [{ text: '[INFO] received signal terminated, stopping container' }],
}

/** Teleport on the host: access to the node by SSH for the cluster. */
export const teleport: Service = {
  listens: () => [tcp(3022), tcp(3025), tcp(3023)],
  greeting: () => [
    { text: '[NODE]     Service is starting on 0.0.0.0:3022.' },
    { text: '[AUTH]     Auth service is starting on 0.0.0.0:3025.' },
  ],
}
