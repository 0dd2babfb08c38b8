import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

const listed = (env: Readonly<Record<string, string>>, ending: string): string =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}${ending}`)
    .join('')

/** printenv(1): exported variables, or the values of those that are named. */
export const printenv: Program = {
  names: ['printenv'],
  isInstalled: everywhere,
  run: ({ args, env }): Reply => {
    const names = args.filter(arg => !arg.startsWith('-'))
    const ending = args.includes('-0') || args.includes('--null') ? '\0' : '\n'
    if (names.length === 0) return { stdout: listed(env, ending) }
    const values = names.flatMap(name => env[name] ?? [])
    return {
      stdout: values.map(value => value + ending).join(''),
      exit: values.length < names.length ? 1 : 0,
    }
  },
}

type Wish = {
  readonly isBare: boolean
  readonly unset: readonly string[]
  readonly set: Readonly<Record<string, string>>
  readonly ending: string
  readonly words: readonly string[]
}

const readEnv = (args: readonly string[]): Wish => {
  const unset: string[] = []
  const set: Record<string, string> = {}
  let isBare = false
  let ending = '\n'
  let at = 0
  for (; args[at]?.startsWith('-') === true; at++) {
    const arg = args[at] ?? ''
    if (arg === '--') {
      at += 1
      break
    }
    if (arg === '-' || arg === '-i' || arg === '--ignore-environment') isBare = true
    else if (arg === '-0' || arg === '--null') ending = '\0'
    else if (arg === '-u') unset.push(args[++at] ?? '')
    else if (arg.startsWith('--unset=')) unset.push(arg.slice(8))
  }
  for (; /^[^=\s]+=/.test(args[at] ?? ''); at++) {
    const word = args[at] ?? ''
    set[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1)
  }
  return { isBare, unset, set, ending, words: args.slice(at) }
}

/** env(1): the exported variables, or a command with others. */
export const env: Program = {
  names: ['env'],
  isInstalled: everywhere,
  run: async ({ args, env: exported, passage, stdin }): Promise<Reply> => {
    const { isBare, unset, set, ending, words } = readEnv(args)
    const kept = Object.entries(isBare ? {} : exported).filter(([name]) => !unset.includes(name))
    const whole = { ...Object.fromEntries(kept), ...set }
    if (words.length === 0) return { stdout: listed(whole, ending) }
    return passage.runHere(words, { env: whole, stdin, isBare: true })
  },
}

const YES_LINES = 20_000

const BUSY_PERCENT = 99.7

/** yes(1), cut off where whoever reads it has had enough; in the background it goes on and keeps a core busy. */
export const yes: Program = {
  names: ['yes'],
  isInstalled: everywhere,
  run: ({ args, passage }): Reply => {
    if (passage.process !== undefined) {
      Object.assign(passage.process, { cpuPercent: BUSY_PERCENT, state: 'R' })
      return { follow: { next: () => '' } }
    }
    return { stdout: asText(Array.from({ length: YES_LINES }, () => args.join(' ') || 'y')), exit: 141 }
  },
}

/** history, as bash has it built in: the lines typed in the shell where it runs. */
export const history: Program = {
  names: ['history'],
  isInstalled: everywhere,
  run: ({ args, passage }): Reply => {
    const lines = passage.history.map((line, index) => `${String(index + 1).padStart(5)}  ${line}`)
    const count = Number(args[0] ?? lines.length)
    return Number.isInteger(count)
      ? { stdout: asText(count === 0 ? [] : lines.slice(-count)) }
      : args[0]?.startsWith('-') === true
        ? {}
        : { stderr: `bash: history: ${args[0]}: numeric argument required\n`, exit: 1 }
  },
}
