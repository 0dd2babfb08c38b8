import type { Process } from '../../relations/processes.ts'
import { SHELL_PID } from '../../relations/terminal.ts'
import { unitOf } from '../../relations/unit-of.ts'
import { BESIDE } from '../../shell/neighbours.ts'
import type { Call } from '../../shell/program.ts'

const MIB = 1024 ** 2

type Setup = Pick<Process, 'pid' | 'parentPid' | 'name' | 'command' | 'startedMs' | 'memoryBytes' | 'state'>

type Making = { readonly shellPid: number; readonly make: (setup: Setup) => Process }

/** The shell of the person who asks, and what let them in. */
const loginOf = (
  { machine, user, passage }: Pick<Call, 'machine' | 'user' | 'passage'>,
  { shellPid, make }: Making,
): readonly Process[] => {
  const startedMs = passage.openedMs
  return [
    make({
      pid: shellPid - 1,
      parentPid: unitOf(machine, 'sshd')?.mainPid ?? 1,
      name: 'sshd',
      command: `sshd: ${user}@pts/0`,
      startedMs,
      memoryBytes: 8.2 * MIB,
      state: 'S',
    }),
    make({
      pid: shellPid,
      parentPid: shellPid - 1,
      name: 'bash',
      command: '-bash',
      startedMs,
      memoryBytes: 5.1 * MIB,
      state: 'Ss',
    }),
  ]
}

/** The command lines of what was begun with the program in one pipeline. */
const besideOf = (env: Call['env']): readonly string[] => JSON.parse(env[BESIDE] ?? '[]')

/** The shell of the person who asks, and the program that answers: they are there while it looks. */
export const ownProcesses = (
  { machine, world, user, args, container, passage, env }: Call,
  program: string,
): readonly Process[] => {
  const isApart = machine.inside?.seesAllProcesses === false
  const shellPid = SHELL_PID
  const base = {
    user,
    state: 'Ss',
    threads: 1,
    openFiles: 6,
    cpuPercent: 0,
    cpuMs: 30,
    kind: 'free',
    unit: undefined,
    group: undefined,
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
      state: 'S',
      listens: [],
      hasTerminal: setup.name !== 'sshd',
      ignoresTerm: false,
    },
  })
  const own = make({
    // A container counts its processes by itself, and has had few.
    pid: isApart ? 24 + (Math.floor(world.nowMs / 1000) % 900) : Math.max(machine.nextPid, SHELL_PID) + 1,
    parentPid: isApart ? 0 : shellPid,
    name: program,
    command: [program, ...args].join(' '),
    startedMs: world.nowMs,
    memoryBytes: 3.4 * MIB,
    state: 'R+',
  })
  const beside = besideOf(env).map((command, at) =>
    make({
      pid: own.pid + 1 + at,
      parentPid: own.parentPid,
      name: command.split(' ')[0] ?? '',
      command,
      startedMs: world.nowMs,
      memoryBytes: 2.2 * MIB,
      state: 'S+',
    }),
  )
  if (container !== undefined) return [own, ...beside]
  return [...loginOf({ machine, user, passage }, { shellPid, make }), own, ...beside]
}
