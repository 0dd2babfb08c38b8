import { resolvePath } from '../../files/paths.ts'
import type { Call } from '../../shell/program.ts'

const SUFFIXED = /^(?:-([nErsuz]*)i|--in-place=)(.+)$/

/** What `-i.bak` asks for beside the change: the arguments without it, and how the files of before are to be named. */
export type Backups = {
  readonly args: readonly string[]
  readonly files: readonly (readonly [file: string, backup: string])[]
}

const valued = /^(-e|-f|-l|--expression|--file)$/

const filesIn = (args: readonly string[]): readonly string[] => {
  const words = args.filter((arg, at) => !arg.startsWith('-') && !valued.test(args[at - 1] ?? ''))
  const hasScript = args.some(arg => /^(-[nErsuz]*[ef]|--expression|--file)/.test(arg))
  return hasScript ? words : words.slice(1)
}

const named = (file: string, suffix: string): string => {
  const [, folder = '', base = ''] = /^(.*\/)?([^/]*)$/.exec(file) ?? []
  if (!suffix.includes('*')) return `${file}${suffix}`
  const name = suffix.replaceAll('*', base)
  return name.includes('/') ? name : `${folder}${name}`
}

/** Reads the arguments of sed for files that are to be kept as they were; `undefined` where none are. */
export const backupsOf = ({ args, cwd }: Pick<Call, 'args' | 'cwd'>): Backups | undefined => {
  const at = args.findIndex(arg => SUFFIXED.test(arg))
  const [, flags = '', suffix = ''] = SUFFIXED.exec(args[at] ?? '') ?? []
  if (at === -1) return undefined
  const plain = [...args.slice(0, at), ...(flags === '' ? [] : [`-${flags}`]), '-i', ...args.slice(at + 1)]
  const files = filesIn(plain).map(
    file => [resolvePath(cwd, file), resolvePath(cwd, named(file, suffix))] as const,
  )
  return { args: plain, files }
}
