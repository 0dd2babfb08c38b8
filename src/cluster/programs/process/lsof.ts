import { isBelow, resolvePath } from '../../files/paths.ts'
import { portNamed } from '../../network/port-names.ts'
import { DELETED } from '../../relations/descriptors.ts'
import { filesystemOf } from '../../relations/filesystem-use.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import { type OptionTable, readOptions } from '../../text/read-options.ts'
import { type Row, rowsOf } from './lsof-rows.ts'

const table: OptionTable = {
  ...Object.fromEntries([...'abBCEGhHKlLMnNOPQRtUvVwWXxzZ'].map(letter => [letter, letter])),
  c: 'c=',
  d: 'd=',
  D: 'D=',
  F: 'F?',
  g: 'g?',
  i: 'i?',
  p: 'p=',
  r: 'r?',
  s: 's?',
  S: 'S?',
  T: 'T?',
  u: 'u=',
}

type Selection = (row: Row) => boolean

const portSelection = (text: string): ((port: number) => boolean) => {
  const ranges = text.split(',').map(part => {
    const named = portNamed(part)
    if (named !== undefined) return [named, named] as const
    const [from, to] = part.split('-').map(Number)
    return [from ?? Number.NaN, to ?? Number.NaN] as const
  })
  return port => ranges.some(([from, to]) => port >= from && port <= to)
}

/** `-i`, by lsof's own form: version, protocol, host, ports. */
const socketSelection = (text: string): Selection | undefined => {
  const [whole, version, protocol, host, ports] =
    /^([46])?(tcp|udp)?(?:@([^:]+))?(?::(.+))?$/i.exec(text) ?? []
  if (whole === undefined) return undefined
  const hasPort = ports === undefined ? () => true : portSelection(ports)
  return ({ socket }) =>
    socket !== undefined &&
    (version === undefined || socket.version === Number(version)) &&
    (protocol === undefined || socket.protocol === protocol.toLowerCase()) &&
    socket.ends.some(({ port, address }) => hasPort(port) && (host === undefined || address === host))
}

const listSelection = (text: string, fieldOf: (row: Row) => string): Selection => {
  const words = text.split(',')
  const without = words.filter(word => word.startsWith('^')).map(word => word.slice(1))
  const wanted = words.filter(word => !word.startsWith('^'))
  return row => !without.includes(fieldOf(row)) && (wanted.length === 0 || wanted.includes(fieldOf(row)))
}

/** `-s TCP:LISTEN,ESTABLISHED`: which states count. */
const stateSelection = (text: string): Selection => {
  const [, protocol = 'tcp', names = ''] = /^(tcp|udp):(.*)$/i.exec(text) ?? []
  const has = listSelection(names.toUpperCase(), ({ socket }) => socket?.state ?? '')
  return row => row.socket === undefined || row.socket.protocol !== protocol.toLowerCase() || has(row)
}

const pathSelection = ({ machine, cwd }: Call, word: string): Selection => {
  const path = resolvePath(cwd, word)
  const mount = machine.filesystems.find(each => each.mount === path)
  return row =>
    row.path === path ||
    (mount !== undefined && row.path?.startsWith('/') === true && filesystemOf(machine, row.path) === mount)
}

type Read = {
  readonly selections: readonly Selection[]
  readonly state: Selection
  readonly switches: ReadonlySet<string>
  readonly showsLinks: boolean
  readonly problem: string | undefined
}

/** `+d`, `+D` and `+L` begin with a plus, which no other program's options do. */
const readPlus = (
  args: readonly string[],
): {
  readonly below: readonly string[]
  readonly isUnlinked: boolean
  readonly showsLinks: boolean
  readonly rest: readonly string[]
} => {
  const below: string[] = []
  const rest: string[] = []
  let isUnlinked = false
  let showsLinks = false
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (/^\+[dD]/.test(word)) below.push(word.length > 2 ? word.slice(2) : (args[++at] ?? ''))
    else if (word.startsWith('+L')) {
      isUnlinked = word === '+L1'
      showsLinks = true
    } else if (!/^\+[cfwrM]/.test(word)) rest.push(word)
  }
  return { below, isUnlinked, showsLinks, rest }
}

