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

/** What a process was begun with beside its name; one that has given itself a title keeps none. */
const argumentsOf = ({ command }: Process): string => {
  const [program = '', ...words] = command.split(' ')
  return program.endsWith(':') ? '' : words.join(' ')
}

/** The lines of `-a`: each process on its own with what it was begun with, threads and all. */
const linesWithArguments = (forest: Forest, process: Process): readonly string[] => {
  const named = (name: string, pid: number): string => (forest.showsPids ? `${name},${pid}` : name)
  const own = [named(process.name, process.pid), argumentsOf(process)].filter(word => word !== '').join(' ')
  const title = `{${process.name}}`
  const numbers = (forest.threads.get(process.pid) ?? []).slice(1)
  const threads = forest.showsPids
    ? numbers.map(number => named(title, number))
    : numbers.slice(0, 1).map(() => (numbers.length > 1 ? `${numbers.length}*[${title}]` : title))
  const blocks = [
    ...forest.processes
      .filter(({ parentPid, pid }) => parentPid === process.pid && pid !== process.pid)
      .sort((a, b) => Number(a.name > b.name) - Number(a.name < b.name))
      .map(child => linesWithArguments(forest, child)),
    ...threads.map(thread => [thread]),
  ]
  return [
    own,
    ...blocks.flatMap((block, at) => {
      const isLast = at === blocks.length - 1
      return block.map((line, row) => `  ${row > 0 ? (isLast ? '  ' : '│ ') : isLast ? '└─' : '├─'}${line}`)
    }),
  ]
}

/** Those that a process was begun by, the first of all first. */
const parentsOf = (processes: readonly Process[], { parentPid }: Process): readonly Process[] => {
  const parent = processes.find(({ pid }) => pid === parentPid)
  return parent === undefined ? [] : [...parentsOf(processes, parent), parent]
}

/** Those above a process, each on a line of its own, the next one further in. */
const withParents = (
  { showsPids }: Forest,
  above: readonly Process[],
  lines: readonly string[],
): readonly string[] =>
  above.toReversed().reduce<readonly string[]>((below, { name, pid }) => {
    const title = showsPids ? `${name},${pid}` : name
    return [title, ...below.map((line, at) => `  ${at === 0 ? '└─' : '  '}${line}`)]
  }, lines)

/** pstree(1): who has started whom, with threads in braces; `-p` with numbers, `-a` with arguments, `-s` with those above, `-T` without threads. */
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
    if (has('a')) {
      const above = has('s') ? parentsOf(processes, first) : []
      const lines = linesWithArguments(forest, first)
      return { stdout: asText(withParents(forest, above, lines)) }
    }
    const line = [...(has('s') ? parentsOf(processes, first) : []), first]
    const label = line.map(({ name, pid }) => titleOf(forest, name, pid)).join('───')
    return { stdout: asText(joinBranch({ label, below: linesBelow(forest, first) })) }
  },
}
