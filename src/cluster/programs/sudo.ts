import { quoteWords } from '../kube/quote-words.ts'
import { accountsOf, isNamed } from '../relations/accounts.ts'
import { onMachines, type Program } from '../shell/program.ts'
import type { Machine } from '../world/machine.ts'

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

/** sudo(8): nobody is asked for a password on the simulated machines. */
export const sudo: Program = {
  names: ['sudo'],
  isInstalled: onMachines,
  run: async ({ args, stdin, passage, machine, host, container, user: asker, cwd }) => {
    const { words, env, wantsShell, user } = readWords(args)
    if (!isKnown(machine, user))
      return {
        stderr: `sudo: unknown user ${user}\nsudo: error initializing audit plugin sudoers_audit\n`,
        exit: 1,
      }
    const post = { machine, host, container, user }
    if (words.length > 0)
      return user === asker
        ? passage.runHere(words, { env, stdin })
        : passage.runAt(post, quoteWords(words), { env, stdin, cwd })
    if (!wantsShell) return args.includes('-v') || args.includes('-k') ? {} : { stderr: usage, exit: 1 }
    passage.enter(post, { env })
    return {}
  },
}
