import { bootstrapProblem, startPlanet } from '../../gravity/install-steps.ts'
import { wipeNode } from '../../gravity/remove-node.ts'
import { connect } from '../../relations/connect.ts'
import { findMachine, mainAddressOf } from '../../relations/find-machine.ts'
import { gravityNodes } from '../../relations/gravity-probes.ts'
import { hostAddressOf } from '../../relations/host-address.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { operationTime } from '../../worlds/gravity/host-files.ts'
import type { GravityArguments } from './gravity-arguments.ts'
import { finishOperation } from './gravity-plan.ts'
import { failed, newOperation, restoreTools } from './new-operation.ts'
import { logOperation } from './operation-log.ts'

/** `gravity join`: makes the machine where it is typed a master of the cluster that a peer belongs to. */
export const joinCluster = (call: Call, { words, flags }: GravityArguments): Reply => {
  const { world, host } = call
  const { gravity } = world.platforms
  const [peer = ''] = words
  if (host.planet !== undefined || gravity === undefined)
    return failed('detected an existing cluster on this node, uninstall it first')
  const found = hostAddressOf(world, host, peer)
  const address = found.kind === 'found' ? found.address : peer
  const dialed = connect(world, { from: host, address, port: 3009, protocol: 'tcp' })
  if (dialed.kind !== 'open')
    return failed(
      `failed to connect to the cluster at ${peer}: dial tcp ${address}:3009: ${dialed.kind === 'refused' ? 'connect: connection refused' : 'i/o timeout'}`,
      { tookMs: 12_000 },
    )
  if (flags.get('token') !== gravity.joinToken)
    return failed('failed to join the cluster: bad username or password, the join token is not valid')
  if (gravity.advertiseAddresses[host.name] !== undefined)
    return failed(
      `node ${host.name} (${mainAddressOf(host)}) is already a part of the cluster, remove it first`,
    )
  const agents = findMachine(world, address)
  const bad =
    agents === undefined ? undefined : gravityNodes(world, agents).find(({ status }) => status === 'offline')
  if (bad !== undefined) return failed(`the cluster is degraded: node ${bad.name} is offline`)
  const problem = bootstrapProblem(world, host)
  if (problem !== undefined) {
    logOperation(world, host, `[ERROR] [${host.name}] Phase execution failed: ${problem}.`)
    return failed(`failed to execute phase "/bootstrap"\n\t${problem}`)
  }
  const operation = newOperation(world, {
    kind: 'expand',
    description: `Join node ${host.name} (${mainAddressOf(host)}) as node`,
    message: 'installing packages',
    plan: undefined,
    targetVersion: gravity.version,
  })
  startPlanet(world, host, gravity.version)
  restoreTools(world, host)
  finishOperation(call, operation, 'completed')
  const lines = [
    'Connecting to cluster',
    `Connected to existing cluster at ${address}`,
    'Bootstrap node',
    'Pull packages',
    'Install system software',
    'Add etcd member',
    'Wait for planet to start',
    'Joined cluster',
  ]
  for (const line of lines) logOperation(world, host, `[INFO] [${host.name}] ${line}`)
  return { stdout: lines.map(line => `${operationTime(world.nowMs)}\t${line}\n`).join(''), tookMs: 95_000 }
}

/** `gravity remove`: starts to take a machine out of the cluster; one that is offline only with --force. */
export const removeFromCluster = (call: Call, { words, flags }: GravityArguments): Reply => {
  const { world, host, stdin } = call
  const { gravity } = world.platforms
  const node = gravityNodes(world, host).find(
    ({ name, address }) => words[0] === name || words[0] === address,
  )
  if (gravity === undefined || node === undefined)
    return failed(`could not find server matching [${words[0] ?? ''}] among registered cluster nodes`)
  if (node.status === 'offline' && !flags.has('force'))
    return failed(`node ${node.name} is offline, use --force flag to force removal`)
  const prompt = flags.has('confirm')
    ? ''
    : `Please confirm removing ${node.name} (${node.address}) from the cluster (yes/no):\n`
  if (/^\s*n/i.test(stdin)) return { stdout: `${prompt}Action cancelled by user.\n` }
  newOperation(world, {
    kind: 'shrink',
    description: `Remove node ${node.name} (${node.address})`,
    message: 'unregistering the node',
    plan: undefined,
    targetVersion: undefined,
  })
  return { stdout: `${prompt}launched operation, use "gravity status" to poll its progress\n`, tookMs: 1_500 }
}

/** `gravity system uninstall`: wipes Gravity from the machine where it is typed. */
export const uninstallSystem = (call: Call, { flags }: GravityArguments): Reply => {
  const { world, host, stdin } = call
  if (!flags.has('confirm') && !/^\s*y/i.test(stdin))
    return {
      stdout:
        'This action will delete gravity and all the application data. Are you sure? (yes/no):\nAction cancelled by user.\n',
    }
  wipeNode(world, host)
  return {
    stdout:
      'Deleting network interfaces\nRemoving systemd services\nRemoving state directories\nGravity has been successfully uninstalled\n',
    tookMs: 14_000,
  }
}
