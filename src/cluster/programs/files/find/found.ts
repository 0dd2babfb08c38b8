import { findNode } from '../../../files/look-up.ts'
import { resolvePath } from '../../../files/paths.ts'
import { sizeOf } from '../../../files/tree-totals.ts'
import { localTime, shownThenMs, stampMs } from '../../../relations/clock.ts'
import { inodeNumberOf } from '../../../relations/file-identity.ts'
import type { Call } from '../../../shell/program.ts'
import type { FileNode } from '../../../world/file-node.ts'
import { modeText } from '../mode-text.ts'

/** What a walk has come to: its path as shown, and how deep it lies below where the walk began. */
export type Found = {
  readonly shown: string
  readonly path: string
  readonly depth: number
  readonly node: FileNode
}

/** What lies at a path as it is shown; a link counts as a link. */
export const foundAt = (call: Call, shown: string, depth: number): Found | undefined => {
  const path = resolvePath(call.cwd, shown)
  const node = findNode(call, path, 'folders-only')
  return node === undefined ? undefined : { shown, path, depth, node }
}

/** The last part of a path. */
export const nameOf = (shown: string): string => shown.replace(/\/+$/, '').split('/').at(-1) || '/'

/** How many bytes a node has as files are measured. */
export const bytesOf = ({ node }: Found): number =>
  node.kind === 'symlink' ? node.text.length : node.kind === 'directory' ? 4_096 : sizeOf(node)

const letters: Readonly<Record<FileNode['kind'], string>> = { file: 'f', directory: 'd', symlink: 'l' }

/** The letter by which -type knows a node; what lies below /dev are devices. */
export const typeOf = ({ node, path }: Found): string =>
  node.kind === 'file' ? (modeText(node, path)[0]?.replace('-', 'f') ?? 'f') : letters[node.kind]

/** A line of `-ls`. */
export const lsLine = (call: Call, found: Found): string => {
  const { node, path, shown } = found
  const { monthName, day, time } = localTime(call.machine, stampMs(call.machine, node.mtimeMs))
  const blocks = String(Math.ceil(bytesOf(found) / 4096) * 4)
  const inode = String(inodeNumberOf(path))
  const to = node.kind === 'symlink' ? ` -> ${node.text}` : ''
  return `${inode.padStart(9)} ${blocks.padStart(6)} ${modeText(node, path)} ${node.kind === 'directory' ? '  2' : '  1'} ${node.owner.padEnd(8)} ${node.group.padEnd(8)} ${String(bytesOf(found)).padStart(8)} ${monthName} ${day.replace(/^0/, ' ')} ${time.slice(0, 5)} ${shown}${to}\n`
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', '\\': '\\' }

/** What `-printf` prints of a node. */
export const printed = (call: Call, found: Found, format: string): string => {
  const { node, shown, path } = found
  const at = localTime(call.machine, stampMs(call.machine, node.mtimeMs))
  const seconds = (shownThenMs(call.machine, node.mtimeMs) / 1000).toFixed(10)
  const values: Readonly<Record<string, string>> = {
    p: shown,
    f: nameOf(shown),
    h: shown.includes('/') ? shown.slice(0, shown.lastIndexOf('/')) || '/' : '.',
    s: String(bytesOf(found)),
    b: String(Math.ceil(bytesOf(found) / 4096) * 8),
    k: String(Math.ceil(bytesOf(found) / 4096) * 4),
    m: (node.mode & 0o7777).toString(8),
    M: modeText(node, path),
    u: node.owner,
    g: node.group,
    d: String(found.depth),
    y: typeOf(found),
    l: node.kind === 'symlink' ? node.text : '',
    t: `${at.weekday} ${at.monthName} ${at.day.replace(/^0/, ' ')} ${at.time}.0000000000 ${at.year}`,
    'T@': seconds,
    'T+': `${at.year}-${at.month}-${at.day}+${at.time}.0000000000`,
    TY: at.year,
    Tm: at.month,
    Td: at.day,
    TH: at.time.slice(0, 2),
    TM: at.time.slice(3, 5),
    TS: `${at.time.slice(6, 8)}.0000000000`,
    TT: `${at.time}.0000000000`,
    TF: `${at.year}-${at.month}-${at.day}`,
    '%': '%',
  }
  return format
    .replace(/\\([nt0\\])/g, (_, letter: string) => escapes[letter] ?? letter)
    .replace(/%(-?\d*)([TAC].|.)/g, (whole, width: string, key: string) => {
      const value = values[key.replace(/^[AC](?=.)/, 'T')] ?? whole
      return width.startsWith('-') ? value.padEnd(Number(width.slice(1))) : value.padStart(Number(width))
    })
}
