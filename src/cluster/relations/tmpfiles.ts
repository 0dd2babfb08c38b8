import { linkAt, makeFolder, makeLink, namesIn, readText, removePath, writeText } from '../files/file-tree.ts'
import { baseName } from '../files/paths.ts'
import type { Machine } from '../world/machine.ts'

/** A line of tmpfiles.d(5). */
export type TmpfilesLine = {
  readonly type: string
  readonly path: string
  readonly mode: string
  readonly user: string
  readonly group: string
  readonly argument: string
}

/** Where such lines lie; a file hides those of its name in the later folders. */
const FOLDERS = ['/etc/tmpfiles.d', '/run/tmpfiles.d', '/usr/lib/tmpfiles.d'] as const

/** The files of tmpfiles.d that hold, in the order of their names. */
export const tmpfilesPaths = ({ files }: Machine): readonly string[] => {
  const byName = new Map<string, string>()
  for (const folder of FOLDERS)
    for (const name of namesIn(files, folder))
      if (name.endsWith('.conf') && !byName.has(name)) byName.set(name, `${folder}/${name}`)
  return [...byName.values()].sort((a, b) => (baseName(a) < baseName(b) ? -1 : 1))
}

const usual = (word: string | undefined, otherwise: string): string =>
  word === undefined || word === '-' ? otherwise : word

/** The lines in a text of the form of tmpfiles.d(5). */
export const tmpfilesLines = (text: string): readonly TmpfilesLine[] =>
  text.split('\n').flatMap(row => {
    const line = row.trim()
    if (line === '' || line.startsWith('#')) return []
    const [type = '', path = '', mode, user, group, , ...rest] = line.split(/\s+/)
    return [
      {
        type,
        path: path.replace(/(.)\/+$/, '$1'),
        mode: usual(mode, '').replace(/^[~:]+/, ''),
        user: usual(user, 'root'),
        group: usual(group, 'root'),
        argument: usual(rest.join(' ') || undefined, ''),
      },
    ]
  })

const create = ({ files }: Machine, line: TmpfilesLine, mtimeMs: number): void => {
  const { path, mode, user: owner, group, argument } = line
  const exists = linkAt(files, path) !== undefined
  const kind = line.type.replace(/[!\-=~^$]/g, '')
  const setup = (fallback: string) => ({ owner, group, mtimeMs, mode: Number.parseInt(mode || fallback, 8) })
  if (/^[dDvqQ]$/.test(kind) && !exists) makeFolder(files, path, setup('755'))
  if (kind === 'f' && !exists) writeText(files, path, { ...setup('644'), text: argument })
  if (/^(f\+|F)$/.test(kind)) writeText(files, path, { ...setup('644'), text: argument })
  if (kind === 'L+' && exists) removePath(files, path)
  if (/^L\+?$/.test(kind) && linkAt(files, path) === undefined)
    makeLink(files, path, { to: argument || `/usr/share/factory${path}`, owner, group, mtimeMs })
}

const remove = ({ files }: Machine, { type, path }: TmpfilesLine): void => {
  const kind = type.replace(/[!\-=~^$]/g, '')
  if (/^[rR]$/.test(kind)) removePath(files, path)
  if (kind === 'D') for (const name of namesIn(files, path)) removePath(files, `${path}/${name}`)
}

const isUnder = (path: string, folders: readonly string[]): boolean =>
  folders.some(folder => path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`))

/** Does what systemd-tmpfiles is called for by its arguments; without names of files among them, what all files of tmpfiles.d say. */
export const applyTmpfiles = (machine: Machine, args: readonly string[], atMs: number): void => {
  const valuesOf = (name: string) =>
    args.flatMap(arg => (arg.startsWith(`${name}=`) ? [arg.slice(name.length + 1)] : []))
  const [wanted, unwanted] = [valuesOf('--prefix'), valuesOf('--exclude-prefix')]
  const named = args.filter(arg => !arg.startsWith('-'))
  const paths = named.length > 0 ? named : tmpfilesPaths(machine)
  for (const line of paths.flatMap(path => tmpfilesLines(readText(machine.files, path) ?? ''))) {
    if (wanted.length > 0 && !isUnder(line.path, wanted)) continue
    if (isUnder(line.path, unwanted)) continue
    if (line.type.includes('!') && !args.includes('--boot')) continue
    if (args.includes('--remove')) remove(machine, line)
    if (args.includes('--create')) create(machine, line, atMs)
  }
}
