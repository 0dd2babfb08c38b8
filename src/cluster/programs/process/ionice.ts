import { ioPriorityOf } from '../../relations/io-priority.ts'
import { processesOf } from '../../relations/processes.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { IoPriority } from '../../world/machine.ts'

const kinds = ['none', 'realtime', 'best-effort', 'idle'] as const
const USUAL_LEVEL = 4

/** What was typed: its options by letter, and the words from the first on that is none. */
const readLine = (args: readonly string[]) => {
  const options = new Map<string, string>()
  let at = 0
  while (args[at]?.startsWith('-') === true) {
    const [, letter = '', joined = ''] = /^-([cnpPut])?(.*)$/.exec(args[at] ?? '') ?? []
    const isFlag = letter === 't' || joined !== ''
    options.set(letter, isFlag ? joined : (args[at + 1] ?? ''))
    at += isFlag ? 1 : 2
  }
  return { options, words: args.slice(at) }
}

const shown = ({ kind, level }: IoPriority): string => (kind === 'idle' ? kind : `${kind}: prio ${level}`)

const ofProcess = (call: Call, word: string, wanted: IoPriority | undefined): Reply => {
  const { world, machine } = call
  const pid = Number(word)
  if (!processesOf(world, machine).some(process => process.pid === pid))
    return {
      stderr: `ionice: ioprio_${wanted === undefined ? 'get' : 'set'} failed: No such process\n`,
      exit: 1,
    }
  if (wanted === undefined) return { stdout: asText([shown(ioPriorityOf(machine, pid))]) }
  machine.ioPriorities = { ...machine.ioPriorities, [pid]: wanted }
  return {}
}

/** ionice(1): before which others a process comes at a disk; told, set for one that runs, or for a command. */
export const ionice: Program = {
  names: ['ionice'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const { options, words } = readLine(call.args)
    const given = options.get('c')
    const kind = kinds.find((name, number) => given === name || given === String(number))
    if (given !== undefined && kind === undefined)
      return { stderr: `ionice: unknown scheduling class: '${given}'\n`, exit: 1 }
    const level = options.get('n')
    const isSet = given !== undefined || level !== undefined
    const wanted = isSet ? { kind: kind ?? 'best-effort', level: Number(level ?? USUAL_LEVEL) } : undefined
    const pid = options.get('p')
    if (pid === undefined)
      return words.length === 0
        ? { stdout: asText([shown({ kind: 'none', level: 0 })]) }
        : call.passage.runHere(words, { stdin: call.stdin })
    const replies = [pid, ...words].map(word => ofProcess(call, word, wanted))
    return {
      stdout: replies.map(({ stdout }) => stdout ?? '').join(''),
      stderr: replies.map(({ stderr }) => stderr ?? '').join(''),
      exit: Math.max(...replies.map(({ exit }) => exit ?? 0)),
    }
  },
}
