import { setTimeout as wait } from 'node:timers/promises'
import type { CommandRequest, Outcome } from '../../base/index.ts'
import { type LineResult, machineNameOf, type Shell, shellAt, type World } from '../../cluster/index.ts'
import { notStarted } from '../local/word-outcome.ts'
import { refuseRun } from '../process/refuse-run.ts'
import type { Executor, LendTerminal, OutputSink } from '../types.ts'
import { useShell } from './use-shell.ts'

/** A simulated cluster as a target. `node` is the handle of the machine that the place `node` means, and `worker` if it is one. */
export type SimSetup = {
  readonly world: World
  /** As given to `--target`. */
  readonly name: string
  readonly node: string
  readonly lendTerminal: LendTerminal
  /** Told of each line that was run and what it gave. */
  readonly onLine?: (line: string, ran: LineResult) => void
}

/** How long a simulated second of a command that follows takes in real time. */
const SECOND_MS = 200

const pause = async (signal: AbortSignal | undefined): Promise<void> => {
  await wait(SECOND_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
}

/** Places of runbooks that are named after what runs there, and the handle of the machine where it does. */
const handleOfPlace: Readonly<Record<string, string>> = { haproxy: 'proxy' }

/** Handles of machines that no runbook calls a worker. */
const noWorkers: readonly string[] = ['workstation', 'control-plane', 'proxy']

/** The handle that a place of a runbook means: the machine that the story is about, unless that is none of the kind. */
const handleFor = (node: string, place: string | undefined): string => {
  if (place === undefined) return 'workstation'
  if (place === 'worker') return noWorkers.includes(node) ? 'worker-1' : node
  if (place === 'node' || place === 'planet' || place === 'pod') return node
  return handleOfPlace[place] ?? place
}

/** The name of the machine that a place of a runbook means in a world; the home machine where it has none of the kind. */
const machineFor = ({ world, node }: SimSetup, place: string | undefined): string =>
  machineNameOf(world, handleFor(node, place))

/** Puts a shell inside the Planet container of its machine, where there is one. */
const enterPlanet = (world: World, machine: string, shell: Shell): void => {
  const host = world.machines.get(machine)
  if (host?.planet !== undefined)
    shell.goTo({ machine: host.planet, host, container: undefined, user: 'root' })
}

const runCaptured = async (
  shell: Shell,
  request: CommandRequest,
  {
    sink,
    signal,
    onLine,
  }: { readonly sink: OutputSink; readonly signal: AbortSignal; readonly onLine: SimSetup['onLine'] },
): Promise<Outcome> => {
  const { timeoutMs, mode, cwd } = request
  const ran = await shell.run(request.line, {
    signal,
    ...(cwd === undefined ? {} : { cwd }),
    ...(timeoutMs === undefined ? {} : { limitMs: timeoutMs }),
    ...(mode === 'follow' ? { onOutput: text => sink({ stream: 'stdout', text }) } : {}),
  })
  onLine?.(request.line, ran)
  if (ran.stdout !== '') sink({ stream: 'stdout', text: ran.stdout })
  if (ran.stderr !== '') sink({ stream: 'stderr', text: ran.stderr })
  if (signal.aborted) return { kind: 'canceled' }
  if (ran.isOutOfTime) return { kind: 'timed-out', afterMs: timeoutMs ?? 0 }
  return { kind: 'exited', code: ran.exit }
}

/**
 * Runs commands in a simulated cluster (see `Executor`): each place of a runbook has a shell of its own, all look at one world.
 * A time limit is one of simulated time. Nothing reaches the real machine.
 */
export const createSimExecutor = (setup: SimSetup): Executor => {
  const { world, name, lendTerminal } = setup
  const shells = new Map<string, Shell>()
  const closing = new AbortController()
  let isRunning = false

  const shellFor = (place: string | undefined): Shell => {
    const machine = machineFor(setup, place)
    const key = place === 'planet' ? `${machine}/planet` : machine
    const known = shells.get(key)
    if (known !== undefined) return known
    const shell = shellAt(world, { machine, hasTerminal: false, pause })
    if (place === 'planet') enterPlanet(world, machine, shell)
    shells.set(key, shell)
    return shell
  }

  const execute: Executor['run'] = async (request, sink, signal) => {
    if (signal.aborted) return { kind: 'canceled' }
    if (request.mode !== 'interactive')
      return runCaptured(shellFor(request.place), request, { sink, signal, onLine: setup.onLine })
    const machine = machineFor(setup, request.place)
    const shell = shellAt(world, { machine, hasTerminal: true, pause })
    const { onLine } = setup
    const use = { firstLine: request.line, signal, ...(onLine === undefined ? {} : { onLine }) }
    await lendTerminal(() => useShell(shell, use))
    return { kind: 'exited', code: 0 }
  }

  return {
    target: { name, host: `the simulated cluster ${world.name}`, reach: 'cluster' },
    hostOf: place => machineFor(setup, place),
    run: async (request, sink, signal) => {
      const refusal = refuseRun(request, { isClosed: closing.signal.aborted, isRunning })
      if (refusal !== undefined) return refusal
      isRunning = true
      try {
        return await execute(request, sink, AbortSignal.any([signal, closing.signal]))
      } catch (error) {
        return notStarted(
          'refused',
          `The simulated cluster failed: ${error instanceof Error ? error.message : error}`,
        )
      } finally {
        isRunning = false
      }
    },
    close: async () => closing.abort(),
  }
}
