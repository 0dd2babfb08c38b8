import { chanceHex } from '../../chance.ts'
import { readText, writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { collectPlan } from '../../gravity/collect-plan.ts'
import { leavesOf } from '../../gravity/phases.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { operationTime } from '../../worlds/gravity/host-files.ts'
import { askToConfirm } from './confirm.ts'
import type { GravityArguments } from './gravity-arguments.ts'
import { finishOperation } from './gravity-plan.ts'
import { resourcesOf } from './gravity-resources.ts'
import { activeOperations } from './gravity-status.ts'
import { failed, newOperation } from './new-operation.ts'
import { controllerFailure } from './reach-controller.ts'

const PHASE_MS = 1_000
const ASKS =
  'This operation will also remove docker images that you manually pushed to the docker registry. Are you sure?\n'
const BY_HAND = `
The garbage collection operation has been created in manual mode.

To view the operation plan, run:

$ gravity plan

To perform the collection, execute each phase in the order it appears in
the plan by running:

$ sudo gravity plan execute --phase=<phase-id>

To resume automatic collection from any point, run:

$ gravity plan resume
`

const collect = (call: Call, { flags }: GravityArguments): Reply => {
  const { world } = call
  const { gravity } = world.platforms
  const busy = activeOperations(gravity)[0]
  if (gravity === undefined || busy !== undefined)
    return failed(`failed to create an operation: the cluster has an operation in progress (${busy?.id})`)
  const servers = Object.entries(gravity.advertiseAddresses).map(([name, address]) => ({ name, address }))
  const operation = newOperation(world, {
    kind: 'garbage_collect',
    description: 'Garbage collection',
    message: 'initializing the operation',
    plan: collectPlan(servers),
    targetVersion: undefined,
  })
  if (flags.has('manual')) return { stdout: BY_HAND, tookMs: 9_000 }
  const leaves = operation.plan === undefined ? [] : leavesOf(operation.plan)
  const lines = leaves.map((leaf, at) => {
    const updatedMs = world.nowMs + (at + 1) * PHASE_MS
    Object.assign(leaf, { state: 'Completed', updatedMs })
    return `${operationTime(updatedMs)}\t${leaf.description}\n`
  })
  finishOperation(call, operation, 'completed')
  return { stdout: lines.join(''), tookMs: leaves.length * PHASE_MS }
}

/** `gravity gc`: prunes what no application of the cluster needs any more, or with --manual plans to. */
export const collectGarbage = (call: Call, args: GravityArguments): Reply => {
  const unreachable = controllerFailure(call)
  if (unreachable !== undefined) return unreachable
  if (args.flags.has('confirm')) return collect(call, args)
  const { prompt, refusal } = askToConfirm('confirm', call)
  if (refusal?.stderr?.includes('cancelled') === true)
    return { stdout: `${ASKS}${prompt}Action cancelled by user.\n` }
  const reply = refusal ?? collect(call, args)
  return { ...reply, stdout: `${ASKS}${refusal === undefined ? prompt : ''}${reply.stdout ?? ''}` }
}

const BACKUP_MS = 14_000
const BACKUP_BYTES = 1_800_000

/** `gravity backup` and `gravity restore`: the application's own hook fills an archive or reads it. */
export const backUp = (call: Call, { words }: GravityArguments, verb: 'backup' | 'restore'): Reply => {
  const { host, cwd, world } = call
  const [word] = words
  if (word === undefined)
    return {
      stderr: `gravity: error: required argument '${verb === 'backup' ? 'to' : 'from'}' not provided, try --help\n`,
      exit: 255,
    }
  const unreachable = controllerFailure(call)
  if (unreachable !== undefined) return unreachable
  const path = resolvePath(cwd, word)
  const ing = verb === 'backup' ? 'backing up to' : 'restoring from'
  const begun = `* [1/2] ${ing} ${word}\n`
  const aborted = `* [1/2] ${verb} aborted after now\n`
  if (verb === 'restore' && readText(host.files, path) === undefined)
    return {
      stdout: begun + aborted,
      stderr: `[ERROR]: failed to open the tarball "${word}" with backed up data\n\topen ${word}: no such file or directory\n`,
      exit: 255,
    }
  const refusal = verb === 'backup' ? writeRefusal(host, path, BACKUP_BYTES) : undefined
  if (refusal !== undefined)
    return {
      stdout: begun + aborted,
      stderr: `[ERROR]: open ${word}: ${refusal.text.toLowerCase()}\n`,
      exit: 255,
    }
  if (verb === 'backup')
    writeText(host.files, path, { text: '', paddingBytes: BACKUP_BYTES, mtimeMs: world.nowMs + BACKUP_MS })
  const done = verb === 'backup' ? `backup is written to ${word}` : `restored from ${word}`
  return {
    stdout: `${begun}\tStill ${ing} ${word} (10 seconds elapsed)\n* [2/2] ${done}\n* [2/2] ${verb} completed in ${BACKUP_MS / 1000} seconds \n`,
    tookMs: BACKUP_MS,
  }
}

const TTL = '8h0m0s'

/** `gravity users invite` and `gravity users reset`: a link by which somebody makes an account or a new password. */
export const users = (call: Call, { words, flags }: GravityArguments): Reply => {
  const [verb, name] = words
  if (verb !== 'invite' && verb !== 'reset')
    return verb === undefined
      ? { stderr: "gravity: error: must select a subcommand of 'users', try --help\n", exit: 255 }
      : { stderr: `gravity: error: expected command but got "users ${verb}", try --help\n`, exit: 255 }
  if (name === undefined)
    return { stderr: "gravity: error: required argument 'account' not provided, try --help\n", exit: 255 }
  if (verb === 'invite' && !flags.has('roles'))
    return { stderr: 'gravity: error: required flag --roles not provided, try --help\n', exit: 255 }
  const unreachable = controllerFailure(call)
  if (unreachable !== undefined) return unreachable
  const isKnown = resourcesOf(call.world, 'user').some(user => user.name === name)
  if (verb === 'reset' && !isKnown) return failed(`user "${name}" not found`)
  const { gravity } = call.world.platforms
  const address = gravity?.advertiseAddresses[gravity.leader ?? ''] ?? ''
  const token = chanceHex(call.world, 64)
  const url = `https://${address}:32009/web/${verb === 'invite' ? 'newuser' : 'reset'}/${token}`
  const head =
    verb === 'invite'
      ? `Signup token has been created and is valid for ${TTL} hours.`
      : `Password reset token has been created and is valid for ${TTL}.`
  return {
    stdout: `${head} Share this URL with the user:\n${url}\n\nNOTE: make sure this URL is accessible!\n`,
    tookMs: 800,
  }
}
