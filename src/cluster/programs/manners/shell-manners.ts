import { accountsOf, isNamed } from '../../relations/accounts.ts'
import { isBefore } from '../../relations/userland.ts'
import { everywhere, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

const limits: readonly (readonly [string, string, string, string])[] = [
  ['real-time non-blocking time', '(microseconds, -R)', 'R', 'unlimited'],
  ['core file size', '(blocks, -c)', 'c', '0'],
  ['data seg size', '(kbytes, -d)', 'd', 'unlimited'],
  ['scheduling priority', '(-e)', 'e', '0'],
  ['file size', '(blocks, -f)', 'f', 'unlimited'],
  ['pending signals', '(-i)', 'i', '63596'],
  ['max locked memory', '(kbytes, -l)', 'l', '2046868'],
  ['max memory size', '(kbytes, -m)', 'm', 'unlimited'],
  ['open files', '(-n)', 'n', '1024'],
  ['pipe size', '(512 bytes, -p)', 'p', '8'],
  ['POSIX message queues', '(bytes, -q)', 'q', '819200'],
  ['real-time priority', '(-r)', 'r', '0'],
  ['stack size', '(kbytes, -s)', 's', '8192'],
  ['cpu time', '(seconds, -t)', 't', 'unlimited'],
  ['max user processes', '(-u)', 'u', '63596'],
  ['virtual memory', '(kbytes, -v)', 'v', 'unlimited'],
  ['file locks', '(-x)', 'x', 'unlimited'],
]

const MOST_FILES = 1_048_576

const hardOf = (letter: string, soft: string): string =>
  letter === 'n' ? String(MOST_FILES) : letter === 'c' || letter === 's' ? 'unlimited' : soft

const isBeyond = (value: string, bound: string): boolean =>
  bound !== 'unlimited' && (value === 'unlimited' || Number(value) > Number(bound))

/** ulimit, as bash has it built in: what it sets holds in this shell and in what it runs. */
export const ulimit: Program = {
  names: ['ulimit'],
  isInstalled: everywhere,
  run: ({ args, user, passage, machine }): Reply => {
    const isOld = isBefore(machine, 'bash', '5.1')
    const given = args.filter(arg => arg.startsWith('-')).join('')
    const letters = given.replaceAll(/[-HS]/g, '')
    const limitOf = ([, , letter, usual]: (typeof limits)[number]) =>
      passage.limits.get(letter) ?? { soft: usual, hard: hardOf(letter, usual) }
    const shown = (limit: (typeof limits)[number]): string =>
      limitOf(limit)[given.includes('H') ? 'hard' : 'soft']
    if (letters.includes('a'))
      return {
        stdout: asText(
          limits
            .filter(([, , letter]) => !isOld || letter !== 'R')
            .map(limit => `${limit[0].padEnd(20)} ${limit[1].padStart(isOld ? 15 : 19)} ${shown(limit)}`),
        ),
      }
    const wanted = limits.find(([, , letter]) => letter === (letters[0] ?? 'f'))
    if (wanted === undefined)
      return {
        stderr: `bash: ulimit: -${letters}: invalid option\nulimit: usage: ulimit [-SHabcdefiklmnpqrstuvxPT] [limit]\n`,
        exit: 2,
      }
    const value = args.find(arg => !arg.startsWith('-'))
    if (value === undefined) return { stdout: `${shown(wanted)}\n` }
    const now = limitOf(wanted)
    const asked = value === 'hard' ? now.hard : value === 'soft' ? now.soft : value
    if (!/^(\d+|unlimited)$/.test(asked))
      return { stderr: `bash: ulimit: ${value}: invalid number\n`, exit: 1 }
    const refused = {
      stderr: `bash: ulimit: ${wanted[0]}: cannot modify limit: Operation not permitted\n`,
      exit: 1,
    }
    if (wanted[2] === 'n' && isBeyond(asked, String(MOST_FILES))) return refused
    const setsHard = !given.includes('S') || given.includes('H')
    const setsSoft = !given.includes('H') || given.includes('S')
    if (user !== 'root' && isBeyond(asked, now.hard)) return refused
    if (!setsHard && isBeyond(asked, now.hard))
      return { ...refused, stderr: refused.stderr.replace('Operation not permitted', 'Invalid argument') }
    passage.limits.set(wanted[2], { soft: setsSoft ? asked : now.soft, hard: setsHard ? asked : now.hard })
    return {}
  },
}

/** What a shell has built in and has no effect that lasts here. */
export const quietBuiltins: Program = {
  names: ['trap', 'stty', 'reset', 'tput', 'hash', 'bind', 'complete'],
  isInstalled: everywhere,
  run: (): Reply => ({}),
}

/** umask, as bash has it built in. */
export const umask: Program = {
  names: ['umask'],
  isInstalled: everywhere,
  run: ({ args }): Reply =>
    args.includes('-S') ? { stdout: 'u=rwx,g=rx,o=rx\n' } : args.length > 0 ? {} : { stdout: '0022\n' },
}

/** What taskset and chrt tell of a process that runs. */
const ofProcess = (
  name: string,
  { args, pid, cores }: { readonly args: readonly string[]; readonly pid: string; readonly cores: number },
): Reply => {
  if (name === 'chrt')
    return {
      stdout: `pid ${pid}'s current scheduling policy: SCHED_OTHER\npid ${pid}'s current scheduling priority: 0\n`,
    }
  return {
    stdout: args.some(arg => /^-\w*c/.test(arg))
      ? `pid ${pid}'s current affinity list: 0-${cores - 1}\n`
      : `pid ${pid}'s current affinity mask: ${(2 ** cores - 1).toString(16)}\n`,
  }
}

/** Programs that run another with something set first: nohup, nice, setsid, stdbuf, su, runuser, taskset, chrt, unbuffer, command time. */
export const wrappers: Program = {
  names: ['nohup', 'nice', 'setsid', 'stdbuf', 'taskset', 'chrt', 'unbuffer', 'chronic'],
  isInstalled: everywhere,
  run: async ({ name, args, passage, stdin, host }): Promise<Reply> => {
    const takesValue = name === 'nice' ? /^-n$/ : name === 'taskset' ? /^-c$/ : /^-[ioe]$/
    let at = 0
    while (args[at]?.startsWith('-') === true) at += takesValue.test(args[at] ?? '') ? 2 : 1
    const words = args.slice(at)
    const isOfProcess = args.some(arg => /^-\w*p\w*$/.test(arg)) && /^(taskset|chrt)$/.test(name)
    if (isOfProcess) return ofProcess(name, { args, pid: words.at(-1) ?? '', cores: host.cpu.cores })
    if (words.length === 0)
      return name === 'nice'
        ? { stdout: '0\n' }
        : { stderr: `${name}: missing operand\nTry '${name} --help' for more information.\n`, exit: 125 }
    const reply = await passage.runHere(words, { stdin })
    return name === 'nohup' ? { ...reply, stderr: `nohup: ignoring input\n${reply.stderr ?? ''}` } : reply
  },
}

/** su(1) and runuser(1): a command or a shell as somebody else. */
export const su: Program = {
  names: ['su', 'runuser'],
  isInstalled: onMachines,
  run: async ({ name, args, passage, machine, host, container, user }): Promise<Reply> => {
    const at = args.findIndex(arg => arg === '-c' || arg === '--command')
    const command = at === -1 ? undefined : args[at + 1]
    const named =
      args.filter((arg, index) => !arg.startsWith('-') && (at === -1 || index !== at + 1))[0] ?? 'root'
    if (!isNamed(accountsOf(machine), named))
      return {
        stderr: `${name}: user ${named} does not exist or the user entry does not contain all the required fields\n`,
        exit: 1,
      }
    if (user !== 'root') return { stderr: 'Password: \nsu: Authentication failure\n', exit: 1 }
    const shell = accountsOf(machine).find(account => account.name === named)?.shell ?? ''
    if (name === 'su' && /\/(nologin|false)$/.test(shell))
      return {
        stdout: shell.endsWith('nologin') ? 'This account is currently not available.\n' : '',
        exit: 1,
      }
    const post = { machine, host, container, user: named }
    if (command !== undefined) return passage.runAt(post, command)
    passage.enter(post)
    return {}
  },
}
