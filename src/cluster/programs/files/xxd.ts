import { bytesOfText } from '../../files/bytes.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, readOptions } from '../../text/read-options.ts'
import { readFileText } from './read-file.ts'

const WIDTH = 16
const PLAIN_WIDTH = 30

const table: OptionTable = { l: 'length=', s: 'seek=', c: 'columns=', p: 'plain' }

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

const printable = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')

type Dump = { readonly start: number; readonly width: number }

const rowOf = (row: Uint8Array, { start, width }: Dump): string => {
  const pairs = hexOf(row).match(/.{1,4}/g) ?? []
  const address = start.toString(16).padStart(8, '0')
  return `${address}: ${pairs.join(' ').padEnd(width * 2 + Math.ceil(width / 2) - 1)}  ${printable(row)}`
}

const rowsOf = (bytes: Uint8Array, width: number): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / width) }, (_, at) =>
    bytes.subarray(at * width, (at + 1) * width),
  )

/** xxd(1): bytes in hexadecimal; `-l` and `-s` for a part of them, `-p` without addresses. */
export const xxd: Program = {
  names: ['xxd'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { args, stdin } = call
    const { options, words, unknown, lacking } = readOptions(
      table,
      args.map(arg => (/^-(ps|postscript|plain)$/.test(arg) ? '-p' : arg)),
    )
    if (unknown !== undefined || lacking !== undefined)
      return { stderr: 'Usage:\n       xxd [options] [infile [outfile]]\n', exit: 1 }
    const numberOf = (name: string, otherwise: number): number =>
      Number(options.get(name)?.at(-1) ?? otherwise)
    const [file = '-'] = words
    const found = file === '-' ? { text: stdin } : readFileText(call, file)
    if ('error' in found) return { stderr: `xxd: ${file}: ${found.error}\n`, exit: 2 }
    const seek = numberOf('seek', 0)
    const bytes = bytesOfText(found.text).subarray(seek, seek + numberOf('length', Number.POSITIVE_INFINITY))
    const isPlain = options.has('plain')
    const width = numberOf('columns', isPlain ? PLAIN_WIDTH : WIDTH)
    const lines = rowsOf(bytes, width).map((row, at) =>
      isPlain ? hexOf(row) : rowOf(row, { start: seek + at * width, width }),
    )
    return { stdout: asText(lines) }
  },
}
