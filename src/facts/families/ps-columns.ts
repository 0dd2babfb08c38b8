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
const full = 'UID PID PPID C STIME TTY TIME CMD'

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
  return headerColumns(argv.some(word => /^-[a-zA-Z]*[ef]/.test(word)) ? full : aux)
}
