import { findNode, linksTo } from '../../files/look-up.ts'
import { isBelow, resolvePath } from '../../files/paths.ts'
import { sizeOf, takenBy } from '../../files/tree-totals.ts'
import { groupIdOf, userIdOf } from '../../relations/accounts.ts'
import { localTime, shownThenMs, stampMs } from '../../relations/clock.ts'
import { deviceNumbers } from '../../relations/device-numbers.ts'
import { deviceNumbersOf, inodeNumberOf } from '../../relations/file-identity.ts'
import { filesystemOf, filesystemUse } from '../../relations/filesystem-use.ts'
import { hasOldControlGroups } from '../../relations/system-version.ts'
import { isBefore } from '../../relations/userland.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, readOptions, unknownOption } from '../../text/read-options.ts'
import type { FileNode } from '../../world/file-node.ts'
import type { Machine } from '../../world/machine.ts'
import { modeText, specialOf } from './mode-text.ts'

const BLOCK_BYTES = 4096

const stamp = ({ machine }: Call, ms: number): string => {
  const { year, month, day, time, millis, offset } = localTime(machine, stampMs(machine, ms))
  return `${year}-${month}-${day} ${time}.${millis}000000 ${offset}`
}

const specialNames = {
  block: 'block special file',
  character: 'character special file',
  pipe: 'fifo',
  socket: 'socket',
} as const

const kindOf = (node: FileNode, path: string): string => {
  const special = specialOf(node, path)
  if (special !== undefined) return specialNames[special]
  const file = sizeOf(node) === 0 ? 'regular empty file' : 'regular file'
  return { file, directory: 'directory', symlink: 'symbolic link' }[node.kind]
}

/** How many units of 512 bytes a node takes. */
const blocksOf = (node: FileNode): number =>
  node.kind === 'symlink' ? 0 : Math.ceil(takenBy(node) / 4096) * 8

const describe = (call: Call, word: string, node: FileNode): readonly string[] => {
  const size = node.kind === 'symlink' ? node.text.length : sizeOf(node)
  const octal = (node.mode & 0o7777).toString(8).padStart(4, '0')
  const time = stamp(call, node.mtimeMs)
  const path = resolvePath(call.cwd, word)
  const { major, minor } = deviceNumbersOf(call.machine, path)
  const device = major * 256 + minor
  const isOld = isBefore(call.machine, 'coreutils', '8.25')
  const name = (text: string): string => (isOld ? `‘${text}’` : text)
  return [
    `  File: ${name(word)}${node.kind === 'symlink' ? ` -> ${name(node.text)}` : ''}`,
    `  Size: ${String(size).padEnd(10)}\tBlocks: ${String(blocksOf(node)).padEnd(10)} IO Block: 4096   ${kindOf(node, word)}`,
    `Device: ${device.toString(16)}h/${device}d\tInode: ${String(inodeNumberOf(path)).padEnd(11)} Links: ${linksTo(call, path, node)}`,
    `Access: (${octal}/${modeText(node, word)})  Uid: (${userIdOf(call.machine, node.owner).padStart(5)}/${node.owner.padStart(8)})   Gid: (${groupIdOf(call.machine, node.group).padStart(5)}/${node.group.padStart(8)})`,
    `Access: ${time}`,
    `Modify: ${time}`,
    `Change: ${time}`,
    // No kernel tells it to a release before this one.
    ` Birth: ${isBefore(call.machine, 'coreutils', '8.31') ? '-' : time}`,
  ]
}

const formatted = (
  call: Call,
  format: string,
  { word, node }: { readonly word: string; readonly node: FileNode },
): string => {
  const size = node.kind === 'symlink' ? node.text.length : sizeOf(node)
  const path = resolvePath(call.cwd, word)
  const { major, minor } = deviceNumbersOf(call.machine, path)
  const device = major * 256 + minor
  const seconds = String(Math.floor(shownThenMs(call.machine, node.mtimeMs) / 1000))
  const values: Readonly<Record<string, string>> = {
    a: (node.mode & 0o7777).toString(8),
    A: modeText(node, word),
    s: String(size),
    n: word,
    N: `'${word}'`,
    U: node.owner,
    G: node.group,
    u: userIdOf(call.machine, node.owner),
    g: groupIdOf(call.machine, node.group),
    F: kindOf(node, word),
    y: stamp(call, node.mtimeMs),
    z: stamp(call, node.mtimeMs),
    x: stamp(call, node.mtimeMs),
    w: stamp(call, node.mtimeMs),
    X: seconds,
    Y: seconds,
    Z: seconds,
    W: seconds,
    b: String(blocksOf(node)),
    B: '512',
    d: String(device),
    D: device.toString(16),
    f: ((node.mode & 0o7777) | fileTypes[node.kind]).toString(16),
    get h() {
      return String(linksTo(call, path, node))
    },
    i: String(inodeNumberOf(path)),
    m: filesystemOf(call.machine, path)?.mount ?? '/',
    o: String(BLOCK_BYTES),
    t: special(path, 0),
    T: special(path, 1),
    '%': '%',
  }
  return format.replaceAll('\\n', '\n').replace(/%([a-zA-Z%])/g, (_, letter: string) => values[letter] ?? '?')
}

