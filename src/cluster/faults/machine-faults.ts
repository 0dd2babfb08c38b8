import { nodeAt, setNode, writeText } from '../files/file-tree.ts'
import { isBelow } from '../files/paths.ts'
import { setClockOffset } from '../relations/clock.ts'
import { filesystemOf, filesystemUse } from '../relations/filesystem-use.ts'
import { loginAddressOf } from '../relations/login-address.ts'
import { logIn, logOut } from '../relations/logins.ts'
import { wantedMemory } from '../relations/memory.ts'
import { filesNamedIn } from '../relations/open-files.ts'
import { sessionScope } from '../relations/user-managers.ts'
import type { FreeProcess, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Fault, FaultParameters } from './fault.ts'
import { machineOf, numberOf, textOf } from './parameters.ts'

const requireFilesystem = (machine: Machine, path: string) => {
  const filesystem = filesystemOf(machine, path)
  if (filesystem === undefined) throw new RangeError(`${path} lies on no filesystem of ${machine.name}`)
  return filesystem
}

/** A file that has grown until its filesystem is `percent` full; at 100 root's reserve is gone too, as the file is root's. */
export const fillDisk: Fault = (world, parameters) => {
  const machine = machineOf(world, textOf(parameters, 'machine'))
  const path = textOf(parameters, 'path')
  const filesystem = requireFilesystem(machine, path)
  const { usedBytes } = filesystemUse(machine, filesystem)
  const percent = numberOf(parameters, 'percent')
  const usable = filesystem.sizeBytes - (percent < 100 ? filesystem.reservedBytes : 0)
  const wanted = Math.round((usable * percent) / 100)
  writeText(machine.files, path, {
    text: '',
    paddingBytes: Math.max(0, wanted - usedBytes),
    mtimeMs: world.nowMs,
  })
}

/** A folder with so many small files that `percent` of the inodes are used. */
export const useInodes: Fault = (world, parameters) => {
  const machine = machineOf(world, textOf(parameters, 'machine'))
  const path = textOf(parameters, 'path')
  const filesystem = requireFilesystem(machine, path)
  const { usedInodes } = filesystemUse(machine, filesystem)
  const wanted = Math.round((filesystem.inodes * numberOf(parameters, 'percent')) / 100)
  writeText(machine.files, path, { text: '', mtimeMs: world.nowMs })
  const node = machine.files.get(path)
  if (node !== undefined)
    setNode(machine.files, path, {
      ...node,
      kind: 'directory',
      mode: 0o755,
      paddingInodes: Math.max(0, wanted - usedInodes),
    })
}

/** A clock that has gone wrong, and is no longer set by the network. */
export const setClock: Fault = (world, parameters) => {
  const machine = machineOf(world, textOf(parameters, 'machine'))
  setClockOffset(world.nowMs, machine, numberOf(parameters, 'offsetSeconds') * 1000)
  machine.isTimeSynchronized = false
}

/** A machine that lost its power. */
export const powerOff: Fault = (world, parameters) => {
  machineOf(world, textOf(parameters, 'machine')).isPowered = false
}

const optionalNumber = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise

const memoryFor = (machine: Machine, parameters: FaultParameters): number =>
  typeof parameters.leavesMiB === 'number'
    ? Math.max(0, machine.memoryBytes - wantedMemory(machine) - parameters.leavesMiB * 1024 ** 2)
    : optionalNumber(parameters.memoryMiB, 16) * 1024 ** 2

/** How large a file is that a process writes to over and over, and a program that somebody built. */
const WRITTEN_BYTES = 1024 ** 3
const PROGRAM_BYTES = 7 * 1024 ** 2

/** Makes what a process needs that writes to a folder: its program, where its command line says where that lies, and the files there that it names. */
const makeFilesOf = ({ nowMs }: World, { files }: Machine, { command, disk }: FreeProcess): void => {
  const [program = ''] = command.split(' ')
  if (program.startsWith('/') && nodeAt(files, program) === undefined)
    writeText(files, program, { text: '\u007fELF', mode: 0o755, paddingBytes: PROGRAM_BYTES, mtimeMs: nowMs })
  if (disk === undefined) return
  for (const path of filesNamedIn(command))
    if (isBelow(path, disk.folder) && nodeAt(files, path) === undefined)
      writeText(files, path, { text: '', paddingBytes: WRITTEN_BYTES, mtimeMs: nowMs })
}

/** A process that somebody sent over ssh and left, and that takes more than its share: of processors, memory (or all but `leavesMiB`), open files, threads, a disk or the API server. */
export const runawayProcess: Fault = (world, parameters) => {
  const machine = machineOf(world, textOf(parameters, 'machine'))
  const user = typeof parameters.user === 'string' ? parameters.user : 'root'
  const command = textOf(parameters, 'command')
  const from = loginAddressOf(world, machine)
  const login = logIn(world, machine, { user, from, command: `nohup ${command} >/dev/null 2>&1 &` })
  machine.nextPid += 1
  const process: FreeProcess = {
    pid: machine.nextPid,
    parentPid: 1,
    user,
    group: sessionScope(machine, login),
    command,
    startedMs: world.nowMs,
    cpuPercent: optionalNumber(parameters.cpuPercent, 0),
    memoryBytes: 0,
    state: parameters.state === 'D' ? 'D' : 'R',
    ...(typeof parameters.writesTo === 'string'
      ? {
          disk: {
            folder: parameters.writesTo,
            utilPercent: optionalNumber(parameters.utilPercent, 97),
            awaitMs: optionalNumber(parameters.awaitMs, 200),
          },
        }
      : {}),
    ...(typeof parameters.apiCallsPerSecond === 'number'
      ? { apiCallsPerSecond: parameters.apiCallsPerSecond }
      : {}),
    threads: optionalNumber(parameters.threads, 1),
    openFiles: optionalNumber(parameters.openFiles, 16),
    listens:
      typeof parameters.port === 'number'
        ? [
            {
              protocol: parameters.protocol === 'udp' ? 'udp' : 'tcp',
              address: '0.0.0.0',
              port: parameters.port,
            },
          ]
        : [],
    ignoresTerm: parameters.ignoresTerm === true,
  }
  machine.processes.push(process)
  logOut(world, machine, login)
  process.memoryBytes = memoryFor(machine, parameters)
  makeFilesOf(world, machine, process)
}

/** A disk that is busy all the time. */
export const slowDisk: Fault = (world, parameters) => {
  const machine = machineOf(world, textOf(parameters, 'machine'))
  const name = textOf(parameters, 'device')
  const device = machine.devices.find(d => d.name === name)
  if (device === undefined) throw new RangeError(`${machine.name} has no disk ${name}`)
  device.utilPercent = numberOf(parameters, 'utilPercent')
  device.awaitMs = numberOf(parameters, 'awaitMs')
}

/** A filesystem whose device gives errors: `Input/output error`, or `Stale file handle` for one over the network. */
export const failDevice: Fault = (world, parameters) => {
  const machine = machineOf(world, textOf(parameters, 'machine'))
  const mount = textOf(parameters, 'mount')
  const filesystem = machine.filesystems.find(f => f.mount === mount)
  if (filesystem === undefined) throw new RangeError(`nothing is mounted on ${mount} of ${machine.name}`)
  filesystem.error = textOf(parameters, 'error')
}
