import type { Certificate } from '../../relations/certificate.ts'
import { bytesFor, colonRows, keyIdentifier, modulusOf } from './key-material.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** A point of time as OpenSSL prints it: `Nov 21 06:13:42 2027 GMT`. */
export const opensslTime = (ms: number): string => {
  const date = new Date(ms)
  const day = String(date.getUTCDate()).padStart(2)
  return `${months[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} GMT`
}

/** The subject as OpenSSL prints it: `O = system:nodes, CN = system:node:worker-1`. */
export const subjectOf = ({ organizations, commonName }: Certificate): string =>
  [...organizations.map(name => `O = ${name}`), `CN = ${commonName}`].join(', ')

/** The issuer as OpenSSL prints it. */
export const issuerOf = ({ issuer }: Certificate): string => `CN = ${issuer}`

/** The alternative names as the extension shows them. */
export const alternativeNames = ({ dnsNames, addresses }: Certificate): string =>
  [...dnsNames.map(name => `DNS:${name}`), ...addresses.map(address => `IP Address:${address}`)].join(', ')

const serialText = ({ serial }: Certificate): readonly string[] => {
  const digits = serial.length % 2 === 0 ? serial : `0${serial}`
  if (digits.length <= 16)
    return [`        Serial Number: ${BigInt(`0x${digits}`)} (0x${digits.replace(/^0+(?=.)/, '')})`]
  return ['        Serial Number:', `            ${digits.match(/../g)?.join(':') ?? ''}`]
}

const fromHex = (hex: string): readonly number[] =>
  (hex.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16))

const usages = ({ isAuthority, dnsNames, addresses }: Certificate): readonly string[] => {
  if (isAuthority)
    return [
      '            X509v3 Key Usage: critical',
      '                Digital Signature, Key Encipherment, Certificate Sign',
      '            X509v3 Basic Constraints: critical',
      '                CA:TRUE',
    ]
  const kinds =
    dnsNames.length + addresses.length > 0 ? 'TLS Web Server Authentication' : 'TLS Web Client Authentication'
  return [
    '            X509v3 Key Usage: critical',
    '                Digital Signature, Key Encipherment',
    '            X509v3 Extended Key Usage: ',
    `                ${kinds}`,
    '            X509v3 Basic Constraints: critical',
    '                CA:FALSE',
  ]
}

const extensions = (certificate: Certificate): readonly string[] => {
  const names = alternativeNames(certificate)
  return [
    '        X509v3 extensions:',
    ...usages(certificate),
    ...(certificate.isAuthority
      ? ['            X509v3 Subject Key Identifier: ', `                ${keyIdentifier(certificate.keyId)}`]
      : []),
    ...(certificate.issuerKeyId === certificate.keyId
      ? []
      : [
          '            X509v3 Authority Key Identifier: ',
          `                ${keyIdentifier(certificate.issuerKeyId)}`,
        ]),
    ...(names === '' ? [] : ['            X509v3 Subject Alternative Name: ', `                ${names}`]),
  ]
}

/** What `openssl x509 -text` prints of a certificate. */
export const certificateText = (certificate: Certificate): string => {
  const modulus = [0, ...fromHex(modulusOf(certificate.keyId))]
  const signature = bytesFor(`signature-${certificate.serial}-${certificate.issuerKeyId}`, 256)
  return [
    'Certificate:',
    '    Data:',
    '        Version: 3 (0x2)',
    ...serialText(certificate),
    '        Signature Algorithm: sha256WithRSAEncryption',
    `        Issuer: ${issuerOf(certificate)}`,
    '        Validity',
    `            Not Before: ${opensslTime(certificate.notBeforeMs)}`,
    `            Not After : ${opensslTime(certificate.notAfterMs)}`,
    `        Subject: ${subjectOf(certificate)}`,
    '        Subject Public Key Info:',
    '            Public Key Algorithm: rsaEncryption',
    '                Public-Key: (2048 bit)',
    '                Modulus:',
    ...colonRows(modulus, 15).map(row => `                    ${row}`),
    '                Exponent: 65537 (0x10001)',
    ...extensions(certificate),
    '    Signature Algorithm: sha256WithRSAEncryption',
    '    Signature Value:',
    ...colonRows(signature, 18).map(row => `        ${row}`),
  ]
    .map(line => `${line}\n`)
    .join('')
}