/** One of the two numbers of a device, in hexadecimal; 0 of anything else. */
const special = (path: string, part: 0 | 1): string =>
  Number(deviceNumbers(path)?.split(', ')[part] ?? 0).toString(16)

/** The bits of a mode that tell what a file is. */
const fileTypes: Readonly<Record<FileNode['kind'], number>> = {
  file: 0o100_000,
  directory: 0o40_000,
  symlink: 0o120_000,
}

/** What `stat -f` calls the types of file systems. */
const typeNames: Readonly<Record<string, string>> = { ext4: 'ext2/ext3', overlay: 'overlayfs' }

/** What the kernel mounts by itself at these folders, in no list of disks. */
const kernelTypes: readonly (readonly [string, string])[] = [
  ['/sys/fs/cgroup', 'cgroup2fs'],
  ['/proc', 'proc'],
  ['/sys', 'sysfs'],
]

const typeAt = (machine: Machine, path: string, type: string): string => {
  if (hasOldControlGroups(machine) && isBelow(path, '/sys/fs/cgroup'))
    return path === '/sys/fs/cgroup' ? 'tmpfs' : 'cgroupfs'
  return kernelTypes.find(([folder]) => isBelow(path, folder))?.[1] ?? typeNames[type] ?? type
}

const filesystemText = (
  { machine }: Call,
  {
    word,
    path,
    format,
  }: { readonly word: string; readonly path: string; readonly format: string | undefined },
): readonly string[] => {
  const filesystem = filesystemOf(machine, path)
  if (filesystem === undefined) return []
  const { usedBytes, usedInodes } = filesystemUse(machine, filesystem)
  const blocks = (bytes: number): number => Math.max(0, Math.floor(bytes / BLOCK_BYTES))
  const values = {
    n: word,
    T: typeAt(machine, path, filesystem.type),
    s: BLOCK_BYTES,
    S: BLOCK_BYTES,
    b: blocks(filesystem.sizeBytes),
    f: blocks(filesystem.sizeBytes - usedBytes),
    a: blocks(filesystem.sizeBytes - filesystem.reservedBytes - usedBytes),
    c: filesystem.inodes,
    d: filesystem.inodes - usedInodes,
    l: 255,
    i: '9f1c2b7a4e03d11',
  }
  if (format !== undefined)
    return [format.replace(/%([a-zA-Z])/g, (_, letter: string) => String(values[letter as 'n'] ?? '?'))]
  return [
    `  File: "${word}"`,
    `    ID: ${values.i} Namelen: ${values.l}     Type: ${values.T}`,
    `Block size: ${values.s}       Fundamental block size: ${values.S}`,
    `Blocks: Total: ${values.b}   Free: ${values.f}   Available: ${values.a}`,
    `Inodes: Total: ${values.c}   Free: ${values.d}`,
  ]
}

const table: OptionTable = {
  c: 'format=',
  format: 'format=',
  printf: 'printf=',
  f: 'filesystem',
  'file-system': 'filesystem',
  L: 'dereference',
  dereference: 'dereference',
  t: 'terse',
  terse: 'terse',
}

/** stat(1) of GNU coreutils. */
export const stat: Program = {
  names: ['stat'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const lines: string[] = []
    const errors: string[] = []
    const read = readOptions(table, call.args)
    const { options, words } = read
    const problem = unknownOption('stat', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const format = options.get('format')?.at(-1) ?? options.get('printf')?.at(-1)
    if (words.length === 0)
      return { stderr: "stat: missing operand\nTry 'stat --help' for more information.\n", exit: 1 }
    for (const word of words) {
      const path = resolvePath(call.cwd, word)
      const node = findNode(call, path, options.has('dereference') ? 'links' : 'folders-only')
      if (node === undefined) errors.push(`stat: cannot statx '${word}': No such file or directory`)
      else if (options.has('filesystem')) lines.push(...filesystemText(call, { word, path, format }))
      else if (format !== undefined) lines.push(formatted(call, format, { word, node }))
      else lines.push(...describe(call, word, node))
    }
    const ending = options.has('printf') ? '' : '\n'
    return {
      stdout: lines.map(line => line + ending).join(''),
      stderr: asText(errors),
      exit: errors.length > 0 ? 1 : 0,
    }
  },
}
