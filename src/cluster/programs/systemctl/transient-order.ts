import { nodeAt } from '../../files/file-tree.ts'
import { hashOf } from '../../kube/pod.ts'
import { quoteWords } from '../../kube/quote-words.ts'
import type { Call } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'

/** What systemd-run is asked for. */
export type Order = {
  /** Without its ending. */
  readonly name: string
  /** Lines of the service's section, and of the timer's where there is to be one. */
  readonly properties: readonly string[]
  readonly timer: readonly string[]
  readonly description: string
  readonly switches: ReadonlySet<string>
  /** The command, its program by its path where it is found. */
  readonly words: readonly string[]
}

/** Options whose values become lines of a timer. */
const times: Readonly<Record<string, string>> = {
  '--on-active': 'OnActiveSec',
  '--on-boot': 'OnBootSec',
  '--on-startup': 'OnBootSec',
  '--on-unit-active': 'OnUnitActiveSec',
  '--on-calendar': 'OnCalendar',
}

/** Options whose values become lines of a service. */
const settings: Readonly<Record<string, string>> = {
  '--uid': 'User',
  '--gid': 'Group',
  '-E': 'Environment',
  '--setenv': 'Environment',
  '--nice': 'Nice',
  '--working-directory': 'WorkingDirectory',
  '--service-type': 'Type',
  '--slice': 'Slice',
}

const others = /^(-u|--unit|-p|--property|--timer-property|--description)$/

const FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin']

const pathOf = ({ files }: Machine, word: string): string =>
  word.includes('/')
    ? word
    : (FOLDERS.map(folder => `${folder}/${word}`).find(path => nodeAt(files, path) !== undefined) ?? word)

/** Reads the options of systemd-run and the command behind them. */
export const readOrder = ({ args, world, machine }: Call): Order => {
  const options = new Map<string, string[]>()
  const switches = new Set<string>()
  let at = 0
  for (; args[at]?.startsWith('-') === true; at++) {
    const word = args[at] ?? ''
    if (word === '--') {
      at += 1
      break
    }
    const [key = '', value] = word.startsWith('--') ? word.split(/=(.*)/s) : [word]
    const isValued = others.test(key) || Object.hasOwn(times, key) || Object.hasOwn(settings, key)
    if (value !== undefined || isValued)
      options.set(key, [...(options.get(key) ?? []), value ?? args[++at] ?? ''])
    else switches.add(key)
  }
  const given = (...keys: readonly string[]): readonly string[] => keys.flatMap(key => options.get(key) ?? [])
  const linesOf = (names: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(names).flatMap(([key, name]) => given(key).map(value => `${name}=${value}`))
  const [program, ...rest] = args.slice(at)
  const words = program === undefined ? [] : [pathOf(machine, program), ...rest]
  const timer = linesOf(times)
  return {
    name: (
      given('-u', '--unit')[0] ?? `run-r${hashOf(`${machine.bootId} ${world.nowMs} ${machine.nextPid}`)}`
    ).replace(/\.(service|scope|timer)$/, ''),
    properties: [...given('-p', '--property'), ...linesOf(settings)],
    timer: timer.length === 0 ? [] : [...timer, ...given('--timer-property')],
    description: given('--description')[0] ?? quoteWords(words),
    switches,
    words,
  }
}
