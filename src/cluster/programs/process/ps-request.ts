import type { Process } from '../../relations/processes.ts'
import type { Call } from '../../shell/program.ts'

/** What a command line of ps asks for. */
export type PsRequest = {
  readonly format: 'aux' | 'ef' | 'e' | 'ax' | 'own'
  readonly selectsAll: boolean
  readonly pids: readonly number[]
  readonly names: readonly string[]
  readonly users: readonly string[]
  readonly parents: readonly number[]
  readonly columns: readonly string[]
  readonly sort: readonly string[]
  readonly hasNoHeader: boolean
  readonly isForest: boolean
  /** Set where each thread is to have a row: by which name its number is shown. */
  readonly threads?: 'lwp' | 'spid'
  readonly isNegated: boolean
}

type Draft = { -readonly [Name in keyof PsRequest]: PsRequest[Name] }

const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/[,\s]+/).filter(item => item !== '')

const usage = (kind: string): string =>
  `error: ${kind}\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`

/** Takes one letter; says whether it used the value. `value` is what follows in the word, or the next word. */
const takeLetter = (
  draft: Draft,
  letter: string,
  value: string | undefined,
): 'used' | 'alone' | 'unknown' => {
  switch (letter) {
    case 'o':
      draft.columns = [
        ...draft.columns,
        ...(/=/.test(value ?? '') ? (value ?? '').split(/,(?=\w)/) : listOf(value)),
      ]
      return 'used'
    case 'p':
      draft.pids = [...draft.pids, ...listOf(value).map(Number)]
      return 'used'
    case 'C':
      draft.names = [...draft.names, ...listOf(value)]
      return 'used'
    case 'u':
    case 'U':
      draft.users = [...draft.users, ...listOf(value)]
      return 'used'
    case 'e':
    case 'A':
      draft.selectsAll = true
      draft.format = draft.format === 'own' ? 'e' : draft.format
      return 'alone'
    case 'f':
    case 'F':
      draft.format = 'ef'
      return 'alone'
    case 'N':
      draft.isNegated = true
      return 'alone'
    case 'H':
      draft.isForest = true
      return 'alone'
    case 'L':
    case 'T':
      draft.threads = letter === 'L' ? 'lwp' : 'spid'
      return 'alone'
    case 'h':
      draft.hasNoHeader = true
      return 'alone'
    default:
      return /[awlyjcMZdgst]/.test(letter) ? 'alone' : 'unknown'
  }
}

const takeBsd = (draft: Draft, word: string, next: string | undefined): boolean => {
  let used = false
  for (const letter of word) {
    if (letter === 'a' || letter === 'x') {
      draft.selectsAll = true
      if (draft.format === 'own') draft.format = 'ax'
    } else if (letter === 'u') draft.format = 'aux'
    else if (letter === 'f') draft.isForest = true
    else if (letter === 'h') draft.hasNoHeader = true
    else if (letter === 'o') {
      draft.columns = listOf(next)
      used = true
    } else if (letter === 'p') {
      draft.pids = listOf(next).map(Number)
      used = true
    }
  }
  return used
}

const takeLong = (draft: Draft, name: string, value: string): boolean => {
  if (name === 'sort') draft.sort = listOf(value)
  else if (name === 'ppid') draft.parents = listOf(value).map(Number)
  else if (name === 'pid') draft.pids = listOf(value).map(Number)
  else if (name === 'user') draft.users = listOf(value)
  else if (name === 'format') draft.columns = listOf(value)
  else if (name === 'forest') draft.isForest = true
  else if (/^(no-?headers?|noheading)$/.test(name)) draft.hasNoHeader = true
  else if (!/^(headers|cols|columns|width|lines|rows|deselect|info|version)$/.test(name)) return false
  return true
}

/** Reads a command line of ps; a text is what it says of one that it does not understand. */
export const readPsRequest = (args: readonly string[]): PsRequest | string => {
  const draft: Draft = {
    format: 'own',
    selectsAll: false,
    pids: [],
    names: [],
    users: [],
    parents: [],
    columns: [],
    sort: [],
    hasNoHeader: false,
    isForest: false,
    isNegated: false,
  }
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word.startsWith('--')) {
      const [name = '', attached] = word.slice(2).split(/=(.*)/s)
      const takesNext = attached === undefined && /^(sort|ppid|pid|user|format)$/.test(name)
      if (!takeLong(draft, name, attached ?? (takesNext ? (args[at + 1] ?? '') : '')))
        return usage('unknown gnu long option')
      if (takesNext) at += 1
    } else if (/^\d[\d,]*$/.test(word)) draft.pids = [...draft.pids, ...listOf(word).map(Number)]
    else if (!word.startsWith('-')) {
      if (!/^[a-zA-Z]+$/.test(word)) return usage('garbage option')
      if (takeBsd(draft, word, args[at + 1])) at += 1
    } else
      for (let letter = 1; letter < word.length; letter++) {
        const rest = word.slice(letter + 1)
        const taken = takeLetter(draft, word[letter] ?? '', rest === '' ? args[at + 1] : rest)
        if (taken === 'unknown') return usage('unsupported SysV option')
        if (taken !== 'used') continue
        if (rest === '') at += 1
        break
      }
  }
  return draft
}

const keys: Readonly<Record<string, (process: Process) => number | string>> = {
  '%cpu': p => p.cpuPercent,
  pcpu: p => p.cpuPercent,
  '%mem': p => p.memoryBytes,
  pmem: p => p.memoryBytes,
  rss: p => p.memoryBytes,
  vsz: p => p.virtualBytes,
  pid: p => p.pid,
  ppid: p => p.parentPid,
  user: p => p.user,
  comm: p => p.name,
  args: p => p.command,
  cmd: p => p.command,
  time: p => p.cpuMs,
  start_time: p => p.startedMs,
  start: p => p.startedMs,
  etime: p => -p.startedMs,
  nlwp: p => p.threads,
  stat: p => p.state,
  state: p => p.state,
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The processes that a request selects, in its order. */
export const matchProcesses = (
  { user }: Call,
  request: PsRequest,
  all: readonly Process[],
): readonly Process[] => {
  const { pids, names, users, parents, selectsAll, sort, isNegated } = request
  const hasFilter = pids.length + names.length + users.length + parents.length > 0
  const isPicked = (p: Process): boolean =>
    pids.includes(p.pid) || names.includes(p.name) || users.includes(p.user) || parents.includes(p.parentPid)
  const isOwn = (p: Process): boolean => p.user === user && /^(-bash|ps)/.test(p.command)
  const chosen = all.filter(p => (hasFilter ? isPicked(p) : selectsAll || isOwn(p)) !== isNegated)
  return sort.reduceRight<readonly Process[]>((sorted, word) => {
    const key = keys[word.replace(/^[-+]/, '')]
    if (key === undefined) return sorted
    const sign = word.startsWith('-') ? -1 : 1
    return sorted.toSorted((a, b) => sign * compare(key(a), key(b)))
  }, chosen)
}
