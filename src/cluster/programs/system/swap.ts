import { writeText } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { resolvePath } from '../../files/paths.ts'
import { sizeOf } from '../../files/tree-totals.ts'
import { writeKernel } from '../../journal/write-journal.ts'
import { readFstab } from '../../relations/fstab.ts'
import { memoryOf } from '../../relations/memory.ts'
import { swapLines } from '../../relations/swap-lines.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import { swapBytes } from '../../text/human-bytes.ts'

const swapTable = ({ host }: Call): readonly (readonly string[])[] =>
  host.swap.map(({ file, sizeBytes, usedBytes }, at) => [
    file,
    file.startsWith('/dev/') ? 'partition' : 'file',
    swapBytes(sizeBytes),
    swapBytes(usedBytes),
    String(-2 - at),
  ])

const showSwap = (call: Call): Reply => {
  const { swap } = call.host
  if (swap.length === 0) return {}
  if (call.args.includes('-s')) return { stdout: asText(swapLines(call.host)) }
  const rows = [['NAME', 'TYPE', 'SIZE', 'USED', 'PRIO'], ...swapTable(call)]
  return { stdout: asText(alignColumns(rows, { alignments: ['left', 'left', 'right', 'right', 'right'] })) }
}

const takeOff = ({ host }: Call, files: readonly string[]): Reply => {
  const lacking = files.find(file => !host.swap.some(swap => swap.file === file))
  if (lacking !== undefined)
    return { stderr: `swapoff: ${lacking}: swapoff failed: Invalid argument\n`, exit: 4 }
  const { swapUsed, available } = memoryOf(host)
  if (swapUsed > available)
    return {
      stderr: `swapoff: ${files[0]}: swapoff failed: Cannot allocate memory\n`,
      exit: 4,
      tookMs: 4_000,
    }
  host.swap = host.swap.filter(({ file }) => !files.includes(file))
  return { tookMs: 700 }
}

/** What mkswap writes to the end of the first page, and swapon looks for. */
const SIGNATURE = 'SWAPSPACE2'

const HEADER_BYTES = 4096

const SWAP_BYTES = 2 * 1024 ** 3

const putOn = ({ host, world }: Call, files: readonly string[]): Reply => {
  for (const file of files) {
    const node = findNode({ world, machine: host }, file, 'links')
    if (node === undefined)
      return { stderr: `swapon: cannot open ${file}: No such file or directory\n`, exit: 255 }
    if (host.swap.some(swap => swap.file === file)) continue
    if (node.kind === 'file' && node.text !== SIGNATURE)
      return { stderr: `swapon: ${file}: read swap header failed\n`, exit: 255 }
    const sizeBytes = (sizeOf(node) || SWAP_BYTES) - HEADER_BYTES
    host.swap.push({ file, sizeBytes, usedBytes: 0 })
    const kibi = Math.floor(sizeBytes / 1024)
    writeKernel(host, {
      atMs: world.nowMs,
      message:
        `Adding ${kibi}k swap on ${file}.  Priority:${-1 - host.swap.length} extents:${file.startsWith('/dev/') ? 1 : 3} across:${kibi}k ${file.startsWith('/dev/') ? '' : 'FS'}`.trimEnd(),
    })
    if (node.paddingBytes === 0)
      writeText(host.files, file, { text: '', paddingBytes: SWAP_BYTES, mtimeMs: world.nowMs })
  }
  return {}
}

const listedSwap = ({ host }: Call): readonly string[] =>
  readFstab(host).flatMap(({ device, type }) => (type === 'swap' ? [device] : []))

const PAGE_BYTES = 4096

const setUp = ({ world, host, cwd }: Call, file: string): Reply => {
  const node = findNode({ world, machine: host }, resolvePath(cwd, file), 'links')
  if (node === undefined)
    return { stderr: `mkswap: cannot open ${file}: No such file or directory\n`, exit: 1 }
  const bytes = sizeOf(node) || SWAP_BYTES
  if (bytes < 10 * PAGE_BYTES)
    return { stderr: 'mkswap: error: swap area needs to be at least 40 KiB\n', exit: 1 }
  if (node.kind === 'file')
    writeText(host.files, resolvePath(cwd, file), {
      text: SIGNATURE,
      mode: node.mode,
      paddingBytes: bytes - SIGNATURE.length,
      mtimeMs: world.nowMs,
    })
  const openMode = (node.mode & 0o777).toString(8).padStart(4, '0')
  const shown = (bytes - PAGE_BYTES) / 1024 ** 3 >= 1.9995 ? bytes / 1024 ** 3 : bytes / 1024 ** 2
  return {
    stdout: `Setting up swapspace version 1, size = ${Math.round(shown * 10) / 10} ${shown === bytes / 1024 ** 3 ? 'GiB' : 'MiB'} (${bytes - PAGE_BYTES} bytes)\nno label, UUID=0b2f0d6e-7a2e-4c55-9d41-5a1e8f1f7a10\n`,
    stderr:
      (node.mode & 0o077) !== 0 && node.kind === 'file'
        ? `mkswap: ${file}: insecure permissions ${openMode}, fix with: chmod 0600 ${file}\n`
        : '',
  }
}

/** swapon(8), swapoff(8) and mkswap(8). */
export const swapon: Program = {
  names: ['swapon', 'swapoff', 'mkswap'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { host, name, args, user } = call
    const words = args.filter(arg => !arg.startsWith('-'))
    const isAll = args.some(arg => /^-\w*a|^--all/.test(arg))
    if (name === 'swapon' && words.length === 0 && !isAll) return showSwap(call)
    if (user !== 'root')
      return {
        stderr: `${name}: ${words[0] ?? '/swap.img'}: ${name} failed: Operation not permitted\n`,
        exit: 1,
      }
    if (name === 'mkswap') return setUp(call, words[0] ?? '')
    if (name === 'swapoff') return takeOff(call, isAll ? host.swap.map(({ file }) => file) : words)
    return putOn(call, isAll ? listedSwap(call) : words)
  },
}
