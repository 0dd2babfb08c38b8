import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import type { Rafay } from '../../world/platforms.ts'

const HTTPS_PORT = 443

const tasksetText = ({ id, status, tasks }: Rafay['tasksets'][number]): string =>
  `${JSON.stringify(
    {
      taskset_id: id,
      operations: tasks.map(task => ({
        operation: task.type,
        resource_name: task.name,
        status: task.status,
      })),
      status,
      comments:
        'Configuration is applied to the cluster. The status and progress of the submitted operations are available through the taskset_id.',
    },
    undefined,
    2,
  )}\n`

const usage = `A CLI tool to manage Rafay resources.

Usage:
  rctl [command]

Available Commands:
  apply       Apply a configuration
  config      Manage the configuration of the CLI
  get         Get resources
  status      Show the status of an operation
  version     Show the version

Use "rctl [command] --help" for more information about a command.
`

const ask = ({ world, machine, args }: Call, rafay: Rafay): Reply => {
  const [verb, what, id] = args
  if (verb === undefined || verb === '--help' || verb === 'help') return { stdout: usage }
  if (verb === 'version' || verb === '--version')
    return { stdout: 'VERSION: 1.29.0\nBUILD: 10\nBUILD-TIME: 2024-02-07 10:18 UTC\nARCH: linux/amd64\n' }
  const resolved = resolveName(world, machine, rafay.controllerHost)
  if (resolved.kind !== 'found')
    return {
      stderr: `Error: Get "https://${rafay.controllerHost}/v2/config/": dial tcp: lookup ${rafay.controllerHost}: no such host\n`,
      exit: 1,
      tookMs: resolved.tookMs,
    }
  const reached = connect(world, {
    from: machine,
    address: resolved.address,
    port: HTTPS_PORT,
    protocol: 'tcp',
  })
  if (reached.kind !== 'open')
    return {
      stderr: `Error: Get "https://${rafay.controllerHost}/v2/config/": dial tcp ${resolved.address}:443: ${reached.kind === 'refused' ? 'connect: connection refused' : 'i/o timeout'}\n`,
      exit: 1,
      tookMs: 30_000,
    }
  if (verb !== 'status' || what !== 'apply')
    return {
      stderr: `Error: unknown command "${args.join(' ')}" for "rctl"\nRun 'rctl --help' for usage.\n`,
      exit: 1,
    }
  if (id === undefined) return { stderr: 'Error: accepts 1 arg(s), received 0\n', exit: 1 }
  const taskset = rafay.tasksets.find(candidate => candidate.id === id)
  return taskset === undefined
    ? { stderr: `Error: taskset ${id} not found\n`, exit: 1, tookMs: 400 }
    : { stdout: tasksetText(taskset), tookMs: 400 }
}

/** rctl, Rafay's command line on the workstation: how far a submitted change has come. */
export const rctl: Program = {
  names: ['rctl'],
  isInstalled: ({ machine }, world) => machine.role === 'workstation' && world.platforms.rafay !== undefined,
  run: call =>
    call.world.platforms.rafay === undefined ? { exit: 127 } : ask(call, call.world.platforms.rafay),
}
