import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { parseCalendarInstant } from './calendar-instant.ts'
import { parseDuration } from './durations.ts'
import { flagAt, isObject, lineOf, listAt, numberAt, parseJson, textAt } from './json-value.ts'

// `apiserver   Aug 19, 2026 09:03 UTC   360d   ca   no`; of a certificate past its end the time that is left is `<invalid>`.
const rowPattern =
  /^(\S+)\s+([A-Z][a-z]{2}) (\d\d), (\d{4}) (\d\d:\d\d) UTC\s+(\S+)(?:\s+([a-z][\w-]*-?ca|ca))?(?:\s+(yes|no|true|false))?\s*$/
const missingPattern = /^!MISSING!\s+(\S+)/

const isAuthorityHeader = (text: string): boolean => /^CERTIFICATE AUTHORITY\s+EXPIRES/.test(text)

const rowOf = (text: string, authority: true | undefined): FactValue | undefined => {
  const missing = missingPattern.exec(text)?.[1]
  if (missing !== undefined) return record({ name: missing, missing: true, authority })
  const match = rowPattern.exec(text)
  if (match === null) return undefined
  const [, name, month, day, year, time, left = '', issuerName, external] = match
  const residualSeconds = parseDuration(left)
  return record({
    name,
    notAfter: parseCalendarInstant(`${month} ${day} ${time}:00 ${year} UTC`),
    residualSeconds,
    expired: left === '<invalid>' || (residualSeconds ?? 0) < 0,
    issuerName,
    authority,
    externallyManaged: external === undefined ? undefined : /yes|true/.test(external),
  })
}

const textRows = (stdout: string): readonly Located<FactValue>[] => {
  let authority: true | undefined
  return linesOf(stdout).flatMap(({ number, text }) => {
    if (/^CERTIFICATE\s+EXPIRES/.test(text)) authority = undefined
    if (isAuthorityHeader(text)) authority = true
    const value = rowOf(text, authority)
    return value === undefined ? [] : [{ line: number, value }]
  })
}

const entryOf = (entry: unknown, authority: true | undefined): FactValue => {
  const residualSeconds = numberAt(entry, 'residualTime')
  return record({
    name: textAt(entry, 'name'),
    missing: flagAt(entry, 'missing') || undefined,
    notAfter: textAt(entry, 'expirationDate'),
    residualSeconds,
    expired: residualSeconds === undefined ? undefined : residualSeconds <= 0,
    issuerName: textAt(entry, 'caName'),
    authority,
    externallyManaged: flagAt(entry, 'externallyManaged'),
  })
}

const jsonRows = (stdout: string): readonly Located<FactValue>[] => {
  const document = parseJson(stdout.slice(stdout.indexOf('{')))
  if (!isObject(document)) return []
  const located = (value: FactValue): Located<FactValue> => ({
    line: lineOf(stdout, `"${(value as { readonly name?: string }).name}"`),
    value,
  })
  return [
    ...listAt(document, 'certificates').map(entry => located(entryOf(entry, undefined))),
    ...listAt(document, 'certificateAuthorities').map(entry => located(entryOf(entry, true))),
  ]
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows = /^[ \t]*\{/m.test(stdout) ? jsonRows(stdout) : textRows(stdout)
  return rows.length === 0 ? nothing : listFact('certificates', rows)
}

/** When the certificates that kubeadm manages end: `kubeadm certs check-expiration` (`kubeadm alpha certs` too), text and JSON. */
export const kubeadmCerts: Parser = {
  name: 'kubeadm-certs',
  gives: ['certificates'],
  recognises: argv => argv[0] === 'kubeadm' && argv.includes('check-expiration'),
  recognisesText: text => /^CERTIFICATE\s+EXPIRES\s+RESIDUAL TIME/m.test(text),
  parse,
}
