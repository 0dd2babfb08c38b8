import { read, type Tool, unknown } from '../tool.ts'

type More = Omit<Partial<Tool>, 'effect' | 'because' | 'subcommands' | 'bare'>
type Path = readonly string[]

const strange = unknown('not known to read')

const namesAt = (path: Path): readonly string[] => path[0]?.split('|') ?? []

const grow = (because: string, paths: readonly Path[]): Tool => {
  const names = [...new Set(paths.flatMap(namesAt))]
  if (names.length === 0) return read(because, { plainOperands: true })
  const subcommands = Object.fromEntries(
    names.map(name => {
      const further = paths.filter(path => namesAt(path).includes(name)).map(path => path.slice(1))
      return [name, grow(because, further)] as const
    }),
  )
  const ends = paths.some(path => path.length === 0)
  return {
    ...strange,
    subcommands: { ...subcommands, '*': strange },
    ...(ends ? { bare: { effect: 'read', because } as const } : {}),
  }
}

/**
 * A tool of which only those subcommands are known that look. Each path is a list of words apart by blanks, with `|` between
 * those that stand for one another; the empty path is the tool alone. Every other subcommand is unknown.
 */
export const looks = (because: string, paths: readonly string[], more: More = {}): Tool => ({
  ...grow(
    because,
    paths.map(path => (path === '' ? [] : path.split(' '))),
  ),
  ...more,
})
