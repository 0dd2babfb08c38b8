import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { readFileText } from './read-file.ts'

const WIDTH = 16

const rowOf = (bytes: Uint8Array, at: number): string => {
  const row = [...bytes.subarray(at, at + WIDTH)]
  const pairs = Array.from({ length: WIDTH / 2 }, (_, pair) =>
    row
      .slice(pair * 2, pair * 2 + 2)
      .map(byte => byte.toString(16).padStart(2, '0'))
      .join(''),
  )
  const text = row.map(byte => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
  return `${at.toString(16).padStart(8, '0')}: ${pairs.join(' ').trimEnd().padEnd(39)}  ${text}`
}

/** xxd(1): bytes in hexadecimal; `-l N` for the first ones, `-p` without addresses. */
export const xxd: Program = {
  names: ['xxd'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { args, stdin } = call
    const at = args.indexOf('-l')
    const length = at === -1 ? Number.POSITIVE_INFINITY : Number(args[at + 1])
    const file = args.find((arg, index) => !arg.startsWith('-') && (at === -1 || index !== at + 1))
    const found = file === undefined ? { text: stdin } : readFileText(call, file)
    if ('error' in found) return { stderr: `xxd: ${file}: ${found.error}\n`, exit: 2 }
    const bytes = new TextEncoder().encode(found.text).subarray(0, length)
    if (args.includes('-p') || args.includes('-ps')) {
      const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
      return { stdout: asText(hex.match(/.{1,60}/g) ?? []) }
    }
    const rows: string[] = []
    for (let start = 0; start < bytes.length; start += WIDTH) rows.push(rowOf(bytes, start))
    return { stdout: asText(rows) }
  },
}
