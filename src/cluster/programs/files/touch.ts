import { accessError } from '../../files/access.ts'
import { nodeAt, writeText } from '../../files/file-tree.ts'
import { findNode } from '../../files/look-up.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { readDate } from '../../text/read-date.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'

const table: OptionTable = {
  c: 'no-create',
  'no-create': 'no-create',
  a: 'access',
  m: 'modified',
  h: 'no-dereference',
  d: 'date=',
  date: 'date=',
  t: 'stamp=',
  r: 'reference=',
  reference: 'reference=',
}

/** A stamp such as `202603012359.30` as readDate takes it. */
const spelled = (stamp: string): string =>
  stamp.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/, (_, ...parts: (string | undefined)[]) => {
    const [year, month, day, hour, minute, second = '00'] = parts
    return `${year}-${month}-${day} ${hour}:${minute}:${second}`
  })

/** The time that files are to have, or why it is none. */
const timeOf = (call: Call, { options }: ReadOptions): number | string => {
  const { world, machine, cwd } = call
  const reference = options.get('reference')?.at(-1)
  if (reference !== undefined)
    return (
      findNode(call, resolvePath(cwd, reference), 'links')?.mtimeMs ??
      `touch: failed to get attributes of '${reference}': No such file or directory`
    )
  const stamp = options.get('stamp')?.at(-1)
  const text = stamp === undefined ? options.get('date')?.at(-1) : spelled(stamp)
  if (text === undefined) return world.nowMs
  return readDate({ machine, nowMs: world.nowMs }, text) ?? `touch: invalid date format ‘${stamp ?? text}’`
}

const touchOne = (call: Call, word: string, mtimeMs: number): string | undefined => {
  const { machine, cwd } = call
  const path = resolvePath(cwd, word)
  const node = nodeAt(machine.files, path)
  const failed = (why: string): string => `touch: cannot touch '${word}': ${why}`
  const refused =
    accessError(call, path, 'write') ?? writeRefusal(machine, path, node === undefined ? 0 : undefined)
  if (refused !== undefined) return failed(refused.text)
  if (node === undefined && findNode(call, folderOf(path), 'links')?.kind !== 'directory')
    return failed('No such file or directory')
  if (node === undefined) writeText(machine.files, path, { text: '', mtimeMs })
  else node.mtimeMs = mtimeMs
  return undefined
}

/** touch(1) of GNU coreutils, by the machine's own clock. */
export const touch: Program = {
  names: ['touch'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(table, call.args)
    const problem = unknownOption('touch', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    if (read.words.length === 0)
      return { stderr: "touch: missing file operand\nTry 'touch --help' for more information.\n", exit: 1 }
    const mtimeMs = timeOf(call, read)
    if (typeof mtimeMs === 'string') return { stderr: `${mtimeMs}\n`, exit: 1 }
    const errors = read.words.flatMap(word => {
      const isLeft =
        read.options.has('no-create') && nodeAt(call.machine.files, resolvePath(call.cwd, word)) === undefined
      return isLeft ? [] : (touchOne(call, word, mtimeMs) ?? [])
    })
    return { stderr: asText(errors), exit: errors.length > 0 ? 1 : 0 }
  },
}
