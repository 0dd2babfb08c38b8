import { type Process, processesOf } from '../../relations/processes.ts'
import { hearsTerm } from '../../relations/term-signal.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { signalProcess } from '../../systemd/signal-process.ts'
import { signalName, signalNumber } from '../../systemd/unit-lines.ts'
import { asText } from '../../text/columns.ts'
import { findJob } from '../manners/job-control.ts'
import { ownProcesses } from './own-processes.ts'

const nameOfSignal = (word: string): string | undefined => {
  const name = word.replace(/^SIG/i, '').toUpperCase()
  if (name === '0') return '0'
  if (/^\d+$/.test(name)) return signalName(Number(name))
  return signalNumber(name) === undefined ? undefined : name
}

type Wanted = { readonly signal: string | undefined; readonly words: readonly string[] }

/** The signal and the operands of kill and its kin: `-9`, `-KILL`, `-s KILL`, `--signal KILL`. */
const readSignal = (args: readonly string[]): Wanted => {
  const words: string[] = []
  let signal: string | undefined = 'TERM'
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word === '-s' || word === '--signal' || word === '-n') {
      at += 1
      signal = nameOfSignal(args[at] ?? '')
    } else if (word.startsWith('--signal=')) signal = nameOfSignal(word.slice(9))
    else if (/^-(\d+|[A-Z][A-Z0-9]+|SIG\w+)$/.test(word)) signal = nameOfSignal(word.slice(1))
    else words.push(word)
  }
  return { signal, words }
}

const send = ({ world, machine, user }: Call, process: Process, signal: string): string | undefined => {
  if (user !== 'root' && process.user !== user) return 'Operation not permitted'
  // From within its namespace the first process gets only the signals that it asked for.
  const isShielded = machine.inside?.seesAllProcesses === false && process.pid === 1
  const catchesTerm = process.container !== undefined && hearsTerm(process.container)
  if (isShielded && !(signal === 'TERM' && catchesTerm)) return undefined
  signalProcess(world, machine, { process, signal })
  return undefined
}

/** kill, as bash has it built in. */
export const kill: Program = {
  names: ['kill'],
  isInstalled: everywhere,
  run: (call): Reply => {
    if (call.args[0] === '-l' || call.args[0] === '-L')
      return {
        stdout:
          ' 1) SIGHUP\t 2) SIGINT\t 3) SIGQUIT\t 4) SIGILL\t 6) SIGABRT\n 9) SIGKILL\t11) SIGSEGV\t13) SIGPIPE\t14) SIGALRM\t15) SIGTERM\n',
      }
    const { signal, words } = readSignal(call.args)
    if (signal === undefined)
      return {
        stderr: `bash: kill: ${call.args[0]?.slice(1) ?? ''}: invalid signal specification\n`,
        exit: 1,
      }
    if (words.length === 0)
      return {
        stderr:
          'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
        exit: 2,
      }
    const processes = processesOf(call.world, call.machine)
    const errors: string[] = []
    for (const word of words.filter(each => each !== '--')) {
      const job = word.startsWith('%') ? findJob(call.passage.jobs, word) : undefined
      const pid = job?.process.pid ?? Number(word.replace(/^-/, ''))
      const process = processes.find(candidate => candidate.pid === pid)
      if (word.startsWith('%') && job === undefined) errors.push(`bash: kill: ${word}: no such job`)
      else if (job === undefined && !/^-?\d+$/.test(word))
        errors.push(`bash: kill: ${word}: arguments must be process or job IDs`)
      else if (process === undefined) errors.push(`bash: kill: (${word}) - No such process`)
      else {
        const problem = send(call, process, signal)
        if (problem !== undefined) errors.push(`bash: kill: (${word}) - ${problem}`)
      }
    }
    return { stderr: asText(errors), exit: errors.length > 0 ? 1 : 0, tookMs: 100 }
  },
}

const patternOf = (text: string, isExact: unknown): RegExp | undefined => {
  try {
    return new RegExp(isExact === true ? `^(?:${text})$` : text)
  } catch {
    return undefined
  }
}

const matching = (call: Call, words: readonly string[]): readonly Process[] | undefined => {
  const letters = words.filter(word => word.startsWith('-')).join('')
  const users = words.includes('-u') ? words[words.indexOf('-u') + 1]?.split(',') : undefined
  const parents = words.includes('-P') ? words[words.indexOf('-P') + 1]?.split(',').map(Number) : undefined
  const operands = words.filter(
    (word, at) => !word.startsWith('-') && !/^-[uPgGtd]$/.test(words[at - 1] ?? ''),
  )
  const pattern = patternOf(operands[0] ?? '', letters.includes('x'))
  if (pattern === undefined || (operands.length === 0 && users === undefined && parents === undefined))
    return undefined
  const all = [...processesOf(call.world, call.machine), ...ownProcesses(call, call.name).slice(0, -1)]
  const found = all.filter(
    process =>
      (users === undefined || users.includes(process.user)) &&
      (parents === undefined || parents.includes(process.parentPid)) &&
      pattern.test(letters.includes('f') ? process.command : process.name),
  )
  const ordered = found.toSorted((a, b) => a.startedMs - b.startedMs)
  if (letters.includes('n')) return ordered.slice(-1)
  return letters.includes('o') ? ordered.slice(0, 1) : found
}

const usage = (name: string): Reply => ({
  stderr: `${name}: no matching criteria specified\nTry \`${name} --help' for more information.\n`,
  exit: 2,
})

/** pgrep(1): pids by name. */
export const pgrep: Program = {
  names: ['pgrep'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const found = matching(call, call.args)
    if (found === undefined) return usage('pgrep')
    const letters = call.args.filter(word => word.startsWith('-')).join('')
    const isCount = letters.includes('c') || letters.includes('--count')
    const lines = found.map(({ pid, name, command }) =>
      letters.includes('a') ? `${pid} ${command}` : letters.includes('l') ? `${pid} ${name}` : String(pid),
    )
    return { stdout: isCount ? `${found.length}\n` : asText(lines), exit: found.length === 0 ? 1 : 0 }
  },
}

/** pkill(1) and killall(1): signals by name. */
export const pkill: Program = {
  names: ['pkill', 'killall'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { signal, words } = readSignal(call.args)
    if (signal === undefined) return { stderr: `${call.name}: unknown signal\n`, exit: 1 }
    const isKillall = call.name === 'killall'
    const found = isKillall
      ? processesOf(call.world, call.machine).filter(({ name }) => words.includes(name))
      : matching(call, words)
    if (found === undefined) return usage('pkill')
    const errors = found.flatMap(process => {
      const problem = send(call, process, signal)
      return problem === undefined ? [] : [`${call.name}: killing pid ${process.pid} failed: ${problem}`]
    })
    if (isKillall && found.length === 0) errors.push(`${words[0] ?? ''}: no process found`)
    return { stderr: asText(errors), exit: found.length === 0 || errors.length > 0 ? 1 : 0, tookMs: 100 }
  },
}
