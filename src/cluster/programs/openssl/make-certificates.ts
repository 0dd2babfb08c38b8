import { chanceHex } from '../../chance.ts'
import { readText, writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import {
  type Certificate,
  decodeCertificates,
  decodeKey,
  decodeRequest,
  encodeCertificate,
  encodeKey,
  encodePublicKey,
  encodeRequest,
} from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { alternativeNames, subjectOf } from './certificate-text.ts'
import { cannotOpen } from './x509.ts'

const DAY_MS = 86_400_000
const USUAL_DAYS = 30
const KEY_DIGITS = 40
const SERIAL_DIGITS = 40

/** Words with one value each, as all of these commands read them. */
const valueIn =
  (args: readonly string[]) =>
  (name: string): string | undefined =>
    args.includes(name) ? args[args.indexOf(name) + 1] : undefined

const read = ({ machine, cwd }: Call, path: string): string | undefined =>
  readText(machine.files, resolvePath(cwd, path))

/** Gives a text to the file that was asked for, or prints it. */
const give = (
  { machine, cwd, world }: Call,
  text: string,
  {
    out,
    mode,
    stderr = '',
  }: { readonly out: string | undefined; readonly mode?: number; readonly stderr?: string },
): Reply => {
  if (out === undefined) return { stdout: text, stderr }
  writeText(machine.files, resolvePath(cwd, out), { text, mode: mode ?? 0o644, mtimeMs: world.nowMs })
  return { stderr }
}

const newKey = (call: Call): string => chanceHex(call.world, KEY_DIGITS)

/** `openssl genrsa` and `openssl genpkey`: a new private key. */
export const makeKey = (call: Call, args: readonly string[]): Reply =>
  give(call, encodeKey(newKey(call)), { out: valueIn(args)('-out'), mode: 0o600 })

const namesIn = (text: string): Pick<Certificate, 'dnsNames' | 'addresses'> => ({
  dnsNames: [...text.matchAll(/DNS(?:\.\d+)?\s*[:=]\s*([\w.*-]+)/g)].map(([, name = '']) => name),
  addresses: [...text.matchAll(/IP(?:\.\d+)?\s*[:=]\s*([\d.]+)/g)].map(([, address = '']) => address),
})

const subjectIn = (text: string): Pick<Certificate, 'commonName' | 'organizations'> => {
  const parts = text.split(/(?<!\\)\//).map(part => part.split(/=(.*)/s))
  const valuesOf = (name: string): readonly string[] =>
    parts.filter(([key]) => key === name).map(([, value = '']) => value.replaceAll('\\/', '/'))
  return { commonName: valuesOf('CN').at(-1) ?? '', organizations: valuesOf('O') }
}

type Asked = {
  readonly subject: string
  readonly names: string
  readonly keyId: string
  readonly days: number
  readonly isAuthority: boolean
}

const selfMade = (call: Call, { subject, names, keyId, days, isAuthority }: Asked): Certificate => {
  const nowMs = machineNowMs(call.world, call.host)
  const named = subjectIn(subject)
  return {
    ...named,
    issuer: named.commonName,
    issuerKeyId: keyId,
    keyId,
    serial: chanceHex(call.world, SERIAL_DIGITS),
    notBeforeMs: nowMs,
    notAfterMs: nowMs + days * DAY_MS,
    ...namesIn(names),
    isAuthority,
  }
}

const showRequest = (call: Call, args: readonly string[], path: string | undefined): Reply => {
  const text = path === undefined ? call.stdin : read(call, path)
  if (text === undefined) return { stderr: cannotOpen(path ?? '', 'X509 request'), exit: 1 }
  const request = decodeRequest(text)
  if (request === undefined) return { stderr: 'Unable to load X509 request\n', exit: 1 }
  const names = alternativeNames(request)
  const extensions =
    names === ''
      ? ''
      : `            Requested Extensions:\n                X509v3 Subject Alternative Name: \n                    ${names}\n`
  const parts = [
    args.includes('-text')
      ? `Certificate Request:\n    Data:\n        Version: 1 (0x0)\n        Subject: ${subjectOf(request)}\n        Subject Public Key Info:\n            Public Key Algorithm: rsaEncryption\n                Public-Key: (2048 bit)\n        Attributes:\n${extensions}    Signature Algorithm: sha256WithRSAEncryption\n`
      : '',
    args.includes('-subject') ? `subject=${subjectOf(request)}\n` : '',
    args.includes('-pubkey') ? encodePublicKey(request.keyId) : '',
    args.includes('-noout') ? '' : text,
  ]
  const stderr = args.includes('-verify') ? 'Certificate request self-signature verify OK\n' : ''
  return { stdout: parts.join(''), stderr }
}

const keyFor = (call: Call, valueAt: (name: string) => string | undefined): string | Reply => {
  const path = valueAt('-key')
  if (path !== undefined) {
    const text = read(call, path)
    return (
      decodeKey(text) ?? {
        stderr:
          text === undefined ? cannotOpen(path, 'private key') : `Could not read private key from ${path}\n`,
        exit: 1,
      }
    )
  }
  const keyId = newKey(call)
  give(call, encodeKey(keyId), { out: valueAt('-keyout') ?? 'privkey.pem', mode: 0o600 })
  return keyId
}

/** `openssl req`: a signing request or, with -x509, a certificate that is signed by itself. */
export const request = (call: Call, args: readonly string[]): Reply => {
  const valueAt = valueIn(args)
  const isNew = args.some(word => /^-(new|newkey|x509)$/.test(word))
  if (!isNew) return showRequest(call, args, valueAt('-in'))
  const settings = valueAt('-config')
  const subject = valueAt('-subj')
  if (subject === undefined && settings === undefined)
    return {
      stderr:
        'You are about to be asked to enter information that will be incorporated\ninto your certificate request.\nError making certificate request\n',
      exit: 1,
    }
  const keyId = keyFor(call, valueAt)
  if (typeof keyId !== 'string') return keyId
  const text = settings === undefined ? '' : (read(call, settings) ?? '')
  const fromSettings = [...text.matchAll(/^\s*(CN|O)\s*=\s*(\S.*?)\s*$/gm)].map(
    ([, key, value]) => `/${key}=${value}`,
  )
  const made = selfMade(call, {
    subject: subject ?? fromSettings.join(''),
    names: valueAt('-addext') ?? text,
    keyId,
    days: Number(valueAt('-days') ?? USUAL_DAYS),
    isAuthority: args.includes('-x509'),
  })
  const pem = args.includes('-x509') ? encodeCertificate(made) : encodeRequest(made)
  return give(call, args.includes('-noout') ? '' : pem, { out: valueAt('-out') })
}

/** `openssl x509 -req`: signs a request. What it asks for beside its subject counts only where it is to be copied, or comes from -extfile. */
export const signRequest = (call: Call, args: readonly string[]): Reply => {
  const valueAt = valueIn(args)
  const path = valueAt('-in')
  const asked = decodeRequest(path === undefined ? call.stdin : read(call, path))
  if (asked === undefined) return { stderr: cannotOpen(path ?? '', 'certificate request input'), exit: 1 }
  const authorityPath = valueAt('-CA') ?? ''
  const authority = decodeCertificates(read(call, authorityPath))[0]
  const signKey = decodeKey(read(call, valueAt('-CAkey') ?? valueAt('-signkey') ?? authorityPath))
  if (valueAt('-CA') !== undefined && authority === undefined)
    return { stderr: cannotOpen(authorityPath, 'CA certificate'), exit: 1 }
  if (signKey === undefined)
    return { stderr: cannotOpen(valueAt('-CAkey') ?? valueAt('-signkey') ?? '', 'CA private key'), exit: 1 }
  if (authority !== undefined && authority.keyId !== signKey)
    return { stderr: 'CA certificate and CA private key do not match\n', exit: 1 }
  const nowMs = machineNowMs(call.world, call.host)
  const extensions = valueAt('-extfile')
  const copied = valueAt('-copy_extensions') === 'copyall' || valueAt('-copy_extensions') === 'copy'
  const names = extensions === undefined ? '' : (read(call, extensions) ?? '')
  const certificate: Certificate = {
    ...asked,
    ...(copied ? {} : namesIn(names)),
    issuer: authority?.commonName ?? asked.commonName,
    issuerKeyId: signKey,
    serial: chanceHex(call.world, SERIAL_DIGITS),
    notBeforeMs: nowMs,
    notAfterMs: nowMs + Number(valueAt('-days') ?? USUAL_DAYS) * DAY_MS,
    isAuthority: false,
  }
  return give(call, encodeCertificate(certificate), {
    out: valueAt('-out'),
    stderr: `Certificate request self-signature ok\nsubject=${subjectOf(certificate)}\n`,
  })
}

/** `openssl rand`: bytes by chance. */
export const randomBytes = (call: Call, args: readonly string[]): Reply => {
  const count = Number(args.find(word => /^\d+$/.test(word)) ?? 0)
  const hex = chanceHex(call.world, count * 2)
  if (args.includes('-hex')) return { stdout: `${hex}\n` }
  const bytes = (hex.match(/../g) ?? []).map(pair => String.fromCharCode(Number.parseInt(pair, 16)))
  return { stdout: args.includes('-base64') ? `${btoa(bytes.join(''))}\n` : bytes.join('') }
}
