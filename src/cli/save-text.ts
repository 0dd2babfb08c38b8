import { writeFileSync } from 'node:fs'

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name already',
  ENOENT: 'its folder is not there',
  EACCES: 'that is not allowed',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
}

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error instanceof Error ? error.message : String(error))
}

/** Writes a file that only its owner can read, and never over another one. Gives in a sentence why it was not written. */
export const saveText = (path: string, text: string): string | undefined => {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 })
    return undefined
  } catch (error) {
    return `${path} was not written: ${reasonOf(error)}. Name another file.`
  }
}
