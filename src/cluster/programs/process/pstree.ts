import { type Process, processesOf } from '../../relations/processes.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

type Branch = { readonly label: string; readonly below: readonly string[] }

const blocksOf = (
  processes: readonly Process[],
  parentPid: number,
  showsPids: 'pids' | 'names',
): readonly Branch[] => {
  const counted = new Map<string, { count: number; below: readonly string[]; name: string }>()
  for (const process of processes.filter(one => one.parentPid === parentPid && one.pid !== parentPid)) {
    const below = linesBelow(processes, process.pid, showsPids)
    const name = showsPids === 'pids' ? `${process.name}(${process.pid})` : process.name
    const key = `${name}\n${below.join('\n')}`
    const known = counted.get(key)
    if (known === undefined) counted.set(key, { count: 1, below, name })
    else known.count += 1
  }
  return [...counted.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ count, below, name }) => ({ label: count > 1 ? `${count}*[${name}]` : name, below }))
}

const joinBranch = ({ label, below }: Branch): readonly string[] =>
  below.length === 0 ? [label] : below.map((line, at) => (at === 0 ? label : ' '.repeat(label.length)) + line)

const linesBelow = (
  processes: readonly Process[],
  pid: number,
  showsPids: 'pids' | 'names',
): readonly string[] => {
  const branches = blocksOf(processes, pid, showsPids)
  return branches.flatMap((branch, at) => {
    const isLast = at === branches.length - 1
    const first = branches.length === 1 ? '───' : at === 0 ? '─┬─' : isLast ? ' └─' : ' ├─'
    const next = isLast ? '   ' : ' │ '
    return joinBranch(branch).map((line, row) => (row === 0 ? first : next) + line)
  })
}

/** Those that a process was begun by, the first of all first. */
const parentsOf = (processes: readonly Process[], { parentPid }: Process): readonly Process[] => {
  const parent = processes.find(({ pid }) => pid === parentPid)
  return parent === undefined ? [] : [...parentsOf(processes, parent), parent]
}

/** pstree(1): who has started whom; `-p` with numbers, `-s` with those above. */
export const pstree: Program = {
  names: ['pstree'],
  isInstalled: onMachines,
  run: ({ world, machine, args }): Reply => {
    const processes = processesOf(world, machine).filter(({ kind }) => kind !== 'kernel')
    const has = (letter: string): boolean =>
      args.some(arg => /^-[a-zA-Z]+$/.test(arg) && arg.includes(letter))
    const showsPids = has('p') ? 'pids' : 'names'
    const root = Number(args.find(arg => /^\d+$/.test(arg)) ?? 1)
    const first = processes.find(({ pid }) => pid === root)
    if (first === undefined) return { exit: 1 }
    const line = [...(has('s') ? parentsOf(processes, first) : []), first]
    const label = line.map(({ name, pid }) => (showsPids === 'pids' ? `${name}(${pid})` : name)).join('───')
    return { stdout: asText(joinBranch({ label, below: linesBelow(processes, root, showsPids) })) }
  },
}
