import { writeFileSync } from 'node:fs'
import { errorCode, reasonOf } from '../base/index.ts'

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name already',
  ENOENT: 'its folder is not there',
  EACCES: 'that is not allowed',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
}

const wordError = (error: unknown): string => reasons[String(errorCode(error))] ?? reasonOf(error)

/** Writes a file that only its owner can read, and never over another one. Gives in a sentence why it was not written. */
export const saveText = (path: string, text: string): string | undefined => {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 })
    return undefined
  } catch (error) {
    return `${path} was not written: ${wordError(error)}. Name another file.`
  }
}
