import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { planetPeers } from '../../relations/planet-peers.ts'
import type { Call, Post, Program, Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import { agoText } from './gravity-times.ts'

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

const listContainers = ({ world, machine, args }: Call): Reply => {
  const all = args.some(word => /^-\w*a|^--all$/.test(word))
  const shown = (machine.runtime?.containers ?? []).filter(({ state }) => all || state === 'running')
  const rows = shown.map(one => [
    one.id.slice(0, 12),
    one.image,
    `"${one.command.join(' ').slice(0, 20) || `/${one.name}`}"`,
    agoText(world.nowMs - one.createdMs),
    one.state === 'running'
      ? `Up ${agoText(world.nowMs - (one.startedMs ?? one.createdMs)).replace(/ ago$/, '')}`
      : `Exited (${one.exitCode ?? 0}) ${agoText(world.nowMs - (one.finishedMs ?? world.nowMs))}`,
    '',
    `k8s_${one.name}_${one.podName}_${one.namespace}_${one.sandboxId.slice(0, 8)}_${one.attempt}`,
  ])
  const header = ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES']
  if (args.some(word => /^-\w*q|^--quiet$/.test(word)))
    return { stdout: asText(rows.map(row => row[0] ?? '')) }
  return { stdout: asText(alignColumns([header, ...rows], { gap: 3 })) }
}

const listImages = ({ machine }: Call): Reply => {
  const rows = (machine.runtime?.images ?? []).map(({ id, tags, sizeBytes }) => {
    const tag = tags[0] ?? ''
    const at = tag.lastIndexOf(':')
    return [
      tag.slice(0, at),
      tag.slice(at + 1),
      id.replace('sha256:', '').slice(0, 12),
      '2 weeks ago',
      `${Math.round(sizeBytes / 1e6)}MB`,
    ]
  })
  return {
    stdout: asText(alignColumns([['REPOSITORY', 'TAG', 'IMAGE ID', 'CREATED', 'SIZE'], ...rows], { gap: 3 })),
  }
}

const showLog = ({ machine, args }: Call): Reply => {
  const name = args.slice(1).find(word => !word.startsWith('-')) ?? ''
  const found = (machine.runtime?.containers ?? []).find(
    one => name !== '' && (one.id.startsWith(name) || one.name === name || name.includes(one.podName)),
  )
  return found === undefined
    ? { stderr: `Error: No such container: ${name}\n`, exit: 1 }
    : { stdout: asText(found.log.map(({ text }) => text)) }
}

/** docker, inside Planet. */
export const dockerProgram: Program = {
  names: ['docker'],
  isInstalled: inPlanet,
  run: call => {
    const { machine, args } = call
    const [verb = ''] = args
    if (!isUnitRunning(machine, 'docker.service'))
      return {
        stderr:
          'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n',
        exit: 1,
      }
    if (verb === 'ps') return listContainers(call)
    if (verb === 'images') return listImages(call)
    if (verb === 'logs') return showLog(call)
    if (verb === 'version' || verb === '--version')
      return { stdout: `Docker version ${machine.runtime?.version ?? ''}, build e8ff056\n` }
    if (verb === 'info')
      return {
        stdout: `Containers: ${machine.runtime?.containers.length ?? 0}\n Running: ${machine.runtime?.containers.filter(({ state }) => state === 'running').length ?? 0}\nImages: ${machine.runtime?.images.length ?? 0}\nServer Version: ${machine.runtime?.version ?? ''}\nStorage Driver: overlay2\nDocker Root Dir: /ext/docker\n`,
      }
    return { stderr: `docker: '${verb}' is not a docker command.\nSee 'docker --help'\n`, exit: 1 }
  },
}
