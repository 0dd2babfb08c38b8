import { optionValue } from '../command/options.ts'
import { type Cells, type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { alternativeNames, certificateInstant, issuerCells, subjectCells } from './certificate.ts'

type Field = { readonly pattern: RegExp; readonly read: (text: string) => Cells }

const asIs =
  (name: string) =>
  (text: string): Cells => ({ [name]: text })

const instant =
  (name: string) =>
  (text: string): Cells => ({ [name]: certificateInstant(text) })

const listOf =
  (name: string) =>
  (text: string): Cells => ({ [name]: text.split(', ') })

const fields: readonly Field[] = [
  { pattern: /^subject= ?(.*)$|^\s+Subject: (.*)$/, read: subjectCells },
  { pattern: /^issuer= ?(.*)$|^\s+Issuer: (.*)$/, read: issuerCells },
  { pattern: /^notBefore=(.*)$|^\s+Not Before: (.*)$/, read: instant('notBefore') },
  { pattern: /^notAfter=(.*)$|^\s+Not After ?: (.*)$/, read: instant('notAfter') },
  {
    pattern: /^serial=(\w+)$|^\s+Serial Number: ((?:[0-9a-f]{2}:)+[0-9a-f]{2})$/,
    read: text => ({ serial: text.replaceAll(':', '').toUpperCase() }),
  },
  {
    pattern: /^\s+Serial Number: -?\d+ \(-?0x([\da-f]+)\)$/,
    read: text => ({ serial: text.toUpperCase().padStart(text.length + (text.length % 2), '0') }),
  },
  { pattern: /^\s+((?:DNS|IP Address|IP|URI|email):\S.*)$/, read: alternativeNames },
  { pattern: /^\s+CA:(TRUE|FALSE)/, read: text => ({ authority: text === 'TRUE' }) },
  { pattern: /^\s+Signature Algorithm: (\S+)$/, read: asIs('signatureAlgorithm') },
  {
    pattern: /^(?:\s+(?:RSA )?Public-Key|(?:RSA )?Private-Key): \((\d+) bit/,
    read: text => ({ keyBits: Number(text) }),
  },
  { pattern: /^\s+(TLS Web .*|Any Extended Key Usage.*)$/, read: listOf('extendedKeyUsage') },
  { pattern: /^Modulus=(\w+)$/, read: asIs('modulus') },
  { pattern: /^(?:\w+) Fingerprint=([0-9A-F:]+)$/i, read: asIs('fingerprint') },
  { pattern: /^Certificate (will(?: not)? expire)$/, read: text => ({ willExpire: text === 'will expire' }) },
]

// A listing over several files names each before it, as in `=== apiserver.crt ===` or `/etc/kubernetes/pki/ca.crt:`.
// No path is longer, and the search for one in a longer line would take time that grows with its square.
const LONGEST_PATH = 4096

const heading = /^[\s=#*-]*((?:[\w./+-]*\/)?[\w.+-]+\.(?:crt|pem|cert|cer|key))\b[\s=#*:-]*$/

type Draft = { readonly line: number; readonly cells: Cells }

const cellsOf = (text: string): Cells => {
  for (const { pattern, read } of fields) {
    const match = pattern.exec(text)
    if (match !== null) return read((match[1] ?? match[2] ?? '').trim())
  }
  return {}
}

const begins = (draft: Draft | undefined, text: string, cells: Cells): boolean =>
  draft === undefined ||
  (/^Certificate:$/.test(text) && Object.keys(draft.cells).some(name => name !== 'name')) ||
  (!/^\s/.test(text) && Object.keys(cells).some(name => name in draft.cells))

// With `-nameopt multiline` each part of a name has a line of its own under `subject=`.
const shortNames: Readonly<Record<string, string>> = {
  countryName: 'C',
  stateOrProvinceName: 'ST',
  localityName: 'L',
  organizationName: 'O',
  organizationalUnitName: 'OU',
  commonName: 'CN',
}
const partLine = /^ {4}(\w+) += (.*)$/

const joinLines = (lines: readonly TextLine[]): readonly TextLine[] => {
  const joined: TextLine[] = []
  for (const line of lines) {
    const [, key = '', value = ''] = partLine.exec(line.text) ?? []
    const open = joined.at(-1)
    // A long serial number stands on the line below its title, in the form of keys and signatures.
    if (open?.text.endsWith('Serial Number:') && /^\s+[0-9a-f]{2}(?::[0-9a-f]{2})*$/.test(line.text)) {
      joined[joined.length - 1] = { ...open, text: `${open.text} ${line.text.trim()}` }
    } else if (key !== '' && open !== undefined && /^(?:subject|issuer)=/.test(open.text)) {
      const comma = open.text.endsWith('=') ? '' : ', '
      const text = `${open.text}${comma}${shortNames[key] ?? key} = ${value}`
      joined[joined.length - 1] = { ...open, text }
    } else joined.push(line)
  }
  return joined
}

const draftsOf = (stdout: string): readonly Draft[] => {
  const drafts: Draft[] = []
  for (const { number, text } of joinLines(linesOf(stdout))) {
    const name = text.length > LONGEST_PATH ? undefined : heading.exec(text)?.[1]
    const cells = name === undefined ? cellsOf(text) : { name }
    const current = drafts.at(-1)
    const opening = name !== undefined || text === 'Certificate:'
    if (!opening && Object.keys(cells).length === 0) continue
    if (name !== undefined || current === undefined || begins(current, text, cells))
      drafts.push({ line: number, cells })
    else drafts[drafts.length - 1] = { line: current.line, cells: { ...cells, ...current.cells } }
  }
  return drafts.filter(({ cells }) => Object.keys(cells).some(name => name !== 'name'))
}

const fileOf = (argv: CommandWords): string | undefined => {
  const file = optionValue(argv, ['-in'])
  return file === undefined || /[${}]/.test(file) ? undefined : file
}

const checkedSeconds = (argv: CommandWords): number | undefined => {
  const seconds = optionValue(argv, ['-checkend'])
  return seconds === undefined ? undefined : Number(seconds)
}

// Of several certificates the command does not tell which is which, a heading does.
const nameOf = ({ cells }: Draft, argv: CommandWords, drafts: readonly Draft[]) =>
  (drafts.length === 1 ? fileOf(argv) : undefined) ?? cells.name ?? cells.subject

const rowOf = (draft: Draft, argv: CommandWords, name: FactValue): Located<FactValue> => {
  const checked = 'willExpire' in draft.cells ? checkedSeconds(argv) : undefined
  return { line: draft.line, value: record({ ...draft.cells, name, checkedSeconds: checked }) }
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const drafts = draftsOf(stdout)
  const rows = drafts.map((draft, index) =>
    rowOf(draft, argv, nameOf(draft, argv, drafts) ?? String(index + 1)),
  )
  return rows.length === 0 ? nothing : listFact('certificates', rows)
}

/**
 * Certificates: `openssl x509` with -text, -dates, -enddate, -subject, -issuer, -serial, -modulus, -fingerprint, -checkend, -ext;
 * of one file or of several in a loop that names them. `openssl rsa -modulus` tells which key a certificate belongs to.
 */
export const opensslX509: Parser = {
  name: 'openssl-x509',
  gives: ['certificates'],
  recognises: argv =>
    argv[0] === 'openssl' &&
    ['x509', 'rsa', 'pkey', 'req', 'pkcs7', 'crl2pkcs7', 'storeutl'].includes(argv[1] ?? ''),
  recognisesText: text =>
    /^not(?:After|Before)=|^subject=.*\nissuer=/m.test(text) || /^ +Not After ?: .* GMT$/m.test(text),
  parse,
}
