import { installPlan } from '../../gravity/install-plan.ts'
import { leavesOf } from '../../gravity/phases.ts'
import { forgetCluster } from '../../gravity/remove-node.ts'
import { beginPhase, executePhases, finishPhase } from '../../gravity/run-phase.ts'
import { upgradePlan } from '../../gravity/upgrade-plan.ts'
import { releaseOf, upgradeVersion } from '../../gravity/versions.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { gravityNodes, isAgentUp } from '../../relations/gravity-probes.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { GravityOperation, GravityPhase } from '../../world/platforms.ts'
import { operationTime } from '../../worlds/gravity/host-files.ts'
import type { GravityArguments } from './gravity-arguments.ts'
import { finishOperation } from './gravity-plan.ts'
import { activeOperations } from './gravity-status.ts'
import { failed, newOperation, restoreTools } from './new-operation.ts'
import { logOperation } from './operation-log.ts'

const versionOf = ({ env, world }: Call): string =>
  env['GRAVITY_BINARY_VERSION'] ?? world.platforms.gravity?.version ?? ''

const PHASE_S = 12

const setProgress = (operation: GravityOperation, phase: GravityPhase): void => {
  const leaves = leavesOf(operation.plan as GravityPhase)
  const done = leaves.filter(({ state }) => state === 'Completed').length
  operation.progress = {
    message: phase.description.toLowerCase(),
    percent: Math.max(1, Math.floor((done / leaves.length) * 100)),
  }
}

/** Runs an upgrade phase by phase, one in twelve seconds, until it ends, fails or is interrupted; what runs then stays in progress. */
const followUpgrade = (call: Call, operation: GravityOperation): Reply => {
  const { world, host } = call
  const leaves = leavesOf(operation.plan as GravityPhase)
  let at = 0
  let seconds = 0
  let ended: string | undefined
  const stamp = (text: string): string => `${operationTime(world.nowMs)}\t${text}\n`
  const next = (): string => {
    const phase = leaves[at]
    if (phase === undefined || ended !== undefined) return ''
    const step = { world, operation, phase, at: host }
    if (phase.state === 'Unstarted') {
      beginPhase(step)
      setProgress(operation, phase)
      logOperation(world, host, `[INFO] [${host.name}] ${phase.description}`)
      return stamp(phase.description)
    }
    seconds += 1
    if (seconds < PHASE_S) return ''
    seconds = 0
    at += 1
    const problem = finishPhase(step)
    if (problem !== undefined) {
      ended = 'failed'
      logOperation(world, host, `[ERROR] [${host.name}] Phase execution failed: ${problem}.`)
      return stamp(`Operation failure: failed to execute phase "${phase.id}"`)
    }
    if (at < leaves.length) return ''
    ended = 'completed'
    finishOperation(call, operation, 'completed')
    return stamp('Operation has completed')
  }
  return {
    stdout:
      stamp(`Upgrading cluster from ${world.platforms.gravity?.version} to ${operation.targetVersion}`) +
      stamp('Deploying agents on cluster nodes'),
    follow: {
      next,
      isOver: () => ended !== undefined,
      end: () => ({
        stdout: stamp('Operation was interrupted, use gravity plan to continue or to roll it back'),
        exit: 130,
      }),
    },
    tookMs: 4_000,
  }
}

const upgradeProblem = (call: Call): string | undefined => {
  const { world, host } = call
  const { gravity } = world.platforms
  if (gravity === undefined || !isAgentUp(host)) return 'no cluster is running on this node'
  const active = activeOperations(gravity)[0]
  if (active !== undefined)
    return `the cluster has an operation in progress (${active.description}), resume or roll it back first`
  if (gravity.version === versionOf(call)) return `version ${gravity.version} is already installed`
  const bad = gravityNodes(world, host).find(({ status }) => status !== 'healthy')
  return bad === undefined
    ? undefined
    : `failed to start upgrade operation: cluster is ${bad.status === 'offline' ? 'degraded: node ' : 'degraded: '}${bad.name}${bad.status === 'offline' ? ' is offline' : ` fails ${bad.failed[0]?.detail ?? 'its checks'}`}`
}

