import { readText, writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import {
  type Certificate,
  decodeCertificates,
  encodeCertificate,
  encodePublicKey,
} from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { alternativeNames, certificateText, issuerOf, opensslTime, subjectOf } from './certificate-text.ts'
import { bytesFor, hexOf, modulusOf } from './key-material.ts'

const ERROR_ID = '40B7A1C3DB7F0000'

/** What OpenSSL 3 says of a file that it cannot open. */
export const cannotOpen = (path: string, what: string): string =>
  [
    `Could not open file or uri for loading ${what} from ${path}`,
    `${ERROR_ID}:error:16000069:STORE routines:ossl_store_get0_loader_int:unregistered scheme:../crypto/store/store_register.c:237:scheme=file`,
    `${ERROR_ID}:error:80000002:system library:file_open:No such file or directory:../providers/implementations/storemgmt/file_store.c:267:calling stat(${path})`,
    `Unable to load ${what}`,
    '',
  ].join('\n')

const notCertificate = (path: string): string =>
  `Could not read certificate from ${path === '' ? '<stdin>' : path}\nUnable to load certificate\n`

const fingerprint = (certificate: Certificate, bytes: number): string =>
  (
    hexOf(bytesFor(`fingerprint-${bytes}-${certificate.serial}`, bytes))
      .toUpperCase()
      .match(/../g) ?? []
  ).join(':')

const checkEnd = (call: Call, certificate: Certificate, seconds: number): Reply => {
  const endsSoon = machineNowMs(call.world, call.host) + seconds * 1000 > certificate.notAfterMs
  return {
    stdout: endsSoon ? 'Certificate will expire\n' : 'Certificate will not expire\n',
    exit: endsSoon ? 1 : 0,
  }
}

const extension = (certificate: Certificate, names: string): string => {
  const shown = alternativeNames(certificate)
  if (!names.includes('subjectAltName')) return ''
  return shown === '' ? 'No extensions matched\n' : `X509v3 Subject Alternative Name: \n    ${shown}\n`
}

/** What each output option prints, in the order in which OpenSSL would be asked for them. */
const printers: Readonly<Record<string, (certificate: Certificate) => string>> = {
  '-serial': ({ serial }) => `serial=${(serial.length % 2 === 0 ? serial : `0${serial}`).toUpperCase()}\n`,
  '-subject': certificate => `subject=${subjectOf(certificate)}\n`,
  '-issuer': certificate => `issuer=${issuerOf(certificate)}\n`,
  '-dates': ({ notBeforeMs, notAfterMs }) =>
    `notBefore=${opensslTime(notBeforeMs)}\nnotAfter=${opensslTime(notAfterMs)}\n`,
  '-startdate': ({ notBeforeMs }) => `notBefore=${opensslTime(notBeforeMs)}\n`,
  '-enddate': ({ notAfterMs }) => `notAfter=${opensslTime(notAfterMs)}\n`,
  '-modulus': ({ keyId }) => `Modulus=${modulusOf(keyId)}\n`,
  '-fingerprint': certificate => `SHA1 Fingerprint=${fingerprint(certificate, 20)}\n`,
  '-hash': ({ commonName }) => `${hexOf(bytesFor(`hash-${commonName}`, 4))}\n`,
  '-pubkey': ({ keyId }) => encodePublicKey(keyId),
  '-text': certificateText,
}

const valued = new Set([
  '-in',
  '-out',
  '-checkend',
  '-ext',
  '-inform',
  '-outform',
  '-nameopt',
  '-certopt',
  '-days',
  '-CA',
  '-CAkey',
])

/** `openssl x509`: shows a certificate. */
export const x509 = (call: Call, args: readonly string[]): Reply => {
  const valueAt = (name: string): string | undefined =>
    args.includes(name) ? args[args.indexOf(name) + 1] : undefined
  const unknown = args.find(
    (word, at) =>
      word.startsWith('-') &&
      !valued.has(word) &&
      !valued.has(args[at - 1] ?? '') &&
      printers[word] === undefined &&
      !['-noout', '-sha256', '-sha1', '-purpose'].includes(word),
  )
  if (unknown !== undefined)
    return { stderr: `x509: Unknown option: ${unknown.slice(1)}\nx509: Use -help for summary.\n`, exit: 1 }
  const path = valueAt('-in')
  const text = path === undefined ? call.stdin : readText(call.machine.files, resolvePath(call.cwd, path))
  if (text === undefined) return { stderr: cannotOpen(path ?? '', 'certificate'), exit: 1 }
  const certificate = decodeCertificates(text)[0]
  if (certificate === undefined) return { stderr: notCertificate(path ?? ''), exit: 1 }
  const seconds = valueAt('-checkend')
  if (seconds !== undefined) return checkEnd(call, certificate, Number(seconds))
  const shown = args.map(word => printers[word]?.(certificate) ?? '').join('')
  const extensions = extension(certificate, valueAt('-ext') ?? '')
  const pem = args.includes('-noout') ? '' : encodeCertificate(certificate)
  const out = valueAt('-out')
  if (out !== undefined)
    writeText(call.machine.files, resolvePath(call.cwd, out), { text: pem, mtimeMs: call.world.nowMs })
  return { stdout: `${shown}${extensions}${out === undefined ? pem : ''}` }
}
