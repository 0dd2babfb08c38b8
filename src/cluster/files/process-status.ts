import { ownGroupIdOf, userIdOf } from '../relations/accounts.ts'
import { insideNumber } from '../relations/inside-processes.ts'
import { inPages } from '../relations/page-sizes.ts'
import type { Process } from '../relations/processes.ts'
import { anonymousBytes, mappedBytes, tableBytes } from '../relations/resident-memory.ts'
import { hasOldControlGroups } from '../relations/system-version.ts'
import type { Machine } from '../world/machine.ts'
import type { Viewpoint } from './views.ts'

const PROCESSES = '63596'
const NUMBER_WIDTH = 8

const kibi = (bytes: number): string => `${String(Math.round(bytes / 1024)).padStart(NUMBER_WIDTH)} kB`

const states: Readonly<Record<string, string>> = {
  R: 'R (running)',
  S: 'S (sleeping)',
  D: 'D (disk sleep)',
  T: 'T (stopped)',
  Z: 'Z (zombie)',
  I: 'I (idle)',
}

/** Real, effective, saved and of the filesystem: all one. */
const four = (id: string): string => [id, id, id, id].join('\t')

type Rows = readonly (readonly [label: string, value: string])[]

/** What a process has of memory: its code and libraries come from files, the rest is its own. */
const memoryRows = ({ kind, virtualBytes, memoryBytes }: Process): Rows => {
  if (kind === 'kernel') return []
  const ofFiles = mappedBytes(memoryBytes)
  const parts = [
    ['VmPeak', virtualBytes],
    ['VmSize', virtualBytes],
    ['VmLck', 0],
    ['VmPin', 0],
    ['VmHWM', memoryBytes],
    ['VmRSS', memoryBytes],
    ['RssAnon', anonymousBytes(memoryBytes)],
    ['RssFile', ofFiles],
    ['RssShmem', 0],
    ['VmData', Math.max(virtualBytes * 0.3, anonymousBytes(memoryBytes))],
    ['VmStk', 132 * 1024],
    ['VmExe', ofFiles * 0.5],
    ['VmLib', ofFiles * 0.3],
    ['VmPTE', tableBytes(memoryBytes)],
    ['VmSwap', 0],
  ] as const
  return parts.map(([label, bytes]) => [label, kibi(inPages(bytes))])
}

/** The rights that root keeps in a container that is not privileged, and all that the kernel knows. */
const CONTAINED = '00000000a80425fb'
const EVERY = { old: '0000001fffffffff', new: '000001ffffffffff' }
const NONE = '0000000000000000'

const signalRows: Rows = [
  ['SigPnd', NONE],
  ['ShdPnd', NONE],
  ['SigBlk', NONE],
  ['SigIgn', '0000000000001000'],
  ['SigCgt', '0000000000014002'],
]

const rightsRows = (process: Process, machine: Machine, id: string): Rows => {
  const all =
    process.container === undefined ? EVERY[hasOldControlGroups(machine) ? 'old' : 'new'] : CONTAINED
  const own = id === '0' ? all : NONE
  return [
    ['CapInh', NONE],
    ['CapPrm', own],
    ['CapEff', own],
    ['CapBnd', all],
    ['CapAmb', NONE],
  ]
}

/** The numbers that a process has in each namespace of processes, the outer first. */
const numbersOf = ({ pid, container }: Process, { inside }: Machine): string =>
  container === undefined || inside !== undefined ? String(pid) : `${pid}\t${insideNumber(container, pid)}`

/** /proc/PID/status, see proc(5). */
export const statusText = (process: Process, { machine }: Viewpoint): string => {
  const { user, pid, name, state, parentPid, threads, kind } = process
  const id = userIdOf(machine, user)
  const isOld = hasOldControlGroups(machine)
  const numbers = numbersOf(process, machine)
  const { cores } = machine.cpu
  const rows: Rows = [
    ['Name', name],
    ['Umask', kind === 'kernel' || kind === 'init' ? '0000' : '0022'],
    ['State', states[state[0] ?? 'S'] ?? state],
    ['Tgid', String(pid)],
    ['Ngid', '0'],
    ['Pid', String(pid)],
    ['PPid', String(parentPid)],
    ['TracerPid', '0'],
    ['Uid', four(id)],
    ['Gid', four(ownGroupIdOf(machine, user))],
    [
      'FDSize',
      kind === 'kernel' ? '64' : String(Math.max(64, 2 ** Math.ceil(Math.log2(process.openFiles + 1)))),
    ],
    ['Groups', ' '],
    ...(isOld
      ? []
      : (['NStgid', 'NSpid', 'NSpgid', 'NSsid'] as const).map(label => [label, numbers] as const)),
    ...memoryRows(process),
    ...(isOld || kind === 'kernel' ? [] : ([['HugetlbPages', kibi(0)]] as const)),
    ...(isOld
      ? []
      : ([
          ['CoreDumping', '0'],
          ['THP_enabled', '1'],
        ] as const)),
    ['Threads', String(threads)],
    ['SigQ', `0/${PROCESSES}`],
    ...signalRows,
    ...rightsRows(process, machine, id),
    ['NoNewPrivs', '0'],
    ['Seccomp', '0'],
    ...(isOld ? [] : ([['Seccomp_filters', '0']] as const)),
    ['Speculation_Store_Bypass', 'vulnerable'],
    ...(isOld ? [] : ([['SpeculationIndirectBranch', 'conditional enabled']] as const)),
    ['Cpus_allowed', (2 ** cores - 1).toString(16)],
    ['Cpus_allowed_list', cores === 1 ? '0' : `0-${cores - 1}`],
    ['Mems_allowed', '00000000,00000001'],
    ['Mems_allowed_list', '0'],
    ['voluntary_ctxt_switches', String(40 + Math.round(process.cpuMs / 3))],
    ['nonvoluntary_ctxt_switches', String(Math.round(process.cpuMs / 170))],
  ]
  return rows.map(([label, value]) => `${label}:\t${value}\n`).join('')
}
