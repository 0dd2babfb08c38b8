import { makeFolder, nodeAt, setNode } from '../files/file-tree.ts'
import { folderOf, isBelow, resolvePath } from '../files/paths.ts'
import { writeRefusal } from '../files/write-refusal.ts'
import { type Call, onMachines, type Program, type Reply } from '../shell/program.ts'
import type { Machine } from '../world/machine.ts'
import { openConnection } from './ssh.ts'

const takesValue = /^-[cDFiJloPSX]$/

type Place = { readonly host: string | undefined; readonly path: string }
type End = { readonly machine: Machine; readonly path: string }

const readPlace = (word: string): Place => {
  const [, host, path = ''] = /^(?:[^@/:]+@)?([\w.-]+):(.*)$/.exec(word) ?? []
  return host === undefined ? { host, path: word } : { host, path }
}

/** The machine and the whole path that a word means, or the reply that says why it is not reached. */
const reach = (call: Call, word: string): End | Reply => {
  const { host, path } = readPlace(word)
  if (host === undefined) return { machine: call.machine, path: resolvePath(call.cwd, path) }
  const opened = openConnection(call.world, { from: call.machine, host, port: 22 })
  if (!('units' in opened))
    return { ...opened, stderr: `${opened.stderr ?? ''}scp: Connection closed\n`, exit: 255 }
  return { machine: opened, path: resolvePath('/root', path === '' ? '.' : path) }
}

const isEnd = (value: End | Reply): value is End => 'machine' in value

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Copies what lies at one end to the other; gives what went wrong. */
const copy = (call: Call, { from, to, isDeep }: { from: End; to: End; isDeep: boolean }): string => {
  const node = nodeAt(from.machine.files, from.path)
  if (node === undefined) return `scp: ${from.path}: No such file or directory\n`
  if (node.kind === 'directory' && !isDeep) return `scp: ${from.path}: not a regular file\n`
  const isInto = nodeAt(to.machine.files, to.path)?.kind === 'directory'
  const target = isInto ? resolvePath(to.path, nameOf(from.path)) : to.path
  if (nodeAt(to.machine.files, folderOf(target))?.kind !== 'directory')
    return `scp: dest open "${target}": No such file or directory\n`
  for (const [path, found] of [...from.machine.files].filter(([path]) => isBelow(path, from.path))) {
    const place = `${target}${path.slice(from.path.length)}`
    const refusal = writeRefusal(to.machine, place, found.text.length + found.paddingBytes)
    if (refusal !== undefined) return `scp: dest open "${place}": ${refusal.text}\n`
    makeFolder(to.machine.files, folderOf(place), { mtimeMs: call.world.nowMs })
    setNode(to.machine.files, place, { ...found, isImmutable: false, mtimeMs: call.world.nowMs })
  }
  return ''
}

/** scp(1) between the machines of the world. */
export const scp: Program = {
  names: ['scp'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const words: string[] = []
    const flags: string[] = []
    for (let at = 0; at < call.args.length; at++) {
      const arg = call.args[at] ?? ''
      if (!arg.startsWith('-')) words.push(arg)
      else if (takesValue.test(arg)) at += 1
      else flags.push(arg)
    }
    const last = words.pop()
    if (last === undefined || words.length === 0)
      return {
        stderr:
          'usage: scp [-346ABCOpqRrsTv] [-c cipher] [-D sftp_server_path] [-F ssh_config]\n           [-i identity_file] [-J destination] [-l limit] [-o ssh_option]\n           [-P port] [-S program] [-X sftp_option] source ... target\n',
        exit: 1,
      }
    const to = reach(call, last)
    if (!isEnd(to)) return to
    const isDeep = flags.some(flag => /^-\w*r/.test(flag))
    const problems: string[] = []
    for (const word of words) {
      const from = reach(call, word)
      if (!isEnd(from)) return from
      problems.push(copy(call, { from, to, isDeep }))
    }
    const stderr = problems.join('')
    return { stderr, exit: stderr === '' ? 0 : 1, tookMs: 300 }
  },
}
