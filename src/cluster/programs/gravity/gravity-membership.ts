import { bootstrapProblem, startPlanet } from '../../gravity/install-steps.ts'
import { wipeNode } from '../../gravity/remove-node.ts'
import { isPlanetRunning } from '../../laws/gravity/keep-planets.ts'
import { connect } from '../../relations/connect.ts'
import { findMachine, mainAddressOf } from '../../relations/find-machine.ts'
import { gravityNodes } from '../../relations/gravity-probes.ts'
import { hostAddressOf } from '../../relations/host-address.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { operationTime } from '../../worlds/gravity/host-files.ts'
import { askToConfirm } from './confirm.ts'
import type { GravityArguments } from './gravity-arguments.ts'
import { finishOperation } from './gravity-plan.ts'
import { activeOperations } from './gravity-status.ts'
import { failed, newOperation, restoreTools } from './new-operation.ts'
import { logOperation } from './operation-log.ts'
import { controllerFailure } from './reach-controller.ts'

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

type Target = { readonly name: string; readonly address: string }

const startShrink = ({ world }: Call, { name, address }: Target): Reply => {
  const busy = activeOperations(world.platforms.gravity)[0]
  if (busy !== undefined)
    return failed(`cannot remove a node while ${busy.description} is in progress, operation ${busy.id}`)
  newOperation(world, {
    kind: 'shrink',
    description: `Remove node ${name} (${address})`,
    message: 'unregistering the node',
    plan: undefined,
    targetVersion: undefined,
  })
  return { stdout: 'launched operation, use "gravity status" to poll its progress\n', tookMs: 1_500 }
}

const shrinkAfterAsking = (call: Call, target: Target, { flags }: GravityArguments): Reply => {
  if (flags.has('confirm')) return startShrink(call, target)
  const title = `Please confirm removing ${target.name} (${target.address}) from the cluster`
  const { prompt, refusal } = askToConfirm(title, call)
  if (refusal !== undefined) return refusal
  const reply = startShrink(call, target)
  return { ...reply, stdout: `${prompt}${reply.stdout ?? ''}` }
}

/** `gravity remove`: starts to take a machine out of the cluster; one that is offline only with --force. */
export const removeFromCluster = (call: Call, args: GravityArguments): Reply => {
  const { world, host } = call
  const [word] = args.words
  if (word === undefined)
    return { stderr: "gravity: error: required argument 'node' not provided, try --help\n", exit: 255 }
  const unreachable = controllerFailure(call)
  if (unreachable !== undefined) return unreachable
  const node = gravityNodes(world, host).find(({ name, address }) => word === name || word === address)
  if (node === undefined)
    return failed(`could not find server matching [${word}] among registered cluster nodes`)
  if (node.status === 'offline' && !args.flags.has('force'))
    return failed(`node ${node.name} is offline, use --force flag to force removal`)
  return shrinkAfterAsking(call, node, args)
}

/** `gravity leave`: takes the machine where it is typed out of its cluster; with --force wipes it where that cannot be. */
export const leaveCluster = (call: Call, args: GravityArguments): Reply => {
  const { world, host } = call
  const isForced = args.flags.has('force')
  const unreachable = controllerFailure(call)
  if (unreachable !== undefined) {
    if (isForced) return uninstallSystem(call, { ...args, flags: new Map([...args.flags, ['confirm', '']]) })
    return host.planet === undefined || !isPlanetRunning(host)
      ? failed('no running cluster detected, please use --force flag to clean up the local state')
      : unreachable
  }
  const address = world.platforms.gravity?.advertiseAddresses[host.name]
  return address === undefined
    ? failed(
        'this server is not a part of the running cluster, please use --force flag to clean up the local state',
      )
    : shrinkAfterAsking(call, { name: host.name, address }, args)
}

/** `gravity system uninstall`: wipes Gravity from the machine where it is typed. */
export const uninstallSystem = (call: Call, { flags }: GravityArguments): Reply => {
  const { world, host } = call
  const title = 'This action will delete gravity and all the application data. Are you sure?'
  const { prompt, refusal } = askToConfirm(title, call)
  const isAsked = !flags.has('confirm')
  if (isAsked && refusal !== undefined) return refusal
  wipeNode(world, host)
  return {
    stdout: `${isAsked ? prompt : ''}Deleting network interfaces\nRemoving systemd services\nRemoving state directories\nGravity has been successfully uninstalled\n`,
    tookMs: 14_000,
  }
}
