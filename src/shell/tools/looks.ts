import { read, type Tool, unknown } from '../tool.ts'

type More = Omit<Partial<Tool>, 'effect' | 'because' | 'subcommands' | 'bare'>
type Path = readonly string[]

const strange = unknown('not known to read')

const namesAt = (path: Path): readonly string[] => path[0]?.split('|') ?? []

/** Most tools are never asked for in a run, so that each level of subcommands is made when it is looked at. */
const grow = (because: string, paths: readonly Path[]): Tool => {
  const names = [...new Set(paths.flatMap(namesAt))]
  if (names.length === 0) return read(because, { plainOperands: true })
  const growOne = (name: string): Tool =>
    grow(
      because,
      paths.filter(path => namesAt(path).includes(name)).map(path => path.slice(1)),
    )
  let grown: Tool['subcommands']
  return {
    ...strange,
    get subcommands() {
      grown ??= { ...Object.fromEntries(names.map(name => [name, growOne(name)])), '*': strange }
      return grown
    },
    ...(paths.some(path => path.length === 0) ? { bare: { effect: 'read', because } as const } : {}),
  }
}

/**
 * A tool of which only those subcommands are known that look. Each path is a list of words apart by blanks, with `|` between
 * those that stand for one another; the empty path is the tool alone. Every other subcommand is unknown.
 */
export const looks = (because: string, paths: readonly string[], more: More = {}): Tool =>
  Object.assign(
    grow(
      because,
      paths.map(path => (path === '' ? [] : path.split(' '))),
    ),
    more,
  )
