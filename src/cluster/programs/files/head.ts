import { bytesOfText, textOfBytes } from '../../files/bytes.ts'
import { everywhere, type Program, type Reply } from '../../shell/program.ts'
import { type OptionTable, type ReadOptions, readOptions, unknownOption } from '../../text/read-options.ts'
import { readInputs } from './inputs.ts'

const table: OptionTable = {
  n: 'lines=',
  lines: 'lines=',
  c: 'bytes=',
  bytes: 'bytes=',
  q: 'quiet',
  quiet: 'quiet',
  silent: 'quiet',
  v: 'verbose',
  verbose: 'verbose',
  z: 'zero',
}

const factors: Readonly<Record<string, number>> = {
  '': 1,
  b: 512,
  k: 1024,
  K: 1024,
  KiB: 1024,
  kB: 1000,
  M: 1_048_576,
  MiB: 1_048_576,
  MB: 1_000_000,
  G: 1_073_741_824,
}

const countOf = (text: string): number | undefined => {
  const [, sign, digits, unit = ''] = /^(-?)(\d+)([a-zA-Z]*)$/.exec(text) ?? []
  const factor = factors[unit]
  return digits === undefined || factor === undefined
    ? undefined
    : Number(digits) * factor * (sign === '-' ? -1 : 1)
}

const begun = (
  text: string,
  { isBytes, count, end }: { isBytes: boolean; count: number; end: string },
): string => {
  if (isBytes) {
    const bytes = bytesOfText(text)
    return textOfBytes(
      bytes.subarray(0, count < 0 || Object.is(count, -0) ? Math.max(0, bytes.length + count) : count),
    )
  }
  const lines = text.split(end)
  const whole = lines.slice(0, -1).map(line => `${line}${end}`)
  const all = lines.at(-1) === '' ? whole : [...whole, lines.at(-1) ?? '']
  return all.slice(0, count < 0 ? Math.max(0, all.length + count) : count).join('')
}

const hows = ({ options }: ReadOptions) => {
  const bytes = options.get('bytes')?.at(-1)
  const given = bytes ?? options.get('lines')?.at(-1) ?? '10'
  return {
    isBytes: bytes !== undefined,
    given,
    count: countOf(given),
    end: options.has('zero') ? '\0' : '\n',
  }
}

/** head(1) of GNU coreutils: the first lines or bytes, or with a negative number all but the last. */
export const head: Program = {
  names: ['head'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const read = readOptions(
      table,
      call.args.map((arg, at) =>
        /^(-\w*[nc]|--(lines|bytes))$/.test(call.args[at - 1] ?? '')
          ? arg
          : arg.replace(/^-(\d+)([qvz]*)$/, '-n$1'),
      ),
    )
    const problem = unknownOption('head', read)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    const { count, given, ...how } = hows(read)
    if (count === undefined)
      return { stderr: `head: invalid number of ${how.isBytes ? 'bytes' : 'lines'}: ‘${given}’\n`, exit: 1 }
    const { inputs, stderr, exit } = readInputs(call, read.words, (name, reason) =>
      reason === 'Is a directory'
        ? `head: error reading '${name}': ${reason}`
        : `head: cannot open '${name}' for reading: ${reason}`,
    )
    const isNamed = read.options.has('verbose') || (read.words.length > 1 && !read.options.has('quiet'))
    const parts = inputs.map(({ name, text }) => {
      const title = isNamed ? `==> ${name === '-' ? 'standard input' : name} <==\n` : ''
      return `${title}${begun(text, { ...how, count })}`
    })
    return { stdout: parts.join(isNamed ? '\n' : ''), stderr, exit }
  },
}
