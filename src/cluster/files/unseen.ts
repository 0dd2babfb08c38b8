import type { FsStat } from 'just-bash/browser'
import { socketOf, streamOf } from './devices.ts'

/** The shell's own helpers, which the interpreter looks for as files and nobody else finds. */
export const isHelper = (path: string): boolean => /^\/(usr\/)?bin\/(__|\u007f)/.test(path)

/** What is there to be used and in no folder. */
export const isUnseen = (path: string): boolean =>
  isHelper(path) || streamOf(path) !== undefined || socketOf(path) !== undefined

/** A file that is there to be used and never listed. */
export const unseenStat = (path: string): FsStat => ({
  isFile: true,
  isDirectory: false,
  isSymbolicLink: false,
  mode: 0o755,
  size: 0,
  mtime: new Date(0),
  identity: path,
})
