import { linkAt, nodeAt, writeText } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { sizeOf, takenBy } from '../../files/tree-totals.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { roomOn } from '../../relations/filesystem-use.ts'
import { type Call, everywhere, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { copyMs, copyTotals } from './copy-totals.ts'
import { readFileText } from './read-file.ts'

/** A size as these programs take it: `1G`, `512MB`, `10K`, `8k`. */
const parseSize = (text: string): number | undefined => {
  const read = /^(\d+)(c|w|b|kB|[MGT]B|[kKmMgGtT](?:iB)?)?$/.exec(text)
  if (read === null) return undefined
  const unit = read[2] ?? ''
  const factors: Readonly<Record<string, number>> = {
    '': 1,
    c: 1,
    w: 2,
    b: 512,
    kB: 1000,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
  }
  const power = ['K', 'M', 'G', 'T'].indexOf((unit[0] ?? '').toUpperCase()) + 1
  return Number(read[1]) * (factors[unit] ?? 1024 ** power)
}

/** Gives a file a size, with a text or keeping of its own what fits; the error when it cannot be. */
const resize = (
  call: Call,
  word: string,
  {
    bytes,
    text: given,
    holes = 0,
  }: { readonly bytes: number; readonly text?: string; readonly holes?: number },
): string | undefined => {
  const { machine, world, cwd } = call
  const path = resolvePath(cwd, word)
  const node = nodeAt(machine.files, path)
  if (findNode(call, folderOf(path), 'links')?.kind !== 'directory') return 'No such file or directory'
  if (node?.kind === 'directory') return 'Is a directory'
  const refusal = writeRefusal(machine, path, bytes - (node === undefined ? 0 : takenBy(node)))
  if (refusal !== undefined) return refusal.text
  const text = (given ?? node?.text ?? '').slice(0, bytes)
  writeText(machine.files, path, {
    text,
    paddingBytes: Math.max(0, bytes - text.length),
    holeBytes: holes,
    mtimeMs: world.nowMs,
  })
  return undefined
}

/** truncate(1). */
export const truncate: Program = {
  names: ['truncate'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const joined = call.args.join(' ')
    const sizeText = /(?:^|\s)(?:-s\s*|--size[= ])([+-]?\w+)/.exec(joined)?.[1]
    const size = parseSize(sizeText?.replace(/^[+-]/, '') ?? '')
    if (sizeText === undefined)
      return {
        stderr:
          "truncate: you must specify either '--size' or '--reference'\nTry 'truncate --help' for more information.\n",
        exit: 1,
      }
    if (size === undefined) return { stderr: `truncate: Invalid number: '${sizeText}'\n`, exit: 1 }
    const words = call.args.filter(
      (arg, at) => !arg.startsWith('-') && !/^(-s|--size)$/.test(call.args[at - 1] ?? ''),
    )
    const errors: string[] = []
    for (const word of words) {
      const node = nodeAt(call.machine.files, resolvePath(call.cwd, word))
      if (node === undefined && call.args.includes('-c')) continue
      const before = node === undefined ? 0 : sizeOf(node)
      const wanted = sizeText.startsWith('+')
        ? before + size
        : sizeText.startsWith('-')
          ? Math.max(0, before - size)
          : size
      // What is added has no blocks; what is cut off are holes first.
      const taken = Math.min(node === undefined ? 0 : takenBy(node), wanted)
      const error = resize(call, word, { bytes: taken, holes: wanted - taken })
      if (error !== undefined) errors.push(`truncate: cannot open '${word}' for writing: ${error}`)
    }
    return { stderr: asText(errors), exit: errors.length > 0 ? 1 : 0 }
  },
}

/** fallocate(1). */
export const fallocate: Program = {
  names: ['fallocate'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const at = call.args.findIndex(arg => arg === '-l' || arg === '--length')
    const sizeText = at === -1 ? call.args.find(arg => arg.startsWith('-l'))?.slice(2) : call.args[at + 1]
    const word = call.args.findLast(arg => !arg.startsWith('-') && arg !== sizeText)
    const size = parseSize(sizeText ?? '')
    if (word === undefined) return { stderr: 'fallocate: no filename specified\n', exit: 1 }
    if (size === undefined) return { stderr: 'fallocate: no length argument specified\n', exit: 1 }
    const error = resize(call, word, { bytes: size })
    if (error === undefined) return { tookMs: 60 }
    const path = resolvePath(call.cwd, word)
    const before = nodeAt(call.machine.files, path)
    if (/directory|permitted|Read-only/.test(error))
      return { stderr: `fallocate: cannot open ${word}: ${error}\n`, exit: 1 }
    // The file keeps the blocks that were given to it before there were none left.
    resize(call, word, {
      bytes: (before === undefined ? 0 : sizeOf(before)) + Math.max(0, Math.floor(roomOn(call, path))),
    })
    return { stderr: `fallocate: fallocate failed: ${error}\n`, exit: 1 }
  },
}

/** What is copied as text, not as room alone. */
const MOST_TEXT = 1_000_000

/** What is copied from; without end from a device that gives whatever is asked for. */
const sourceOf = (call: Call, word: string | undefined) => {
  if (word === undefined) return { text: call.stdin }
  return /^\/dev\/(zero|urandom|random)$/.test(word) ? undefined : readFileText(call, word)
}

/** dd(1): copies blocks; it stops where the disk is full. */
export const dd: Program = {
  names: ['dd'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const operands = Object.fromEntries(
      call.args.map(arg => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]),
    )
    const block = parseSize(operands.bs ?? '512')
    if (block === undefined) return { stderr: `dd: invalid number: '${operands.bs}'\n`, exit: 1 }
    const source = sourceOf(call, operands.if)
    if (source !== undefined && 'error' in source)
      return { stderr: `dd: failed to open '${operands.if}': ${source.error}\n`, exit: 1 }
    const from = findNode(call, resolvePath(call.cwd, operands.if ?? '/dev/stdin'), 'links')
    const isKept = from === undefined || sizeOf(from) <= MOST_TEXT
    const available = source === undefined ? Infinity : isKept ? source.text.length : sizeOf(from)
    const count = Number(operands.count ?? Infinity)
    const path = resolvePath(call.cwd, operands.of ?? '/dev/null')
    const isNull = path === '/dev/null'
    const wanted = Math.min(available, count * block)
    if (wanted === Infinity && isNull) return { exit: 130, tookMs: 600_000 }
    const before = linkAt(call.machine.files, path)
    const skipped = Number(operands.seek ?? operands.oseek ?? 0) * block
    const kept = Math.min(before === undefined ? 0 : takenBy(before), skipped)
    const room = isNull ? Infinity : roomOn(call, path) + (before === undefined ? 0 : takenBy(before))
    const written = Math.max(0, Math.min(wanted, Math.floor(room)))
    const error = isNull
      ? undefined
      : source === undefined || skipped > 0 || !isKept
        ? resize(call, path, { bytes: kept + written, text: '', holes: skipped - kept })
        : write(call, path, source.text.slice(0, written))
    if (error !== undefined) return { stderr: `dd: failed to open '${operands.of}': ${error}\n`, exit: 1 }
    const isFull = written < wanted
    const blocks = Math.floor(written / block)
    const rest = !isFull && written % block > 0 ? 1 : 0
    const flags = `${operands.oflag ?? ''},${operands.conv ?? ''}`
    const tookMs = copyMs(call.machine, { path, bytes: written, block, flags })
    return {
      stderr: `${isFull ? `dd: error writing '${operands.of}': No space left on device\n` : ''}${blocks + (isFull ? 1 : 0)}+${rest} records in\n${blocks}+${rest} records out\n${copyTotals(call.machine, written, tookMs)}\n`,
      exit: isFull ? 1 : 0,
      tookMs: Math.round(tookMs) + 10,
    }
  },
}

const write = (call: Call, path: string, text: string): string | undefined => {
  const refusal = writeRefusal(call.machine, path, text.length)
  if (refusal !== undefined) return refusal.text
  writeText(call.machine.files, path, { text, mtimeMs: call.world.nowMs })
  return undefined
}

/** sync(1). */
export const sync: Program = { names: ['sync'], isInstalled: everywhere, run: (): Reply => ({ tookMs: 80 }) }
