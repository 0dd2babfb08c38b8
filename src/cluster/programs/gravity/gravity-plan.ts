import { leavesOf, phasesOf, stateOfPhase, updatedOf } from '../../gravity/phases.ts'
import { executePhases, type PhaseRun, rollbackPhases } from '../../gravity/run-phase.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import type { GravityOperation, GravityPhase } from '../../world/platforms.ts'
import { operationTime } from '../../worlds/gravity/host-files.ts'
import { isStoreUp } from './gravity-status.ts'
import { shortTime } from './gravity-times.ts'
import { logOperation } from './operation-log.ts'

const marks: Readonly<Record<GravityPhase['state'], string>> = {
  Unstarted: '*',
  'In Progress': '→',
  Completed: '✓',
  Failed: '×',
  'Rolled Back': '⤺',
}

const rowOf = (phase: GravityPhase): readonly string[] => {
  const depth = phase.id.split('/').length - 2
  const state = stateOfPhase(phase)
  const updated = updatedOf(phase)
  return [
    `${'  '.repeat(depth)}${marks[state]} ${phase.id.split('/').at(-1) ?? ''}`,
    phase.description,
    state,
    phase.node ?? '-',
    phase.requires.join(',') || '-',
    updated === undefined ? '-' : shortTime(updated),
  ]
}

const header = ['Phase', 'Description', 'State', 'Node', 'Requires', 'Updated']

const planText = (plan: GravityPhase): string => {
  const table = alignColumns(
    [header, header.map(title => '-'.repeat(title.length)), ...phasesOf(plan).map(rowOf)],
    { gap: 5 },
  )
  const failed = phasesOf(plan).filter(({ error }) => error !== undefined)
  return (
    asText(table) +
    failed
      .map(({ id, description, error }) => `\nThe ${id} phase ("${description}") has failed\n\t${error}\n`)
      .join('')
  )
}

const planJson = ({ id, kind, plan }: GravityOperation): string => {
  const document = (phase: GravityPhase): unknown => ({
    id: phase.id,
    description: phase.description,
    state: stateOfPhase(phase).toLowerCase().replace(' ', '_'),
    ...(phase.requires.length === 0 ? {} : { requires: phase.requires }),
    ...(phase.phases.length === 0 ? {} : { phases: phase.phases.map(document) }),
    ...(phase.node === undefined ? {} : { data: { server: { advertise_ip: phase.node } } }),
    ...(phase.error === undefined ? {} : { error: { message: phase.error } }),
  })
  const phases = plan?.phases.map(document) ?? []
  return `${JSON.stringify({ operation_id: id, operation_type: `operation_${kind}`, phases }, undefined, 2)}\n`
}

/** The operation that `gravity plan` is about: the last one, or the one that was named. */
const operationFor = ({ world }: Call, flags: ReadonlyMap<string, string>): GravityOperation | undefined => {
  const operations = (world.platforms.gravity?.operations ?? []).filter(({ plan }) => plan !== undefined)
  const id = flags.get('operation-id')
  return id === undefined ? operations.at(-1) : operations.find(one => one.id === id)
}

/** Where a phase runs: on the host itself, or by the agent of another. */
const placeOf = ({ world, host }: Call, { node }: GravityPhase): string => {
  const addresses = Object.entries(world.platforms.gravity?.advertiseAddresses ?? {})
  const name = addresses.find(([, address]) => address === node)?.[0]
  return name === undefined || name === host.name ? 'locally' : `on remote node ${name}`
}

const report = (call: Call, run: PhaseRun, verb: 'Executing' | 'Rolling back'): Reply => {
  const lines = run.done.map(phase => {
    logOperation(call.world, call.host, `[INFO] [${call.host.name}] ${phase.description}`)
    return `${operationTime(phase.updatedMs ?? call.world.nowMs)}\t${verb} "${phase.id}" ${placeOf(call, phase)}`
  })
  const tookMs = 1_500
  if (run.problem === undefined) return { stdout: asText(lines), tookMs }
  const reason = run.problem.split('\n\t').slice(1).join(': ') || run.problem
  logOperation(call.world, call.host, `[ERROR] [${call.host.name}] Phase execution failed: ${reason}.`)
  return { stdout: asText(lines), stderr: `[ERROR]: ${run.problem}\n`, exit: 255, tookMs }
}

const complete = (call: Call, operation: GravityOperation): Reply => {
  const states = new Set(leavesOf(operation.plan as GravityPhase).map(({ state }) => state))
  const isDone = [...states].every(state => state === 'Completed')
  const isUndone = [...states].every(state => state === 'Rolled Back' || state === 'Unstarted')
  if (!isDone && !isUndone)
    return {
      stderr: '[ERROR]: operation plan is not completed, please execute or rollback remaining phases\n',
      exit: 255,
    }
  finishOperation(call, operation, isDone ? 'completed' : 'failed')
  return { stdout: 'Operation has been completed\n', tookMs: 1_200 }
}

/** Ends an operation for good. */
export const finishOperation = (
  { world }: Pick<Call, 'world'>,
  operation: GravityOperation,
  state: 'completed' | 'failed',
): void => {
  const message = state === 'completed' ? 'Operation has completed' : 'Operation has failed'
  Object.assign(operation, { state, endedMs: world.nowMs, progress: { message, percent: 100 } })
}

const resume = (call: Call, operation: GravityOperation): Reply => {
  const { world, host } = call
  const run = executePhases({ world, operation, at: host }, { id: '/', force: 'usual' })
  const reply = report(call, run, 'Executing')
  if (run.problem !== undefined) return reply
  finishOperation(call, operation, 'completed')
  return { ...reply, stdout: `${reply.stdout ?? ''}Operation plan has been executed\n` }
}

/** `gravity plan` with its parts: display, execute, rollback, resume, complete. */
export const gravityPlan = (
  call: Call,
  words: readonly string[],
  flags: ReadonlyMap<string, string>,
): Reply => {
  const { world, host } = call
  const operation = operationFor(call, flags)
  if (operation?.endedMs !== undefined && !isStoreUp(call))
    return { stderr: '[ERROR]: no operation found\n', exit: 255, tookMs: 2_000 }
  if (operation?.plan === undefined)
    return {
      stderr: '[ERROR]: no active operation found, please specify operation with --operation-id\n',
      exit: 255,
    }
  const [verb = 'display'] = words
  if (verb === 'display')
    return {
      stdout: /json/.test(flags.get('output') ?? '') ? planJson(operation) : planText(operation.plan),
      tookMs: 700,
    }
  if (operation.endedMs !== undefined)
    return {
      stderr: `[ERROR]: operation ${operation.id} is in terminal state (${operation.state}), its plan can not be changed\n`,
      exit: 255,
    }
  const order = {
    id: flags.get('phase') ?? words[1] ?? '',
    force: flags.has('force') ? 'forced' : 'usual',
  } as const
  if (verb === 'resume') return resume(call, operation)
  if (verb === 'complete') return complete(call, operation)
  if (order.id === '')
    return { stderr: 'gravity: error: required flag --phase not provided, try --help\n', exit: 255 }
  const at = { world, operation, at: host }
  if (verb === 'execute') return report(call, executePhases(at, order), 'Executing')
  if (verb === 'rollback') return report(call, rollbackPhases(at, order), 'Rolling back')
  return { stderr: `gravity: error: unexpected ${verb}, try --help\n`, exit: 255 }
}
