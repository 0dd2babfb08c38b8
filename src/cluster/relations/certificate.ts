import { remembering } from '../kube/remember.ts'

/** An X.509 certificate as far as anything in the cluster looks at it. */
export type Certificate = {
  readonly commonName: string
  readonly organizations: readonly string[]
  readonly issuer: string
  /** The key that it was signed with: the `keyId` of its authority. */
  readonly issuerKeyId: string
  readonly keyId: string
  /** Hexadecimal. */
  readonly serial: string
  readonly notBeforeMs: number
  readonly notAfterMs: number
  readonly dnsNames: readonly string[]
  readonly addresses: readonly string[]
  readonly isAuthority: boolean
}

const LINE = 64
const MARK = '\u0002\u0001cluster'

const wrap = (kind: string, base64: string): string =>
  `-----BEGIN ${kind}-----\n${base64.match(new RegExp(`.{1,${LINE}}`, 'g'))?.join('\n') ?? ''}\n-----END ${kind}-----\n`

/** Base64 of text that begins as a DER sequence does, so that a file looks as one expects. */
const armour = (kind: string, content: string): string => {
  const body = `${MARK}${content}`
  const head = String.fromCharCode(0x30, 0x82, (body.length >> 8) & 0xff, body.length & 0xff)
  return wrap(kind, btoa(head + body))
}

const blocksOf = (text: string, kind: string): readonly string[] =>
  [...text.matchAll(new RegExp(`-----BEGIN ${kind}-----\\s([\\s\\S]*?)-----END ${kind}-----`, 'g'))].map(
    match => (match[1] ?? '').replace(/\s+/g, ''),
  )

const contentOf = (base64: string): string | undefined => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined
  const body = atob(base64).slice(4)
  return body.startsWith(MARK) ? body.slice(MARK.length) : undefined
}

const parse = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A certificate as PEM text: the text carries all of it, so a copied or moved file stays that certificate. */
export const encodeCertificate = (certificate: Certificate): string =>
  armour('CERTIFICATE', JSON.stringify(certificate))

/** The certificates in a PEM text, in their order; damaged blocks are left out. */
export const decodeCertificates = (text: string | undefined): readonly Certificate[] =>
  text === undefined ? [] : readCertificates(text)

const readCertificates = remembering((text): readonly Certificate[] =>
  blocksOf(text, 'CERTIFICATE')
    .map(block => parse(contentOf(block)) as Certificate | undefined)
    .filter(certificate => certificate !== undefined),
)

const RSA_LETTERS = 1_144

/** A private key as PEM text. */
export const encodeKey = (keyId: string): string =>
  armour('RSA PRIVATE KEY', `${keyId}:${''.padEnd(RSA_LETTERS, keyId)}`)

const EC_LETTERS = 75

/** The key of an elliptic curve as PEM text, as long as such a key is. */
export const encodeEcKey = (keyId: string): string => {
  const body = `${MARK}${keyId}:${''.padEnd(EC_LETTERS, keyId)}`
  return wrap('EC PRIVATE KEY', btoa(`0w\u0002\u0001${body}`))
}

/** The id of the key in a PEM text; `undefined` when there is none. */
export const decodeKey = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : readKey(text)

const readKey = remembering(
  (text): string | undefined =>
    ['RSA PRIVATE KEY', 'EC PRIVATE KEY', 'PRIVATE KEY']
      .flatMap(kind => blocksOf(text, kind))
      .map(contentOf)[0]
      ?.split(':')[0],
)

/** The public half of a key as PEM text; the same for a certificate and its key. */
export const encodePublicKey = (keyId: string): string => armour('PUBLIC KEY', `${keyId}:${keyId.repeat(4)}`)

/** The id of the key whose public half a PEM text is; `undefined` when it is none. */
export const decodePublicKey = (text: string | undefined): string | undefined =>
  blocksOf(text ?? '', 'PUBLIC KEY')
    .map(contentOf)[0]
    ?.split(':')[0]

/** A certificate signing request as PEM text. */
export const encodeRequest = (certificate: Certificate): string =>
  armour('CERTIFICATE REQUEST', JSON.stringify(certificate))

/** The request in a PEM text, as the certificate that would come of it. */
export const decodeRequest = (text: string | undefined): Certificate | undefined =>
  parse(contentOf(blocksOf(text ?? '', 'CERTIFICATE REQUEST')[0] ?? '')) as Certificate | undefined

/** What is wrong with a certificate for whoever checks it. */
export type CertificateProblem = 'expired' | 'not-yet-valid' | 'unknown-authority' | 'name-mismatch'

/** How a certificate is checked: against these authorities, by this clock, for this host name or address. */
export type CertificateCheck = {
  readonly authorities: readonly Certificate[]
  readonly atMs: number
  readonly host?: string | undefined
}

const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host)

/** The first thing that a Go program would find wrong with a certificate; `undefined` when it is good. */
export const checkCertificate = (
  certificate: Certificate,
  { authorities, atMs, host }: CertificateCheck,
): CertificateProblem | undefined => {
  if (atMs < certificate.notBeforeMs) return 'not-yet-valid'
  if (atMs > certificate.notAfterMs) return 'expired'
  if (host !== undefined) {
    const names = isAddress(host) ? certificate.addresses : certificate.dnsNames
    if (!names.includes(host)) return 'name-mismatch'
  }
  const authority = authorities.find(candidate => candidate.keyId === certificate.issuerKeyId)
  if (authority === undefined) return 'unknown-authority'
  if (atMs > authority.notAfterMs) return 'expired'
  return atMs < authority.notBeforeMs ? 'not-yet-valid' : undefined
}

/** The same as OpenSSL finds it: who signed comes first, for whom it is comes last. */
export const checkByChain = (
  certificate: Certificate,
  { host, ...check }: CertificateCheck,
): CertificateProblem | undefined =>
  check.authorities.some(({ keyId }) => keyId === certificate.issuerKeyId)
    ? (checkCertificate(certificate, check) ??
      checkCertificate(certificate, { ...check, ...(host === undefined ? {} : { host }) }))
    : 'unknown-authority'

const goTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** What Go's crypto/x509 says of a problem, from `x509:` on. */
export const x509Text = (
  certificate: Certificate,
  problem: CertificateProblem,
  { atMs, host = '' }: CertificateCheck,
): string => {
  switch (problem) {
    case 'expired':
      return `x509: certificate has expired or is not yet valid: current time ${goTime(atMs)} is after ${goTime(certificate.notAfterMs)}`
    case 'not-yet-valid':
      return `x509: certificate has expired or is not yet valid: current time ${goTime(atMs)} is before ${goTime(certificate.notBeforeMs)}`
    case 'unknown-authority':
      return 'x509: certificate signed by unknown authority'
    case 'name-mismatch': {
      const names = isAddress(host) ? certificate.addresses : certificate.dnsNames
      if (names.length > 0) return `x509: certificate is valid for ${names.join(', ')}, not ${host}`
      return isAddress(host)
        ? `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`
        : `x509: certificate is not valid for any names, but wanted to match ${host}`
    }
  }
}
