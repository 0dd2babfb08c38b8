import { machineNowMs } from '../../relations/clock.ts'
import { type GravityNode, gravityNodes, gravityProbes, isAgentUp } from '../../relations/gravity-probes.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'

const probeJson = ({ checker, detail, error, severity }: ReturnType<typeof gravityProbes>[number]) =>
  severity === 'none'
    ? { checker, ...(detail === '' ? {} : { detail }), status: 'running' }
    : {
        checker,
        ...(detail === '' ? {} : { detail }),
        status: 'failed',
        ...(error === '' ? {} : { error }),
        severity,
      }

const nodeJson = ({ world }: Call, { name, address, host, status }: GravityNode) => {
  const full = `${address.replaceAll('.', '_')}.${world.platforms.gravity?.clusterName ?? name}`
  const isOffline = status === 'offline'
  return {
    name: full,
    member_status: {
      name: full,
      addr: `${address}:7496`,
      status: isOffline ? 'failed' : 'alive',
      tags: { publicip: address, role: 'master' },
    },
    status: isOffline ? 'offline' : status === 'healthy' ? 'running' : 'degraded',
    probes: isOffline || host === undefined ? [] : gravityProbes(world, host).map(probeJson),
  }
}

const status = (call: Call): Reply => {
  const { world, host, args } = call
  if (!isAgentUp(host))
    return {
      stderr:
        '[ERROR]: failed to query agent status\n\tdial tcp 127.0.0.1:7575: connect: connection refused\n',
      exit: 255,
    }
  const nodes = gravityNodes(world, host).filter(
    ({ name }) => !args.includes('--local') || name === host.name,
  )
  const isWell = nodes.every(node => node.status === 'healthy')
  const document = {
    status: isWell ? 'running' : 'degraded',
    nodes: nodes.map(node => nodeJson(call, node)),
    timestamp: { seconds: Math.floor(machineNowMs(world, host) / 1000), nanoseconds: 204_118_332 },
    ...(isWell ? {} : { summary: 'one or more cluster nodes are not healthy' }),
  }
  return {
    stdout: `${JSON.stringify(document, undefined, args.includes('--pretty') ? 3 : undefined)}\n`,
    exit: isWell ? 0 : 1,
    tookMs: 600,
  }
}

/** planet: Satellite's results inside Planet, and from the host a way in. */
export const planet: Program = {
  names: ['planet'],
  isInstalled: ({ container, machine, host }) => container === undefined && machine === host.planet,
  run: call => {
    const [verb = ''] = call.args
    if (verb === 'status') return status(call)
    if (verb === 'version') return { stdout: 'Version:\t6.0.0\n' }
    return { stderr: `planet: error: expected command but got "${verb}", try --help\n`, exit: 1 }
  },
}
