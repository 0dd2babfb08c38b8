import { findNode, namesAt } from '../../../files/look-up.ts'
import { resolvePath } from '../../../files/paths.ts'
import { machineNowMs, shownThenMs } from '../../../relations/clock.ts'
import type { Call } from '../../../shell/program.ts'
import { globOf } from '../../../text/glob.ts'
import { readDate } from '../../../text/read-date.ts'
import { bytesOf, type Found, nameOf, typeOf } from './found.ts'

/** Whether something that was found fits. */
export type Test = (found: Found) => boolean

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** A number with a sign as find takes it: more than, less than, or just so. */
const fitsNumber = (text: string, value: number): boolean => {
  const wanted = Number(text.replace(/^[+-]/, '').replace(/[a-zA-Z]$/, ''))
  return text.startsWith('+') ? value > wanted : text.startsWith('-') ? value < wanted : value === wanted
}

const units: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }

const ofSize = (text: string): Test => {
  const unit = units[/[cwbkMG]$/.exec(text)?.[0] ?? 'b'] ?? 512
  return found => fitsNumber(text, Math.ceil(bytesOf(found) / unit))
}

const ofMode = (text: string): Test => {
  const wanted = Number.parseInt(text.replace(/^[-/]/, ''), 8)
  return ({ node }) => {
    const mode = node.mode & 0o7777
    if (text.startsWith('/')) return wanted === 0 || (mode & wanted) !== 0
    return text.startsWith('-') ? (mode & wanted) === wanted : mode === wanted
  }
}

const isEmpty =
  (call: Call): Test =>
  found =>
    found.node.kind === 'directory'
      ? namesAt(call, found.path).length === 0
      : found.node.kind === 'file' && bytesOf(found) === 0

/** The tests that take a value, by name; each gives its test, or why the value is none. */
export const valuedTests: Readonly<Record<string, (call: Call, value: string) => Test | string>> = {
  '-name': (_call, value) => {
    const glob = globOf(value)
    return ({ shown }) => glob.test(nameOf(shown))
  },
  '-iname': (_call, value) => {
    const glob = globOf(value, 'i')
    return ({ shown }) => glob.test(nameOf(shown))
  },
  '-path': (_call, value) => {
    const glob = globOf(value)
    return ({ shown }) => glob.test(shown)
  },
  '-regex': (_call, value) => {
    const pattern = new RegExp(
      `^(?:${value.replaceAll('\\(', '(').replaceAll('\\)', ')').replaceAll('\\|', '|')})$`,
    )
    return ({ shown }) => pattern.test(shown)
  },
  '-type': (_call, value) => found => value.split(',').includes(typeOf(found)),
  '-size': (_call, value) => ofSize(value),
  '-perm': (_call, value) => ofMode(value),
  '-user':
    (_call, value) =>
    ({ node }) =>
      node.owner === value,
  '-group':
    (_call, value) =>
    ({ node }) =>
      node.group === value,
  '-mtime':
    ({ world }, value) =>
    ({ node }) =>
      fitsNumber(value, Math.floor((world.nowMs - node.mtimeMs) / DAY_MS)),
  '-mmin':
    ({ world }, value) =>
    ({ node }) => {
      const minutes = (world.nowMs - node.mtimeMs) / MINUTE_MS
      // More and less are meant of the exact time; the number alone means the minute that ends with it.
      return fitsNumber(value, /^[+-]/.test(value) ? minutes : Math.ceil(minutes))
    },
  '-newer': (call, value) => {
    const other = findNode(call, resolvePath(call.cwd, value), 'links')
    return other === undefined
      ? `find: '${value}': No such file or directory`
      : ({ node }) => node.mtimeMs > other.mtimeMs
  },
  '-newermt': ({ world, machine }, value) => {
    const sinceMs = readDate({ machine, nowMs: machineNowMs(world, machine) }, value)
    return sinceMs === undefined
      ? `find: I cannot figure out how to interpret '${value}' as a date or time`
      : ({ node }) => shownThenMs(machine, node.mtimeMs) > sinceMs
  },
}

/** The tests that stand alone. */
export const plainTests: Readonly<Record<string, (call: Call) => Test>> = {
  '-empty': isEmpty,
  '-true': () => () => true,
  '-false': () => () => false,
}
