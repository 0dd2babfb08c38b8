import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { planetPeers } from '../../relations/planet-peers.ts'
import type { Post, Program } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'

const inPlanet = ({ container, machine, host }: Post): boolean =>
  container === undefined &&
  host.planet !== undefined &&
  machine.runtime !== undefined &&
  machine.runtime === host.planet.runtime

/** kctl: kubectl in the namespace kube-system. */
export const kctl: Program = {
  names: ['kctl'],
  isInstalled: inPlanet,
  run: ({ args, passage, stdin }) => passage.runHere(['kubectl', '-nkube-system', ...args], { stdin }),
}

/** serf: the members that gossip with this one. */
export const serfProgram: Program = {
  names: ['serf'],
  isInstalled: inPlanet,
  run: ({ world, host, machine, args }) => {
    if (args[0] !== 'members')
      return { stdout: 'Usage: serf [--version] [--help] <command> [<args>]\n', exit: 127 }
    if (!isUnitRunning(machine, 'serf.service'))
      return {
        stdout: 'Error connecting to Serf agent: dial tcp 127.0.0.1:7373: connect: connection refused\n',
        exit: 1,
      }
    const own = { address: mainAddressOf(host), isReached: true }
    const rows = [own, ...planetPeers(world, host)].map(({ address, isReached }) => [
      `${address.replaceAll('.', '_')}.${world.platforms.gravity?.clusterName ?? ''}`,
      `${address}:7496`,
      isReached ? 'alive' : 'failed',
      `role=master,publicip=${address}`,
    ])
    return { stdout: asText(alignColumns(rows, { gap: 2 })) }
  },
}
