import { readText } from '../../files/file-tree.ts'
import { folderOf } from '../../files/paths.ts'
import { systemdTime } from '../../relations/clock.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { executionProblem } from '../../systemd/command-line.ts'
import { findUnit } from '../../systemd/load-unit.ts'
import { nextElapse } from '../../systemd/next-elapse.ts'
import { asText } from '../../text/columns.ts'
import { spanText } from '../../text/spans.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'

const TIMES =
  'Startup finished in 3.914s (kernel) + 18.407s (userspace) = 22.321s \ngraphical.target reached after 18.012s in userspace\n'
const REACHED_MS = 18_012

/** How long a unit took to come up: from the start of its process, and what forking it takes, which varies with its name. */
const startTookMs = ({ name, startedMs, sinceMs, usual }: Unit): number =>
  Math.max(0, sinceMs - (startedMs ?? sinceMs)) + 9 + ((name.length * 53) % 90) + usual.tasks * 17

const blame = (machine: Machine): string =>
  asText(
    [...machine.units.values()]
      .filter(unit => unit.name.endsWith('.service') && unit.active === 'active')
      .map(unit => [startTookMs(unit), unit.name] as const)
      .sort(([a], [b]) => b - a)
      .map(([ms, unit]) => `${spanText(ms).padStart(7)} ${unit}`),
  )

/** What a unit waited for last: the one among those it comes after that took longest. */
const lastBefore = (machine: Machine, unit: Unit, seen: ReadonlySet<string>): Unit | undefined =>
  [...unit.definition.after, ...unit.definition.requires]
    .map(name => machine.units.get(name))
    .filter(other => other?.active === 'active' && !seen.has(other.name))
    .sort((a, b) => startTookMs(b as Unit) - startTookMs(a as Unit))[0]

const heavy = (machine: Machine): Unit | undefined =>
  [...machine.units.values()]
    .filter(
      ({ name, active, definition }) =>
        name.endsWith('.service') && active === 'active' && definition.wantedBy.includes('multi-user.target'),
    )
    .sort((a, b) => startTookMs(b) - startTookMs(a))[0]

const chain = (machine: Machine, from: string): readonly Unit[] => {
  const units: Unit[] = []
  const seen = new Set<string>()
  let next: Unit | undefined = machine.units.get(from)
  while (next !== undefined && units.length < 12) {
    units.push(next)
    seen.add(next.name)
    const before = lastBefore(machine, next, seen)
    const ends = {
      'graphical.target': machine.units.get('multi-user.target'),
      'multi-user.target': heavy(machine),
    }
    next = before ?? (next.name in ends ? ends[next.name as keyof typeof ends] : undefined)
    if (next === undefined && !seen.has('basic.target')) next = machine.units.get('basic.target')
    else if (next === undefined && !seen.has('sysinit.target')) next = machine.units.get('sysinit.target')
  }
  return units
}

const HEAD =
  'The time when unit became active or started is printed after the "@" character.\nThe time the unit took to start is printed after the "+" character.\n\n'

const criticalChain = (machine: Machine, name: string): Reply => {
  if (machine.units.get(name) === undefined)
    return { stderr: `Failed to parse reply: Unit ${name} not found.\n`, exit: 1 }
  let atMs = REACHED_MS
  const lines = chain(machine, name).map((unit, depth) => {
    const took = unit.name.endsWith('.service') ? startTookMs(unit) : 0
    atMs -= depth === 0 ? 0 : took + 2
    const branch = depth === 0 ? '' : `${'  '.repeat(depth - 1)}└─`
    return `${branch}${unit.name} @${spanText(Math.max(40, atMs))}${took === 0 ? '' : ` +${spanText(took)}`}`
  })
  return { stdout: HEAD + asText(lines) }
}

const sections = /^\[(Unit|Service|Install|Timer|Socket|Mount|Path|Slice|Scope|Swap|Automount|X-.*)\]$/

const verify = (machine: Machine, paths: readonly string[]): Reply => {
  const problems = paths.flatMap(path => {
    const text = readText(machine.files, path)
    const name = path.split('/').at(-1) ?? path
    if (text === undefined) return [`Failed to prepare filename ${path}: No such file or directory`]
    const strange = text
      .split('\n')
      .flatMap((row, at) =>
        row.startsWith('[') && !sections.test(row.trim())
          ? [`${path}:${at + 1}: Unknown section '${row.trim().slice(1, -1)}'. Ignoring.`]
          : /^\w+$/.test(row.trim())
            ? [`${path}:${at + 1}: Missing '=', ignoring line.`]
            : [],
      )
    const command = /^ExecStart=(.+)$/m.exec(text)?.[1] ?? ''
    const problem = command === '' ? undefined : executionProblem(machine, command)
    return [
      ...strange,
      ...(problem === undefined
        ? []
        : [
            `${name}: Command ${command.replace(/^[-@+!:]+/, '').split(' ')[0]} is not executable: ${problem}`,
          ]),
    ]
  })
  return { stderr: asText(problems), exit: problems.length > 0 ? 1 : 0 }
}

const showConfig = (machine: Machine, name: string): Reply => {
  const path = name.startsWith('/') ? name : `/etc/${name}`
  const dropIns = [...machine.files.keys()].filter(
    each => folderOf(each) === `${path}.d` && each.endsWith('.conf'),
  )
  const shown = [path, ...dropIns.sort()].filter(each => readText(machine.files, each) !== undefined)
  return {
    stdout: shown.map(each => `# ${each}\n${readText(machine.files, each)}`).join('\n'),
    exit: shown.length === 0 ? 1 : 0,
  }
}

const calendar = ({ machine, world }: Call, expression: string): Reply => {
  const next = nextElapse(expression, world.nowMs)
  if (next === undefined)
    return { stderr: `Failed to parse calendar expression '${expression}': Invalid argument\n`, exit: 1 }
  return {
    stdout: `  Original form: ${expression}\n    Next elapse: ${systemdTime(machine, next)}\n       From now: ${spanText(next - world.nowMs)} left\n`,
  }
}

/** systemd-analyze(1): how a boot went, and what systemd makes of files and expressions. */
export const analyze: Program = {
  names: ['systemd-analyze'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { machine, args } = call
    const [verb = 'time', ...words] = args.filter(arg => !arg.startsWith('-'))
    for (const word of words) if (word.includes('.')) findUnit(machine, word)
    switch (verb) {
      case 'time':
        return { stdout: TIMES }
      case 'blame':
        return { stdout: blame(machine) }
      case 'critical-chain':
        return criticalChain(machine, words[0] ?? 'graphical.target')
      case 'verify':
        return verify(machine, words)
      case 'cat-config':
        return showConfig(machine, words[0] ?? '')
      case 'calendar':
        return calendar(call, words.join(' '))
      case 'security':
        return { stdout: `→ Overall exposure level for ${words[0] ?? 'all units'}: 9.6 UNSAFE\n` }
      default:
        return { stderr: `Unknown command verb ${verb}.\n`, exit: 1 }
    }
  },
}
