import type { Cells, Located } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, ParserInput } from '../types.ts'

type Reader = (value: string) => Cells

/** How a variable looks when it is written, and what becomes of it. */
type Variable = { readonly form: string; readonly read: Reader }

const number = (name: string): Variable => ({
  form: String.raw`\d+(?:\.\d+)?`,
  read: value => ({ [name]: Number(value) }),
})

// No answer came: curl writes 000.
const status: Variable = {
  form: String.raw`\d{3}`,
  read: value => ({ status: Number(value) === 0 ? undefined : Number(value) }),
}

const address: Variable = {
  form: String.raw`[\da-fA-F.:]*`,
  read: value => ({ remoteAddress: value === '' ? undefined : value }),
}

const other: Variable = { form: String.raw`[^\n]*?`, read: () => ({}) }

/** The variables of curl's --write-out that become facts, as curl's manual names them. */
const variables: Readonly<Record<string, Variable>> = {
  http_code: status,
  response_code: status,
  remote_ip: address,
  exitcode: number('exitCode'),
  num_redirects: number('redirects'),
  size_download: number('receivedBytes'),
  time_namelookup: number('lookupSeconds'),
  time_connect: number('connectSeconds'),
  time_appconnect: number('tlsSeconds'),
  time_starttransfer: number('firstByteSeconds'),
  time_total: number('totalSeconds'),
}

const templateOf = (argv: CommandWords): string | undefined => {
  const at = argv.findIndex(word => /^-[a-zA-Z0-9#]*w$|^--write-out$/.test(word))
  const next = at < 0 ? undefined : argv[at + 1]
  return (
    next ?? argv.map(word => /^(?:-w|--write-out=)(.+)/s.exec(word)?.[1]).find(given => given !== undefined)
  )
}

const signs: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

const literally = (text: string): string =>
  text
    .replaceAll('%%', '%')
    .replaceAll(/\\([nrt])/g, (_, letter: string) => signs[letter] ?? '')
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

type Template = { readonly pattern: RegExp; readonly names: readonly string[] }

const compiled = (text: string): Template => {
  const parts = text.split(/%\{(\w+)\}/)
  const forms = parts.map((part, index) =>
    index % 2 === 0 ? literally(part) : `(${(variables[part] ?? other).form})`,
  )
  // A shell or a screen takes away what is blank at the end.
  const pattern = new RegExp(String.raw`${forms.join('').trimEnd()}\s*$`)
  return { pattern, names: parts.filter((_, index) => index % 2 === 1) }
}

const fromJson = (text: string): Located<Cells> | undefined => {
  const line = linesOf(text).findLast(candidate => /^\{".*"http_code":/.test(candidate.text))
  if (line === undefined) return undefined
  try {
    const written: Readonly<Record<string, unknown>> = JSON.parse(line.text)
    const cells = Object.entries(variables).flatMap(([name, { read }]) =>
      name in written ? Object.entries(read(String(written[name]))) : [],
    )
    return { line: line.number, value: Object.fromEntries(cells) }
  } catch {
    return undefined
  }
}

/** It stands at the end, and a body before it may be long. */
const LOOKED_THROUGH = 4_096

/**
 * What curl writes of an answer by -w or --write-out: status, times in seconds, sizes in bytes, the address that answered. It stands behind the
 * body; a template that is read from a file is not known.
 */
export const readWriteOut = ({ argv, stdout }: ParserInput): Located<Cells> | undefined => {
  const template = templateOf(argv)
  if (template === undefined || template.startsWith('@')) return undefined
  if (template.includes('%{json}')) return fromJson(stdout)
  const { pattern, names } = compiled(template)
  const from = Math.max(0, stdout.length - LOOKED_THROUGH)
  const found = names.length === 0 ? null : pattern.exec(stdout.slice(from))
  if (found === null) return undefined
  const cells = names.flatMap((name, index) =>
    Object.entries((variables[name] ?? other).read(found[index + 1] ?? '')),
  )
  const line = stdout.slice(0, from + found.index).split('\n').length
  return { line, value: Object.fromEntries(cells) }
}
