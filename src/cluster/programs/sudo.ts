import { nodeAt } from '../files/file-tree.ts'
import { writeJournal } from '../journal/write-journal.ts'
import { quoteWords } from '../kube/quote-words.ts'
import { accountsOf, isNamed, userIdOf } from '../relations/accounts.ts'
import { sudoersProblems, sudoRulesOf } from '../relations/sudoers.ts'
import { onMachines, type Program, type Reply } from '../shell/program.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

const takesValue = new Set(['-u', '-g', '-p', '-C', '-h', '-r', '-t', '-U', '-D'])

/** The words behind sudo's own options, the assignments among them, whose place it takes, and whether a shell is wanted. */
const readWords = (args: readonly string[]) => {
  let at = 0
  let wantsShell = false
  let user = 'root'
  while (args[at]?.startsWith('-') === true) {
    const arg = args[at] ?? ''
    if (arg === '--') {
      at += 1
      break
    }
    const isShort = /^-[A-Za-z]/.test(arg)
    if (isShort && /[is]/.test(arg)) wantsShell = true
    if (arg.startsWith('--user=')) user = arg.slice('--user='.length)
    if (isShort && arg.endsWith('u')) user = args[at + 1] ?? user
    at += takesValue.has(arg) || (isShort && arg.endsWith('u')) ? 2 : 1
  }
  const env: Record<string, string> = {}
  for (; /^[A-Za-z_]\w*=/.test(args[at] ?? ''); at++) {
    const word = args[at] ?? ''
    env[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1)
  }
  return { words: args.slice(at), env, wantsShell, user }
}

const isKnown = (machine: Machine, user: string): boolean =>
  user === 'root' || isNamed(accountsOf(machine), user)

const usage =
  'usage: sudo -h | -K | -k | -V\nusage: sudo -v [-ABknS] [-g group] [-h host] [-p prompt] [-u user]\nusage: sudo [-ABbEHknPS] [-u user] [VAR=value] [-i | -s] [command [arg ...]]\n'

const listRights = (machine: Machine, who: string): Reply => {
  const rules = who === 'root' ? [{ command: 'ALL', asksPassword: true }] : sudoRulesOf(machine, who)
  return rules.length === 0
    ? { stdout: `User ${who} is not allowed to run sudo on ${machine.name}.\n` }
    : {
        stdout: `User ${who} may run the following commands on ${machine.name}:\n${rules.map(({ command, asksPassword }) => `    (ALL) ${asksPassword ? '' : 'NOPASSWD: '}${command}\n`).join('')}`,
      }
}

type Asking = {
  readonly asker: string
  readonly user: string
  readonly words: readonly string[]
  readonly args: readonly string[]
}

/** What sudo says in place of running something: by its files, or when it is only asked for rights. */
const refusalOf = (machine: Machine, { asker, words, args }: Asking): Reply | undefined => {
  const problems = sudoersProblems(machine)
  const warnings = problems.map(text => `${text}\n`).join('')
  if (args.some(arg => /^-\w*l/.test(arg)) && words.length === 0)
    return {
      ...listRights(machine, args.includes('-U') ? (args[args.indexOf('-U') + 1] ?? asker) : asker),
      stderr: warnings,
    }
  if (asker === 'root') return undefined
  const rules = sudoRulesOf(machine, asker)
  const fits = rules.filter(({ command }) =>
    command
      .split(/,\s*/)
      .some(each => each === 'ALL' || each.split(' ')[0]?.split('/').at(-1) === words[0]?.split('/').at(-1)),
  )
  if (fits.some(({ asksPassword }) => !asksPassword)) return undefined
  if (args.some(arg => /^-\w*n\w*$/.test(arg)))
    return { stderr: `${warnings}sudo: a password is required\n`, exit: 1 }
  return {
    stderr: `${warnings}${fits.length > 0 ? 'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required\n' : `${asker} is not in the sudoers file.  This incident will be reported.\n`}`,
    exit: 1,
  }
}

/** What `secure_path` says in the sudoers file of a distribution. */
const securePathOf = ({ os }: Machine): readonly string[] =>
  os.id === 'centos'
    ? ['/sbin', '/bin', '/usr/sbin', '/usr/bin']
    : ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** The program of a command as sudo finds it. */
const programOf = (machine: Machine, word: string): string =>
  word.includes('/')
    ? word
    : (securePathOf(machine)
        .map(folder => `${folder}/${word}`)
        .find(path => nodeAt(machine.files, path) !== undefined) ?? `/bin/${word}`)

type Use = Omit<Asking, 'args'> & { readonly cwd: string }

/** What sudo tells the log of what it lets somebody do. */
const tellUse = (world: World, machine: Machine, { asker, user, words, cwd }: Use): void => {
  const [first = '/bin/bash', ...rest] = words
  machine.nextPid += 1
  const pid = machine.nextPid
  for (const message of [
    `${asker.padStart(8)} : TTY=pts/0 ; PWD=${cwd} ; USER=${user} ; COMMAND=${[programOf(machine, first), ...rest].join(' ')}`,
    `pam_unix(sudo:session): session opened for user ${user}(uid=${userIdOf(machine, user)}) by ${asker}(uid=${userIdOf(machine, asker)})`,
    `pam_unix(sudo:session): session closed for user ${user}`,
  ])
    writeJournal(machine, {
      atMs: world.nowMs,
      identifier: 'sudo',
      pid,
      priority: message.startsWith('pam') ? 6 : 5,
      message,
    })
}

/** sudo(8): nobody is asked for a password on the simulated machines. */
export const sudo: Program = {
  names: ['sudo'],
  isInstalled: onMachines,
  run: async ({ world, args, stdin, passage, machine, host, container, user: asker, cwd }) => {
    const { words, env, wantsShell, user } = readWords(args)
    if (!isKnown(machine, user))
      return {
        stderr: `sudo: unknown user ${user}\nsudo: error initializing audit plugin sudoers_audit\n`,
        exit: 1,
      }
    const refusal = refusalOf(machine, { asker, words, args, user })
    if (refusal !== undefined) return refusal
    const post = { machine, host, container, user }
    if (words.length > 0 || wantsShell) tellUse(world, machine, { asker, user, words, cwd })
    if (words.length > 0)
      return user === asker
        ? passage.runHere(words, { env, stdin })
        : passage.runAt(post, quoteWords(words), { env, stdin, cwd })
    if (!wantsShell) return args.includes('-v') || args.includes('-k') ? {} : { stderr: usage, exit: 1 }
    passage.enter(post, { env })
    return {}
  },
}
