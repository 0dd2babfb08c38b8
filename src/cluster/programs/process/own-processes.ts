import { type Process, processesOf } from '../../relations/processes.ts'
import { sessionScope } from '../../relations/user-managers.ts'
import { BESIDE } from '../../shell/neighbours.ts'
import type { Call } from '../../shell/program.ts'

const MIB = 1024 ** 2

type Setup = Pick<Process, 'pid' | 'parentPid' | 'name' | 'command' | 'startedMs' | 'memoryBytes' | 'state'>

/** The command lines of what was begun with the program in one pipeline. */
const besideOf = (env: Call['env']): readonly string[] => JSON.parse(env[BESIDE] ?? '[]')

/** What the program that answers was begun by: the shell of a login, a job, or in a container nobody within. */
const parentOf = ({ machine, passage }: Call): number => {
  if (machine.inside?.seesAllProcesses === false) return 0
  return passage.process?.pid ?? passage.login?.shellPid ?? 1
}

/** What runs a command in a container takes the numbers before it. */
const BEFORE_COMMAND = 5

/** A container counts its processes by itself: its own, and what was run in it. */
const insidePid = ({ world, machine, container }: Call): number =>
  Math.max(...processesOf(world, machine).map(({ pid }) => pid)) + BEFORE_COMMAND + (container?.execs ?? 1)

/** The program that answers, with what stands beside it in its pipeline: they are there while it looks. */
export const ownProcesses = (call: Call, program: string): readonly Process[] => {
  const { machine, host, world, user, args, passage, env } = call
  const isApart = machine.inside?.seesAllProcesses === false
  const terminal = passage.process === undefined ? passage.login?.terminal : undefined
  const base = {
    user,
    state: 'Ss',
    threads: 1,
    openFiles: 6,
    cpuPercent: 0,
    cpuMs: 0,
    kind: 'free',
    unit: undefined,
    group: passage.login === undefined ? undefined : sessionScope(machine, passage.login),
    container: undefined,
    sandboxId: undefined,
  } as const
  const make = (setup: Setup): Process => ({
    ...base,
    ...setup,
    virtualBytes: setup.memoryBytes * 2,
    free: {
      ...base,
      ...setup,
      group: base.group ?? '/',
      state: 'S',
      listens: [],
      hasTerminal: terminal !== undefined,
      terminal: terminal ?? '',
      ignoresTerm: false,
    },
  })
  const foreground = terminal === undefined ? '' : '+'
  const own = make({
    pid: isApart ? insidePid(call) : host.nextPid,
    parentPid: parentOf(call),
    name: program,
    command: [program, ...args].join(' '),
    startedMs: world.nowMs,
    memoryBytes: 3.4 * MIB,
    state: `R${foreground}`,
  })
  const beside = besideOf(env).map((command, at) =>
    make({
      pid: own.pid + 1 + at,
      parentPid: own.parentPid,
      name: command.split(' ')[0] ?? '',
      command,
      startedMs: world.nowMs,
      memoryBytes: 2.2 * MIB,
      state: `S${foreground}`,
    }),
  )
  return [own, ...beside]
}