/** The word after an `-i` or `-s` that has none attached belongs to it, unless it is an option. */
const joined = (args: readonly string[]): readonly string[] => {
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    const next = args[at + 1]
    const isOpen = /^-[a-zA-Z]*[is]$/.test(word) && next !== undefined && !/^[-+]/.test(next)
    words.push(isOpen ? word + next : word)
    if (isOpen) at += 1
  }
  return words
}

const read = (call: Call): Read => {
  const { below, isUnlinked, showsLinks, rest } = readPlus(call.args)
  const { options, words, unknown } = readOptions(table, joined(rest))
  const sockets = (options.get('i') ?? []).map(socketSelection)
  const wrong = (options.get('i') ?? []).find((_, at) => sockets[at] === undefined)
  const listed = (name: string, fieldOf: (row: Row) => string): readonly Selection[] =>
    (options.get(name) ?? []).map(text => listSelection(text, fieldOf))
  const selections = [
    ...sockets.filter(selection => selection !== undefined),
    ...listed('p', ({ process }) => String(process.pid)),
    ...listed('u', ({ process }) => process.user),
    ...listed('d', ({ cells: [fd = ''] }) => fd.replace(/\D+$/, '') || fd),
    ...(options.get('c') ?? []).map(
      (text): Selection =>
        ({ process }) =>
          process.name.startsWith(text),
    ),
    ...(options.has('U') ? [({ isUnix }: Row): boolean => isUnix] : []),
    ...(isUnlinked ? [({ path }: Row): boolean => path?.endsWith(DELETED) === true] : []),
    ...below.map(
      (word): Selection =>
        ({ path }) =>
          path !== undefined && isBelow(path, resolvePath(call.cwd, word)),
    ),
    ...(words.length === 0
      ? []
      : [(row: Row): boolean => words.some(word => pathSelection(call, word)(row))]),
  ]
  const states = (options.get('s') ?? []).filter(text => text !== '').map(stateSelection)
  return {
    selections,
    state: row => states.every(has => has(row)),
    switches: new Set(options.keys()),
    showsLinks,
    problem:
      unknown !== undefined
        ? `lsof: illegal option character: ${unknown.slice(-1)}\n`
        : wrong !== undefined
          ? `lsof: unacceptable port specification in: -i ${wrong}\n`
          : undefined,
  }
}

const head = ['COMMAND', 'PID', 'USER', 'FD', 'TYPE', 'DEVICE', 'SIZE/OFF', 'NODE', 'NAME']
const right = 'right' as const
const alignments = ['left' as const, ...Array.from({ length: 7 }, () => right), 'left' as const]

const lineOf = ({ process, cells }: Row): readonly string[] => [
  process.name.slice(0, 9),
  String(process.pid),
  process.user.slice(0, 8),
  // The number stands right-aligned before the letter of its mode, and a name as it is.
  /^\d/.test(cells[0] ?? '') ? (cells[0] ?? '') : `${cells[0]} `,
  ...cells.slice(1),
]

/** Where the number of a file's names stands, when that is asked for. */
const LINKS_AT = 7

const linksOf = (row: Row | undefined): string =>
  row?.path === undefined ? '' : row.path.endsWith(DELETED) ? '0' : '1'

/** lsof(8): the files and sockets that processes hold open. Selections are any of those given, all of them with `-a`. */
export const lsof: Program = {
  names: ['lsof'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { selections, state, switches, showsLinks, problem } = read(call)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const rows = rowsOf(call, { withPortNumbers: switches.has('P') })
      .filter(
        row =>
          selections.length === 0 ||
          (switches.has('a') ? selections.every(has => has(row)) : selections.some(has => has(row))),
      )
      .filter(state)
    if (rows.length === 0) return { exit: 1, tookMs: 300 }
    if (switches.has('t'))
      return { stdout: asText([...new Set(rows.map(({ process }) => String(process.pid)))]) }
    const lines = [head, ...rows.map(lineOf)].map((line, at) =>
      showsLinks ? line.toSpliced(LINKS_AT, 0, at === 0 ? 'NLINK' : linksOf(rows[at - 1])) : line,
    )
    const columns = showsLinks ? alignments.toSpliced(LINKS_AT, 0, right) : alignments
    return { stdout: asText(alignColumns(lines, { alignments: columns })), tookMs: 600 }
  },
}
