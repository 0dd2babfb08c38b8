import { readText } from '../files/file-tree.ts'
import { onMachines, type Program } from '../shell/program.ts'
import type { Machine } from '../world/machine.ts'

const takesValue = new Set(['-u', '-g', '-p', '-C', '-h', '-r', '-t', '-U', '-D'])

/** The words behind sudo's own options, the assignments among them, and whether a root shell is wanted. */
const readWords = (args: readonly string[]) => {
  let at = 0
  let wantsShell = false
  let user = 'root'
  while (args[at]?.startsWith('-') === true) {
    if (args[at] === '--') {
      at += 1
      break
    }
    if (args[at] === '-i' || args[at] === '-s') wantsShell = true
    if (args[at] === '-u') user = args[at + 1] ?? user
    at += takesValue.has(args[at] ?? '') ? 2 : 1
  }
  const env: Record<string, string> = {}
  for (; /^[A-Za-z_]\w*=/.test(args[at] ?? ''); at++) {
    const word = args[at] ?? ''
    env[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1)
  }
  return { words: args.slice(at), env, wantsShell, user }
}

const isKnown = (machine: Machine, user: string): boolean =>
  user === 'root' ||
  (readText(machine.files, '/etc/passwd') ?? '').split('\n').some(line => line.startsWith(`${user}:`))

const usage =
  'usage: sudo -h | -K | -k | -V\nusage: sudo -v [-ABknS] [-g group] [-h host] [-p prompt] [-u user]\nusage: sudo [-ABbEHknPS] [-u user] [VAR=value] [-i | -s] [command [arg ...]]\n'

/** sudo(8): nobody is asked for a password on the simulated machines. */
export const sudo: Program = {
  names: ['sudo'],
  isInstalled: onMachines,
  run: async ({ args, stdin, passage, machine, host, container }) => {
    const { words, env, wantsShell, user } = readWords(args)
    if (!isKnown(machine, user))
      return {
        stderr: `sudo: unknown user ${user}\nsudo: error initializing audit plugin sudoers_audit\n`,
        exit: 1,
      }
    if (words.length > 0 && user === 'root') return passage.runHere(words, { env, stdin })
    const post = { machine, host, container, user }
    if (words.length > 0)
      return passage.runAt(post, words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' '), {
        env,
        stdin,
      })
    if (!wantsShell) return args.includes('-v') || args.includes('-k') ? {} : { stderr: usage, exit: 1 }
    passage.enter(post, { cwd: user === 'root' ? '/root' : `/home/${user}`, env })
    return {}
  },
}
