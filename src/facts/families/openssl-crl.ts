import { optionValue } from '../command/options.ts'
import { type Cells, type Located, listFact, nothing, record } from '../parsed.ts'
import { capture } from '../text/capture.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { certificateInstant, issuerCells } from './certificate.ts'

const instantIn = (text: string, pattern: RegExp): string | undefined =>
  certificateInstant(capture(text, pattern) ?? '')

const numberIn = (text: string): number | undefined => {
  const hexadecimal = capture(text, /^crlNumber=(?:0x)?([\dA-F]+)$/im)
  const decimal = capture(text, /X509v3 CRL Number: *\n +(\d+)$/m)
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16)
  return decimal === undefined ? undefined : Number(decimal)
}

const countOf = (text: string): number | undefined => {
  if (/^No Revoked Certificates\.$/m.test(text)) return 0
  return /^Revoked Certificates:$/m.test(text) ? [...text.matchAll(/^ +Serial Number: /gm)].length : undefined
}

const issuerOf = (text: string): Cells => {
  const issuer = capture(text, /^(?:issuer= ?|\s+Issuer: )(.*)$/m)
  return issuer === undefined ? {} : issuerCells(issuer)
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const first = linesOf(stdout).find(({ text }) =>
    /^(?:lastUpdate|nextUpdate|issuer|crlNumber)=|CRL\):$/.test(text),
  )
  if (first === undefined) return nothing
  const row: Located<FactValue> = {
    line: first.number,
    value: record({
      name: optionValue(argv, ['-in']),
      ...issuerOf(stdout),
      lastUpdate: instantIn(stdout, /^(?:lastUpdate=|\s+Last Update: )(.*)$/m),
      nextUpdate: instantIn(stdout, /^(?:nextUpdate=|\s+Next Update: )(.*)$/m),
      number: numberIn(stdout),
      revoked: countOf(stdout),
    }),
  }
  return listFact('revocationLists', [row])
}

/** Lists of revoked certificates: `openssl crl` with -text, -lastupdate, -nextupdate, -issuer, -crlnumber. */
export const opensslCrl: Parser = {
  name: 'openssl-crl',
  gives: ['revocationLists'],
  recognises: argv => argv[0] === 'openssl' && argv[1] === 'crl',
  recognisesText: text => /^Certificate Revocation List \(CRL\):$|^(?:last|next)Update=/m.test(text),
  parse,
}
