import { accessSync, constants, createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { countOutput } from '../spare-memory.ts'
import { unreadableFile } from '../unreadable-file.ts'
import { UserError } from '../user-error.ts'
import { decodeText, NotText } from './decode-text.ts'

/** A text to read: a file, or standard input where it has no path. */
export type Input = { readonly path: string | undefined }

const PIECE_BYTES = 128 * 1024

const whenMissing = 'Check the path; "-" or no file at all reads standard input.'

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return isReadable(path) ? filesBelow(path) : [path]
      return entry.isFile() ? [path] : []
    })

// A folder that may not be read is told of as a file that cannot be: the rest of a bundle is worth reading.
const isReadable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The files that an operand stands for: itself, or all below a folder in the order of their names; a UserError when there is none such. */
export const listFiles = (operand: string): readonly string[] => {
  try {
    return statSync(operand).isDirectory() ? filesBelow(operand) : [operand]
  } catch (cause) {
    throw unreadableFile(operand, cause, whenMissing)
  }
}

// Standard input may be a pipe that does not block, which only its own stream reads rightly.
const bytesOf = ({ path }: Input): AsyncIterable<Uint8Array> =>
  path === undefined ? process.stdin : createReadStream(path, { highWaterMark: PIECE_BYTES })

/** The text of an input piece by piece; a UserError when it cannot be read or is no text. */
export async function* readInput(input: Input): AsyncGenerator<string> {
  const name = input.path ?? 'standard input'
  try {
    for await (const text of decodeText(bytesOf(input))) {
      countOutput(text.length)
      yield text
    }
  } catch (cause) {
    if (!(cause instanceof NotText)) throw unreadableFile(name, cause, whenMissing)
    throw new UserError({
      code: 'E_CLI_FILE_BINARY',
      message: `${name} is not a text.`,
      hint: 'Unpack an archive first; a folder of its files can be given whole.',
    })
  }
}
