import { findNode } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { sizeOf } from '../../files/tree-totals.ts'
import { localTime } from '../../relations/clock.ts'
import { filesystemOf, filesystemUse } from '../../relations/filesystem-use.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { FileNode } from '../../world/file-node.ts'
import { modeText } from './mode-text.ts'

const idOf = (name: string): string => (name === 'root' ? '0' : '1000')

const stamp = ({ machine }: Call, ms: number): string => {
  const { year, month, day, time, millis, offset } = localTime(machine, ms)
  return `${year}-${month}-${day} ${time}.${millis}000000 ${offset}`
}

const kindOf = (node: FileNode): string =>
  ({
    file: sizeOf(node) === 0 ? 'regular empty file' : 'regular file',
    directory: 'directory',
    symlink: 'symbolic link',
  })[node.kind]

const describe = (call: Call, word: string, node: FileNode): readonly string[] => {
  const size = node.kind === 'symlink' ? node.text.length : sizeOf(node)
  const octal = (node.mode & 0o7777).toString(8).padStart(4, '0')
  const time = stamp(call, node.mtimeMs)
  return [
    `  File: ${word}${node.kind === 'symlink' ? ` -> ${node.text}` : ''}`,
    `  Size: ${String(size).padEnd(15)}\tBlocks: ${String(Math.ceil(size / 4096) * 8).padEnd(10)} IO Block: 4096   ${kindOf(node)}`,
    `Device: 802h/2050d\tInode: ${String(1000 + word.length * 977).padEnd(11)} Links: ${node.kind === 'directory' ? 2 : 1}`,
    `Access: (${octal}/${modeText(node, word)})  Uid: (${idOf(node.owner).padStart(5)}/${node.owner.padStart(8)})   Gid: (${idOf(node.group).padStart(5)}/${node.group.padStart(8)})`,
    `Access: ${time}`,
    `Modify: ${time}`,
    `Change: ${time}`,
    ` Birth: ${time}`,
  ]
}

const formatted = (
  call: Call,
  format: string,
  { word, node }: { readonly word: string; readonly node: FileNode },
): string => {
  const size = node.kind === 'symlink' ? node.text.length : sizeOf(node)
  const values: Readonly<Record<string, string>> = {
    a: (node.mode & 0o7777).toString(8),
    A: modeText(node, word),
    s: String(size),
    n: word,
    N: `'${word}'`,
    U: node.owner,
    G: node.group,
    u: idOf(node.owner),
    g: idOf(node.group),
    F: kindOf(node),
    y: stamp(call, node.mtimeMs),
    z: stamp(call, node.mtimeMs),
    x: stamp(call, node.mtimeMs),
    Y: String(Math.floor((node.mtimeMs + call.machine.clockOffsetMs) / 1000)),
    h: '1',
    '%': '%',
  }
  return format.replaceAll('\\n', '\n').replace(/%([a-zA-Z%])/g, (_, letter: string) => values[letter] ?? '?')
}

const filesystemText = ({ machine }: Call, word: string, path: string): readonly string[] => {
  const filesystem = filesystemOf(machine, path)
  if (filesystem === undefined) return []
  const { usedBytes, usedInodes } = filesystemUse(machine, filesystem)
  const blocks = (bytes: number): number => Math.max(0, Math.floor(bytes / 4096))
  return [
    `  File: "${word}"`,
    `    ID: 9f1c2b7a4e03d11 Namelen: 255     Type: ${filesystem.type === 'ext4' ? 'ext2/ext3' : filesystem.type}`,
    'Block size: 4096       Fundamental block size: 4096',
    `Blocks: Total: ${blocks(filesystem.sizeBytes)}   Free: ${blocks(filesystem.sizeBytes - usedBytes)}   Available: ${blocks(filesystem.sizeBytes - filesystem.reservedBytes - usedBytes)}`,
    `Inodes: Total: ${filesystem.inodes}   Free: ${filesystem.inodes - usedInodes}`,
  ]
}

/** stat(1) of GNU coreutils. */
export const stat: Program = {
  names: ['stat'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const lines: string[] = []
    const errors: string[] = []
    let format: string | undefined
    const words: string[] = []
    for (let at = 0; at < call.args.length; at++) {
      const word = call.args[at] ?? ''
      if (word === '-c' || word === '--format' || word === '--printf') format = call.args[++at]
      else if (/^(-c|--format=|--printf=)/.test(word)) format = word.replace(/^(-c|--format=|--printf=)/, '')
      else if (!word.startsWith('-')) words.push(word)
    }
    if (words.length === 0)
      return { stderr: "stat: missing operand\nTry 'stat --help' for more information.\n", exit: 1 }
    for (const word of words) {
      const path = resolvePath(call.cwd, word)
      const node = findNode(call, path, call.args.includes('-L') ? 'links' : 'folders-only')
      if (node === undefined) errors.push(`stat: cannot statx '${word}': No such file or directory`)
      else if (call.args.includes('-f')) lines.push(...filesystemText(call, word, path))
      else if (format !== undefined) lines.push(formatted(call, format, { word, node }))
      else lines.push(...describe(call, word, node))
    }
    return { stdout: asText(lines), stderr: asText(errors), exit: errors.length > 0 ? 1 : 0 }
  },
}
