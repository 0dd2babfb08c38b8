import { linkAt, removePath } from '../../files/file-tree.ts'
import { findNode, namesAt } from '../../files/look-up.ts'
import { isBelow, resolvePath } from '../../files/paths.ts'
import { filesystemOf } from '../../relations/filesystem-use.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type Copied, copyMs, type Pair, placeCopy } from './place-copy.ts'
import { movingOptions, pairsOf, readTransfer, setAside, staysThere } from './transfer.ts'

const across = {
  name: 'mv',
  isDeep: true,
  keeps: true,
  links: 'as-links',
  makes: 'copies',
  isLoud: false,
} as const

/** Moves to another filesystem: copies, and removes what was copied. */
const carryOver = (call: Call, pair: Pair): Reply => {
  const copied: Copied = { said: [], errors: [], bytes: 0 }
  placeCopy(call, pair, { manner: across, copied })
  if (copied.errors.length === 0) removePath(call.machine.files, resolvePath(call.cwd, pair.from))
  return {
    stderr: asText(copied.errors),
    exit: copied.errors.length > 0 ? 1 : 0,
    tookMs: copyMs(copied),
  }
}

const moveOne = async (call: Call, { from, to }: Pair): Promise<Reply> => {
  const { machine, cwd, passage } = call
  const [source, target] = [resolvePath(cwd, from), resolvePath(cwd, to)]
  const fail = (text: string): Reply => ({ stderr: `mv: ${text}\n`, exit: 1 })
  if (machine.filesystems.some(({ mount }) => mount === source))
    return fail(`cannot move '${from}' to '${to}': Device or resource busy`)
  const isFolder = linkAt(machine.files, source)?.kind === 'directory'
  if (isFolder && target !== source && isBelow(target, source))
    return fail(`cannot move '${from}' to a subdirectory of itself, '${to}'`)
  const there = findNode(call, target, 'links')
  if (isFolder && there?.kind === 'directory') {
    if (namesAt(call, target).length > 0) return fail(`cannot move '${from}' to '${to}': Directory not empty`)
    removePath(machine.files, target)
  }
  const isNear = filesystemOf(machine, source) === filesystemOf(machine, target)
  return linkAt(machine.files, source) === undefined || isNear
    ? passage.original([from, to])
    : carryOver(call, { from, to })
}

/** mv(1). */
export const mv: Program = {
  names: ['mv'],
  isInstalled: everywhere,
  run: async (call): Promise<Reply> => {
    const transfer = readTransfer(movingOptions, call)
    if (typeof transfer === 'string') return { stderr: transfer, exit: 1 }
    const pairs = pairsOf(call, transfer)
    if (typeof pairs === 'string') return { stderr: pairs, exit: 1 }
    const { options } = transfer
    const asked: string[] = []
    const said: string[] = []
    const replies: Reply[] = []
    for (const pair of pairs) {
      if (staysThere(call, pair, { options, asked })) continue
      setAside(call, pair.to, options)
      const reply = await moveOne(call, pair)
      replies.push(reply)
      if (options.has('verbose') && (reply.exit ?? 0) === 0)
        said.push(`renamed '${pair.from}' -> '${pair.to}'`)
    }
    return {
      stdout: asText(said),
      stderr: asked.join('') + replies.map(({ stderr = '' }) => stderr).join(''),
      exit: Math.max(0, ...replies.map(({ exit = 0 }) => exit)),
      tookMs: replies.reduce((sum, { tookMs = 5 }) => sum + tookMs, 0),
    }
  },
}
