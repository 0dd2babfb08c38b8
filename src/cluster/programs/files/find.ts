import { isBelow, resolvePath } from '../../files/paths.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { walkFind } from './find/walk-find.ts'

const staysOn = new Set(['-xdev', '-mount'])
/** Tests that change nothing of what is found here. */
const without = new Set(['-noleaf', '-ignore_readdir_race', '-follow'])

/** What the shell's own find knows nothing of. */
const isOwn = (arg: string, value = ''): boolean =>
  /^-(newermt|[amc]min|ls|printf|regex|[ac]time|cnewer)$/.test(arg) ||
  (arg === '-type' && /[^fd]/.test(value)) ||
  (arg === '-perm' && value.startsWith('/'))

const mountsOf = ({ machine }: Pick<Call, 'machine'>): readonly string[] =>
  ['/proc', '/sys', '/dev', ...machine.filesystems.map(({ mount }) => mount)].filter(mount => mount !== '/')

/** What lies on other file systems below a start, by the path that would be shown. */
const beyond = ({ machine, cwd }: Call, start: string): readonly string[] => {
  const root = resolvePath(cwd, start)
  const shown = (mount: string): string => {
    const below = root === '/' ? mount : mount.slice(root.length)
    return `${start === '/' ? '' : start.replace(/\/+$/, '')}${below}`
  }
  return mountsOf({ machine })
    .filter(mount => mount !== root && isBelow(mount, root))
    .flatMap(mount => ['-not', '-path', `${shown(mount)}/*`])
}

/** find(1): the shell's own, which knows nothing of file systems, kept from those that -xdev leaves out. */
export const find: Program = {
  names: ['find'],
  isInstalled: everywhere,
  run: (call): Reply | Promise<Reply> => {
    const { args, passage } = call
    const first = args.findIndex(arg => /^[-(!]/.test(arg))
    const starts = first === -1 ? args : args.slice(0, first)
    const rest = (first === -1 ? [] : args.slice(first)).filter(arg => !without.has(arg))
    const kept = rest.filter(arg => !staysOn.has(arg))
    const places = starts.length === 0 ? ['.'] : starts
    if (kept.some((arg, at) => isOwn(arg, kept[at + 1])))
      return walkFind(call, {
        starts: places,
        words: kept,
        beyond: kept.length < rest.length ? mountsOf(call) : [],
      })
    const limits = kept.length < rest.length ? places.flatMap(start => beyond(call, start)) : []
    return passage.original([...places, ...limits, ...kept])
  },
}
