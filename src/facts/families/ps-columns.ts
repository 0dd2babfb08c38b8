import { optionValue } from '../command/options.ts'
import type { CommandWords } from '../types.ts'

/** What a column holds; `command` is the one whose cells may be of several words. */
export type PsColumn = { readonly title: string; readonly isCommand: boolean }

const commands = ['COMMAND', 'CMD', 'ARGS']

const columnOf = (title: string): PsColumn => ({ title, isCommand: commands.includes(title) })

/** The columns of a header line, in order. */
export const headerColumns = (text: string): readonly PsColumn[] => text.trim().split(/\s+/).map(columnOf)

/** Tells whether a line names columns of ps: all words are titles, among them the process or its command. */
export const isPsHeader = (text: string): boolean => {
  const words = text.trim().split(/\s+/)
  return (
    words.length > 1 &&
    words.every(word => /^(?:%?[A-Z][A-Z_]*|F|%VSZ)$/.test(word)) &&
    words.some(word => word === 'PID' || commands.includes(word) || word === 'COMM')
  )
}

const names: Readonly<Record<string, string>> = {
  pcpu: '%CPU',
  pmem: '%MEM',
  args: 'COMMAND',
  command: 'COMMAND',
  cmd: 'COMMAND',
  comm: 'COMM',
  ucmd: 'COMM',
  ucomm: 'COMM',
  state: 'S',
  vsize: 'VSZ',
  rssize: 'RSS',
  rsz: 'RSS',
  euser: 'USER',
  ruser: 'USER',
  tname: 'TTY',
  tt: 'TTY',
  lstart: 'STARTED',
  start: 'STARTED',
  start_time: 'STIME',
  etime: 'ELAPSED',
  etimes: 'ELAPSED',
  cputime: 'TIME',
  bsdtime: 'TIME',
  thcount: 'NLWP',
  nice: 'NI',
  tid: 'LWP',
  spid: 'LWP',
}

const named = (list: string): readonly PsColumn[] =>
  list
    .split(/[,\s]+/)
    .map(word => word.replace(/[:=].*$/, ''))
    .filter(word => word !== '')
    .map(word => columnOf(names[word] ?? word.toUpperCase()))

const aux = 'USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND'

/** What option clusters ask for, the first that fits: dashed ones as they are, others as of BSD. */
const layouts: readonly (readonly [RegExp, string])[] = [
  [/^-\w*L\w*f|^-\w*f\w*L/, 'UID PID PPID LWP C NLWP STIME TTY TIME CMD'],
  [/^-\w*F/, 'UID PID PPID C SZ RSS PSR STIME TTY TIME CMD'],
  [/^-\w*f/, 'UID PID PPID C STIME TTY TIME CMD'],
  [/^-\w*(?:l\w*y|y\w*l)/, 'S UID PID PPID C PRI NI RSS SZ WCHAN TTY TIME CMD'],
  [/^-\w*l/, 'F S UID PID PPID C PRI NI ADDR SZ WCHAN TTY TIME CMD'],
  [/^[a-tv-z]*j[a-z]*$/, 'PPID PID PGID SID TTY TPGID STAT UID TIME COMMAND'],
  [/^[a-tv-z]*l[a-z]*$/, 'F UID PID PPID PRI NI VSZ RSS WCHAN STAT TTY TIME COMMAND'],
  [/^-?[a-z]*u[a-z]*$/, aux],
  [/^[axwf]+$/, 'PID TTY STAT TIME COMMAND'],
  [/^-\w*T/, 'PID SPID TTY TIME CMD'],
  [/^-\w*[eA]/, 'PID TTY TIME CMD'],
]

// `-eo pid,args`, `-o pid= -o args=`, `--format pid,args`
const askedFor = (argv: CommandWords): readonly string[] =>
  argv.flatMap((word, index) => {
    const before = argv[index - 1] ?? ''
    if (/^(?:-[A-Za-z]*o|o|[a-z]{1,4}o|--format)$/.test(before)) return [word]
    return word.startsWith('--format=') ? [word.slice('--format='.length)] : []
  })

/** The columns that the options of a command ask for, for outputs whose header a filter took away. */
export const askedColumns = (argv: CommandWords): readonly PsColumn[] => {
  const lists = askedFor(argv)
  if (lists.length > 0) return lists.flatMap(named)
  const joined = optionValue(argv, ['-eo', '-o'])
  if (joined !== undefined && /^[a-z%]/.test(joined)) return named(joined)
  const words = argv.slice(1)
  const layout = layouts.find(([pattern]) => words.some(word => pattern.test(word)))
  return headerColumns(layout?.[1] ?? aux)
}
