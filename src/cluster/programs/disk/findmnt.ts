import { isBelow } from '../../files/paths.ts'
import { filesystemOf } from '../../relations/filesystem-use.ts'
import { mountOptions, mountsOf } from '../../relations/mounts.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'
import type { Filesystem } from '../../world/machine.ts'

const table: OptionTable = {
  n: 'no-headings',
  noheadings: 'no-headings',
  o: 'output=',
  output: 'output=',
  t: 'types=',
  types: 'types=',
  T: 'target=',
  target: 'target=',
  S: 'source=',
  source: 'source=',
  M: 'mountpoint=',
  mountpoint: 'mountpoint=',
  J: 'json',
  json: 'json',
  l: 'list',
  list: 'list',
  r: 'list',
  raw: 'list',
  u: 'list',
  v: 'no-fsroot',
  nofsroot: 'no-fsroot',
  R: 'submounts',
  A: 'all',
  all: 'all',
  k: 'kernel',
  s: 'fstab',
  fstab: 'fstab',
  f: 'first',
}

const cells: Readonly<Record<string, (filesystem: Filesystem) => string>> = {
  TARGET: ({ mount }) => mount,
  SOURCE: ({ device }) => device,
  FSTYPE: ({ type }) => type,
  OPTIONS: mountOptions,
}

/** The mounts as a tree: each below the one on which its place lies, with the signs that lead to it. */
const asTree = (mounts: readonly Filesystem[]): readonly { each: Filesystem; signs: string }[] => {
  const parentOf = (one: Filesystem): Filesystem | undefined =>
    mounts
      .filter(other => other !== one && other.mount !== one.mount && isBelow(one.mount, other.mount))
      .sort((a, b) => b.mount.length - a.mount.length)[0]
  const parents = new Map(mounts.map(one => [one, parentOf(one)]))
  const below = (parent: Filesystem | undefined, lead: string): { each: Filesystem; signs: string }[] => {
    const children = mounts.filter(one => parents.get(one) === parent)
    return children.flatMap((each, at) => {
      const isLast = at === children.length - 1
      if (parent === undefined) return [{ each, signs: '' }, ...below(each, '')]
      const signs = `${lead}${isLast ? '└─' : '├─'}`
      return [{ each, signs }, ...below(each, `${lead}${isLast ? '  ' : '│ '}`)]
    })
  }
  return below(undefined, '')
}

/** What restricts the output, and so makes it a list. */
const restricting = ['types', 'source', 'target', 'mountpoint', 'list']

/** findmnt(8): what is mounted where. */
export const findmnt: Program = {
  names: ['findmnt'],
  isInstalled: onMachines,
  run: ({ world, machine, args }): Reply => {
    const read = readOptions(table, args)
    const problem = unknownOption('findmnt', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { options, words } = read
    const one = (name: string): string | undefined => options.get(name)?.at(-1)
    const columns = (one('output') ?? 'TARGET,SOURCE,FSTYPE,OPTIONS').toUpperCase().split(',')
    const strange = columns.find(name => cells[name] === undefined)
    if (strange !== undefined) return { stderr: `findmnt: unknown column: ${strange}\n`, exit: 1 }
    const types = one('types')?.split(',')
    const target = one('target')
    const below = target === undefined ? undefined : filesystemOf(machine, target)?.mount
    const named = [...words, ...(options.get('source') ?? []), ...(options.get('mountpoint') ?? [])]
    const found = mountsOf(world, machine)
      .filter(({ type }) => types?.includes(type) !== false)
      .filter(({ mount }) => target === undefined || mount === below)
      .filter(({ mount, device }) => named.every(word => word === mount || word === device))
    if (found.length === 0) return { exit: 1 }
    const isList = words.length > 0 || options.has('json') || restricting.some(name => options.has(name))
    const listed = isList ? found.map(each => ({ each, signs: '' })) : asTree(found)
    const rows = listed.map(({ each, signs }) =>
      columns.map(name => `${name === 'TARGET' ? signs : ''}${cells[name]?.(each) ?? ''}`),
    )
    if (options.has('json')) {
      const filesystems = rows.map(row =>
        Object.fromEntries(row.map((cell, at) => [(columns[at] ?? '').toLowerCase(), cell])),
      )
      return { stdout: `${JSON.stringify({ filesystems }, undefined, 3)}\n` }
    }
    return { stdout: asText(alignColumns(options.has('no-headings') ? rows : [columns, ...rows])) }
  },
}
