import { type Process, processesOf } from '../../relations/processes.ts'
import { threadNumbers } from '../../relations/thread-numbers.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

/** What is shown, and of which processes the threads too: their numbers, the main one first. */
type Forest = {
  readonly processes: readonly Process[]
  readonly showsPids: boolean
  readonly threads: ReadonlyMap<number, readonly number[]>
}

type Branch = { readonly label: string; readonly below: readonly string[] }

const titleOf = ({ showsPids }: Forest, name: string, pid: number): string =>
  showsPids ? `${name}(${pid})` : name

const childrenOf = (forest: Forest, parent: Process): readonly Branch[] => [
  ...forest.processes
    .filter(({ parentPid, pid }) => parentPid === parent.pid && pid !== parent.pid)
    .map(child => ({ label: titleOf(forest, child.name, child.pid), below: linesBelow(forest, child) })),
  ...(forest.threads.get(parent.pid) ?? [])
    .slice(1)
    .map(number => ({ label: titleOf(forest, `{${parent.name}}`, number), below: [] })),
]

const blocksOf = (forest: Forest, parent: Process): readonly Branch[] => {
  const counted = new Map<string, { count: number; below: readonly string[]; name: string }>()
  for (const { label: name, below } of childrenOf(forest, parent)) {
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

const linesBelow = (forest: Forest, parent: Process): readonly string[] => {
  const branches = blocksOf(forest, parent)
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

/** pstree(1): who has started whom, with threads in braces; `-p` with numbers, `-s` with those above, `-T` without threads. */
export const pstree: Program = {
  names: ['pstree'],
  isInstalled: onMachines,
  run: ({ world, machine, args }): Reply => {
    const processes = processesOf(world, machine).filter(({ kind }) => kind !== 'kernel')
    const has = (letter: string): boolean =>
      args.some(arg => /^-[a-zA-Z]+$/.test(arg) && arg.includes(letter))
    const threads = has('T') ? new Map() : threadNumbers(processes)
    const forest: Forest = { processes, threads, showsPids: has('p') }
    const root = Number(args.find(arg => /^\d+$/.test(arg)) ?? 1)
    const first = processes.find(({ pid }) => pid === root)
    if (first === undefined) return { exit: 1 }
    const line = [...(has('s') ? parentsOf(processes, first) : []), first]
    const label = line.map(({ name, pid }) => titleOf(forest, name, pid)).join('───')
    return { stdout: asText(joinBranch({ label, below: linesBelow(forest, first) })) }
  },
}