/** `gravity upgrade`: makes the plan and runs it, or with --manual leaves that to the operator. */
export const startUpgrade = (call: Call, { flags }: GravityArguments): Reply => {
  const { world, host } = call
  const { gravity } = world.platforms
  const problem = upgradeProblem(call)
  if (problem !== undefined || gravity === undefined) return failed(problem ?? '')
  const to = call.env['GRAVITY_BINARY_VERSION'] ?? upgradeVersion
  const names = [host.name, ...Object.keys(gravity.advertiseAddresses).filter(name => name !== host.name)]
  const servers = names.map(name => ({ name, address: gravity.advertiseAddresses[name] ?? '' }))
  const operation = newOperation(world, {
    kind: 'upgrade',
    description: `Upgrade to version ${to}`,
    message: 'initializing the operation',
    plan: upgradePlan({ servers, from: gravity.version, to, appName: gravity.appName }),
    targetVersion: to,
  })
  logOperation(
    world,
    host,
    `[INFO] [${host.name}] Upgrade operation ${operation.id} to ${to} has been created`,
  )
  if (!flags.has('manual')) return followUpgrade(call, operation)
  return {
    stdout: `${operationTime(world.nowMs)}\tUpgrading cluster from ${gravity.version} to ${to}\n${operationTime(world.nowMs)}\tDeploying agents on cluster nodes\nThe operation has been created in manual mode.\n\nSee https://gravitational.com/gravity/docs/cluster/#managing-operations for details on working with operation plan.\n`,
    tookMs: 21_000,
  }
}

/** `gravity install`: a new cluster of the machine where it is typed. */
export const startInstall = (call: Call, { flags }: GravityArguments): Reply => {
  const { world, host } = call
  const { gravity } = world.platforms
  if (host.planet !== undefined || gravity === undefined)
    return failed('detected an existing cluster on this node, uninstall it first')
  if ([...world.machines.values()].every(({ planet }) => planet === undefined)) forgetCluster(world)
  const version = versionOf(call)
  Object.assign(gravity, { version, appVersion: version, leader: host.name })
  world.kube.version = releaseOf(version).kubernetes
  const port = Number(flags.get('vxlan-port') ?? 8472)
  gravity.vxlanPort = port
  const server = { name: host.name, address: flags.get('advertise-addr') ?? mainAddressOf(host) }
  const operation = newOperation(world, {
    kind: 'install',
    description: '1-node install',
    message: 'executing preflight checks',
    plan: installPlan({ servers: [server], version, appName: gravity.appName }),
    targetVersion: version,
  })
  restoreTools(world, host)
  const stamp = (text: string): string => `${operationTime(world.nowMs)}\t${text}\n`
  const head = [
    'Starting installer',
    'Preparing for installation...',
    `Installing application ${gravity.appName}:${version}`,
    'Operation has been created',
  ]
    .map(stamp)
    .join('')
  const run = executePhases({ world, operation, at: host }, { id: '/', force: 'usual' })
  const lines = run.done.map(({ description, updatedMs = world.nowMs }) => {
    logOperation(world, host, `[INFO] [${host.name}] ${description}`)
    return `${operationTime(updatedMs)}\t${description}\n`
  })
  const tookMs = 1_500
  if (run.problem === undefined) {
    finishOperation(call, operation, 'completed')
    return {
      stdout: `${head}${lines.join('')}${stamp('Operation has completed')}${stamp('Installation succeeded')}`,
      tookMs,
    }
  }
  const [what = '', reason = ''] = run.problem.split('\n\t')
  logOperation(world, host, `[ERROR] [${host.name}] Phase execution failed: ${reason}.`)
  logOperation(world, host, `Operation failure: ${what}`)
  return {
    stdout: `${head}${lines.join('')}${stamp(`Operation failure: ${what}`)}${stamp(`Installation failed in ${((world.nowMs - operation.createdMs + tookMs) / 1000).toFixed(3)}s, check /var/log/gravity-install.log and /var/log/gravity-system.log for details`)}`,
    stderr: `[ERROR]: ${run.problem}\n`,
    exit: 255,
    tookMs,
  }
}
