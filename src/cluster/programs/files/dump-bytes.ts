import { bytesOfText } from '../../files/bytes.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import { readInputs } from './inputs.ts'

const WIDTH = 16

const odTable: OptionTable = {
  A: 'radix=',
  'address-radix': 'radix=',
  b: 'octal',
  c: 'characters',
  d: 'decimal',
  j: 'skip=',
  'skip-bytes': 'skip=',
  N: 'length=',
  'read-bytes': 'length=',
  t: 'type=',
  format: 'type=',
  v: 'verbose',
  w: 'width?',
  x: 'hexadecimal',
}

const names: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
}

const character = (byte: number): string =>
  names[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))

/** How od writes its units: how many bytes each has, and how wide and in which way it stands. */
type Unit = { readonly size: number; readonly width: number; readonly write: (value: number) => string }

const radixes = { x: 16, o: 8, u: 10, d: 10 } as const
const digits = { x: 2, o: 3, u: 3, d: 4 } as const

const unitOf = ({ options }: ReadOptions): Unit => {
  const type = options.get('type')?.at(-1) ?? ''
  if (options.has('characters') || type === 'c') return { size: 1, width: 3, write: character }
  const [, letter = 'o', given = '2'] =
    /^([xoud])(\d?)/.exec(
      type ||
        (options.has('hexadecimal')
          ? 'x2'
          : options.has('decimal')
            ? 'u2'
            : options.has('octal')
              ? 'o1'
              : 'o2'),
    ) ?? []
  const kind = letter as keyof typeof radixes
  const size = Number(given || 4)
  const width =
    size === 1
      ? digits[kind]
      : { x: size * 2, o: Math.ceil((size * 8) / 3), u: size === 2 ? 5 : 10, d: size === 2 ? 6 : 11 }[kind]
  return {
    size,
    width,
    write: value => {
      const text = value.toString(radixes[kind])
      return kind === 'x' || kind === 'o' ? text.padStart(width, '0') : text
    },
  }
}

const addressOf = (radix: string, at: number): string =>
  radix === 'n'
    ? ''
    : at.toString(radix === 'x' ? 16 : radix === 'd' ? 10 : 8).padStart(radix === 'x' ? 6 : 7, '0')

type Row = { readonly at: number; readonly row: Uint8Array | undefined }

/** Rows of bytes with their addresses; a row like the one before is told by a star, once. */
const rowsOf = (bytes: Uint8Array, width: number): readonly Row[] => {
  const rows = Array.from({ length: Math.ceil(bytes.length / width) }, (_, index) => ({
    at: index * width,
    row: bytes.subarray(index * width, (index + 1) * width),
  }))
  const isSame = (index: number): boolean => {
    const [one, other] = [rows[index - 1]?.row, rows[index]?.row]
    return one !== undefined && other?.length === one.length && one.every((byte, at) => byte === other[at])
  }
  return rows.flatMap(({ at, row }, index): readonly Row[] => {
    if (!isSame(index)) return [{ at, row }]
    return isSame(index - 1) ? [] : [{ at, row: undefined }]
  })
}

const bytesIn = (texts: readonly { readonly text: string }[], { options }: ReadOptions): Uint8Array => {
  const skip = Number(options.get('skip')?.at(-1) ?? 0)
  const length = Number(options.get('length')?.at(-1) ?? Number.POSITIVE_INFINITY)
  return bytesOfText(texts.map(({ text }) => text).join('')).subarray(skip, skip + length)
}

/** od(1): bytes in octal, or in the form that `-t` asks for. */
const od: Program = {
  names: ['od'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(odTable, call.args)
    const problem = unknownOption('od', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { inputs, stderr, exit } = readInputs(call, read.words)
    const bytes = bytesIn(inputs, read)
    const unit = unitOf(read)
    const radix = read.options.get('radix')?.at(-1) ?? 'o'
    const start = Number(read.options.get('skip')?.at(-1) ?? 0)
    const lines = rowsOf(bytes, WIDTH).map(({ at, row }) => {
      if (row === undefined) return '*'
      const cells = Array.from({ length: Math.ceil(row.length / unit.size) }, (_, index) => {
        const own = [...row.subarray(index * unit.size, (index + 1) * unit.size)]
        return ` ${unit.write(own.reduceRight((value, byte) => value * 256 + byte, 0)).padStart(unit.width)}`
      })
      return `${addressOf(radix, start + at)}${cells.join('')}`
    })
    const end = radix === 'n' ? [] : [addressOf(radix, start + bytes.length)]
    return { stdout: [...lines, ...end].map(line => `${line}\n`).join(''), stderr, exit }
  },
}

const hexdumpTable: OptionTable = { C: 'canonical', n: 'length=', s: 'skip=', v: 'verbose' }

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

const canonicalRow = (at: number, row: Uint8Array): string => {
  const cells = [...row].map((byte, index) => `${index === 8 ? ' ' : ''}${hex(byte, 2)} `).join('')
  const text = [...row].map(byte => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
  return `${hex(at, 8)}  ${cells.padEnd(49)} |${text}|`
}

const pairRow = (at: number, row: Uint8Array): string => {
  const pairs = Array.from({ length: Math.ceil(row.length / 2) }, (_, index) =>
    hex((row[index * 2] ?? 0) + (row[index * 2 + 1] ?? 0) * 256, 4),
  )
  return `${hex(at, 7)} ${pairs.join(' ').padEnd(39)}`
}

/** hexdump(1): bytes in hexadecimal, with `-C` beside their characters; hd(1) is that. */
const hexdump: Program = {
  names: ['hexdump', 'hd'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(hexdumpTable, call.args)
    const problem = unknownOption('hexdump', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const isCanonical = call.name === 'hd' || read.options.has('canonical')
    const { inputs, stderr, exit } = readInputs(call, read.words)
    const bytes = bytesIn(inputs, read)
    const start = Number(read.options.get('skip')?.at(-1) ?? 0)
    const lines = rowsOf(bytes, WIDTH).map(({ at, row }) =>
      row === undefined ? '*' : (isCanonical ? canonicalRow : pairRow)(start + at, row),
    )
    const end = bytes.length === 0 ? [] : [hex(start + bytes.length, isCanonical ? 8 : 7)]
    return { stdout: [...lines, ...end].map(line => `${line}\n`).join(''), stderr, exit }
  },
}

/** What shows a file byte by byte. */
export const dumps: readonly Program[] = [od, hexdump]
