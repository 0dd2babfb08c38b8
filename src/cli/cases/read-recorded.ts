import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../user-error.ts'
import type { Streams } from './judge-case.ts'
import type { Recorded } from './types.ts'

const recordingFile = /^(.+)\.(txt|stderr)$/

type Recording = { readonly txt?: string; readonly stderr?: string }

const findRecordings = (folder: string): ReadonlyMap<string, Recording> => {
  const found = new Map<string, Recording>()
  const paths = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : []
  for (const { name, parentPath } of paths) {
    const [, title, stream] = recordingFile.exec(name) ?? []
    if (title !== undefined && stream !== undefined)
      found.set(title, { ...found.get(title), [stream]: join(parentPath, name) })
  }
  return found
}

const read = (path: string | undefined): string => (path === undefined ? '' : readFileSync(path, 'utf8'))

/**
 * Gives the texts of an output: what the case writes out, and what NAME.txt (standard output) and NAME.stderr of a folder, or of
 * one below it, hold. A UserError when neither is there.
 */
export const createStreamReader = (folder: string): ((recorded: Recorded) => Streams) => {
  let recordings: ReadonlyMap<string, Recording> | undefined
  return ({ out = '', err = '', file }) => {
    if (file === undefined) return { stdout: out, stderr: err }
    recordings ??= findRecordings(folder)
    const recording = recordings.get(file)
    if (recording !== undefined)
      return { stdout: out + read(recording.txt), stderr: err + read(recording.stderr) }
    throw new UserError({
      code: 'E_TEST_RECORDING_MISSING',
      message: `Neither ${file}.txt nor ${file}.stderr lies in ${folder}.`,
      hint: 'Name its folder under "files", or write the output under "out" and "err".',
    })
  }
}
