import { copyTree, type FileEnd } from '../files/copy-tree.ts'
import { resolvePath } from '../files/paths.ts'
import { type Call, onMachines, type Program, type Reply } from '../shell/program.ts'
import { openConnection } from './ssh.ts'

const takesValue = /^-[cDFiJloPSX]$/

type Place = { readonly host: string | undefined; readonly path: string }

const readPlace = (word: string): Place => {
  const [, host, path = ''] = /^(?:[^@/:]+@)?([\w.-]+):(.*)$/.exec(word) ?? []
  return host === undefined ? { host, path: word } : { host, path }
}

/** The machine and the whole path that a word means, or the reply that says why it is not reached. */
const reach = (call: Call, word: string): FileEnd | Reply => {
  const { host, path } = readPlace(word)
  if (host === undefined) return { machine: call.machine, path: resolvePath(call.cwd, path) }
  const opened = openConnection(call.world, { from: call.machine, host, port: 22 })
  if (!('units' in opened))
    return { ...opened, stderr: `${opened.stderr ?? ''}scp: Connection closed\n`, exit: 255 }
  return { machine: opened, path: resolvePath('/root', path === '' ? '.' : path) }
}

const isEnd = (value: FileEnd | Reply): value is FileEnd => 'machine' in value

const copy = (
  call: Call,
  ends: { readonly from: FileEnd; readonly to: FileEnd; readonly isDeep: boolean },
): string => {
  const problem = copyTree({ ...ends, mtimeMs: call.world.nowMs })
  if (problem === undefined) return ''
  return problem.at === 'source'
    ? `scp: ${problem.path}: ${problem.text}\n`
    : `scp: dest open "${problem.path}": ${problem.text}\n`
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
