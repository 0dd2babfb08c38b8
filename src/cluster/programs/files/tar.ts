import { accessError } from '../../files/access.ts'
import { makeFolder, nodeAt, setNode, writeText } from '../../files/file-tree.ts'
import { folderOf, isBelow, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { FileNode } from '../../world/file-node.ts'
import { modeText } from './mode-text.ts'
import { readFileText } from './read-file.ts'

/** An archive's text: what no reader takes for anything else, then each member with its name. */
const MAGIC = '\u001f\u008bsimulated-archive\n'

type Member = readonly [name: string, node: FileNode]

type Wish = {
  readonly action: 'c' | 'x' | 't' | undefined
  readonly file: string | undefined
  readonly folder: string
  readonly isTold: boolean
  readonly names: readonly string[]
}

const readWish = ({ args, cwd }: Call): Wish => {
  const names: string[] = []
  let file: string | undefined
  let folder = cwd
  let letters = ''
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    const isBundle = (at === 0 && !arg.startsWith('-')) || /^-[a-zA-Z]+$/.test(arg)
    if (arg.startsWith('--file=')) file = arg.slice('--file='.length)
    else if (arg === '-C' || arg === '--directory') folder = resolvePath(cwd, args[++at] ?? '')
    else if (isBundle) {
      letters += arg
      if (arg.endsWith('f')) file = args[++at]
    } else if (!arg.startsWith('--')) names.push(arg)
  }
  const action = (['c', 'x', 't'] as const).find(letter => letters.includes(letter))
  return { action, file, folder, isTold: letters.includes('v'), names }
}

const readMembers = (text: string | undefined): readonly Member[] | undefined =>
  text?.startsWith(MAGIC) === true ? JSON.parse(text.slice(MAGIC.length)) : undefined

const lacking = (file: string, reason = 'No such file or directory'): Reply => ({
  stderr: `tar: ${file}: Cannot open: ${reason}\ntar: Error is not recoverable: exiting now\n`,
  exit: 2,
})

/** What an archive takes of a place that is named, with its path and what lies below. */
const entriesOf = ({ machine }: Call, folder: string, name: string) => {
  const root = resolvePath(folder, name)
  const shown = name.replace(/^\/+|\/+$/g, '')
  return [...machine.files]
    .filter(([path]) => isBelow(path, root))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, node]): { readonly path: string; readonly member: Member } => ({
      path,
      member: [`${shown}${path.slice(root.length)}`, node],
    }))
}

const create = (call: Call, { names, file = '-', folder, isTold }: Wish): Reply => {
  const { machine, world, cwd } = call
  if (names.length === 0)
    return {
      stderr:
        "tar: Cowardly refusing to create an empty archive\nTry 'tar --help' or 'tar --usage' for more information.\n",
      exit: 2,
    }
  const missing = names.filter(name => nodeAt(machine.files, resolvePath(folder, name)) === undefined)
  const found = names.filter(name => !missing.includes(name)).flatMap(name => entriesOf(call, folder, name))
  const barred = found.filter(({ path }) => accessError(call, path, 'read') !== undefined)
  const members = found.filter(one => !barred.includes(one)).map(({ member }) => member)
  const text = MAGIC + JSON.stringify(members)
  const complaints = [
    ...(names.some(name => name.startsWith('/')) ? ["tar: Removing leading `/' from member names"] : []),
    ...missing.map(name => `tar: ${name}: Cannot stat: No such file or directory`),
    ...barred.map(({ path }) => `tar: ${path}: Cannot open: Permission denied`),
    ...(missing.length + barred.length > 0
      ? ['tar: Exiting with failure status due to previous errors']
      : []),
  ]
  const told = isTold ? asText(members.map(([name, node]) => nameOf(name, node))) : ''
  const end = { stderr: asText(complaints), exit: missing.length + barred.length > 0 ? 2 : 0, tookMs: 200 }
  if (file === '-') return { ...end, stdout: text }
  const path = resolvePath(cwd, file)
  const refusal = accessError(call, path, 'write') ?? writeRefusal(machine, path, text.length)
  if (refusal !== undefined) return lacking(file, refusal.text)
  if (nodeAt(machine.files, folderOf(path))?.kind !== 'directory') return lacking(file)
  writeText(machine.files, path, { text, mtimeMs: world.nowMs })
  return { ...end, stdout: told }
}

const nameOf = (name: string, node: FileNode): string => (node.kind === 'directory' ? `${name}/` : name)

const listed = (members: readonly Member[], isLong: boolean): string =>
  asText(
    members.map(([name, node]) =>
      isLong
        ? `${modeText(node, name)} ${node.owner}/${node.group} ${String(node.text.length).padStart(9)} ${new Date(node.mtimeMs).toISOString().slice(0, 16).replace('T', ' ')} ${nameOf(name, node)}`
        : nameOf(name, node),
    ),
  )

const extract = (call: Call, members: readonly Member[], { folder, isTold }: Wish): Reply => {
  const { machine, world } = call
  for (const [name, node] of members) {
    const path = resolvePath(folder, name)
    const refusal =
      accessError(call, path, 'write') ?? writeRefusal(machine, path, node.text.length + node.paddingBytes)
    if (refusal !== undefined)
      return {
        stderr: `tar: ${name}: Cannot open: ${refusal.text}\ntar: Exiting with failure status due to previous errors\n`,
        exit: 2,
      }
    makeFolder(machine.files, folderOf(path), { mtimeMs: world.nowMs })
    setNode(machine.files, path, node)
  }
  return { stdout: isTold ? asText(members.map(([name, node]) => nameOf(name, node))) : '', tookMs: 200 }
}

/** tar(1): creates, lists and unpacks archives of a machine's files; compressed or not is all one here. */
export const tar: Program = {
  names: ['tar'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const wish = readWish(call)
    if (wish.action === undefined)
      return {
        stderr:
          "tar: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\nTry 'tar --help' or 'tar --usage' for more information.\n",
        exit: 2,
      }
    if (wish.action === 'c') return create(call, wish)
    const { file = '-' } = wish
    const archive = file === '-' ? { text: call.stdin } : readFileText(call, file)
    if ('error' in archive) return lacking(file, archive.error)
    const members = readMembers(archive.text)
    if (members === undefined)
      return {
        stderr:
          'tar: This does not look like a tar archive\ntar: Exiting with failure status due to previous errors\n',
        exit: 2,
      }
    const wanted = members.filter(
      ([name]) =>
        wish.names.length === 0 ||
        wish.names.some(asked => isBelow(`/${name}`, `/${asked.replace(/^\/|\/$/g, '')}`)),
    )
    return wish.action === 't' ? { stdout: listed(wanted, wish.isTold) } : extract(call, wanted, wish)
  },
}
