import { nodeAt } from '../../files/file-tree.ts'
import { isBelow, resolvePath } from '../../files/paths.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'

const pathsFor = ({ machine, cwd, args }: Call): readonly (readonly [string, readonly string[]])[] => {
  const isRecursive = args.some(arg => /^-\w*R/.test(arg))
  return args
    .filter(arg => !/^[-+=][a-zA-Z]+$/.test(arg))
    .map(word => {
      const path = resolvePath(cwd, word)
      return [
        word,
        isRecursive ? [...machine.files.keys()].filter(below => isBelow(below, path)) : [path],
      ] as const
    })
}

/** chattr(1): only the attribute that counts here, immutable. */
const chattr: Program = {
  names: ['chattr'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const change = call.args.find(arg => /^[-+=][a-zA-Z]+$/.test(arg) && arg !== '-R')
    if (change === undefined)
      return { stderr: 'Usage: chattr [-pRVf] [-+=aAcCdDeijPsStTuFx] [-v version] files...\n', exit: 1 }
    const errors: string[] = []
    for (const [word, paths] of pathsFor(call))
      for (const path of paths) {
        const node = nodeAt(call.machine.files, path)
        if (node === undefined) errors.push(`chattr: No such file or directory while trying to stat ${word}`)
        else if (call.user !== 'root')
          errors.push(`chattr: Operation not permitted while setting flags on ${word}`)
        else if (change.includes('i')) node.isImmutable = !change.startsWith('-')
        else if (change.startsWith('=')) node.isImmutable = false
      }
    return { stderr: asText(errors), exit: errors.length > 0 ? 1 : 0 }
  },
}

/** lsattr(1). */
const lsattr: Program = {
  names: ['lsattr'],
  isInstalled: onMachines,
  run: (call): Reply => {
    const { machine, cwd, args } = call
    const lines: string[] = []
    const errors: string[] = []
    const words = args.filter(arg => !arg.startsWith('-'))
    const show = (path: string, name: string): void => {
      const node = nodeAt(machine.files, path)
      if (node !== undefined) lines.push(`${node.isImmutable ? '----i' : '-----'}---------e------- ${name}`)
    }
    for (const word of words.length === 0 ? ['.'] : words) {
      const path = resolvePath(cwd, word)
      const node = nodeAt(machine.files, path)
      if (node === undefined) errors.push(`lsattr: No such file or directory while trying to stat ${word}`)
      else if (node.kind === 'directory' && !args.some(arg => /^-\w*d/.test(arg))) {
        for (const below of [...machine.files.keys()].sort())
          if (isBelow(below, path) && below !== path && !below.slice(path.length + 1).includes('/'))
            show(below, `${word.replace(/\/$/, '')}/${below.slice(path.length + 1)}`)
      } else show(path, word)
    }
    return { stdout: asText(lines), stderr: asText(errors), exit: errors.length > 0 ? 1 : 0 }
  },
}

/** What sets and shows a file's attributes. */
export const attributes: readonly Program[] = [chattr, lsattr]
