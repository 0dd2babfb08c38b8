import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { publicAuthority } from '../../network/site-certificate.ts'
import { type Certificate, decodeCertificates, encodeCertificate } from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { fetchUrl } from '../../relations/fetch-url.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { connectFailures } from '../network/connect-failures.ts'
import { issuerOf, opensslTime, subjectOf } from './certificate-text.ts'
import { verifyError } from './verify.ts'

const ERROR_ID = '40F78D6E737F0000'

const chain = (certificate: Certificate, error: readonly [number, string] | undefined): string =>
  [
    'CONNECTED(00000003)',
    '---',
    'Certificate chain',
    ` 0 s:${subjectOf(certificate)}`,
    `   i:${issuerOf(certificate)}`,
    '   a:PKEY: rsaEncryption, 2048 (bit); sigalg: RSA-SHA256',
    `   v:NotBefore: ${opensslTime(certificate.notBeforeMs)}; NotAfter: ${opensslTime(certificate.notAfterMs)}`,
    '---',
    'Server certificate',
    `${encodeCertificate(certificate).trimEnd()}`,
    `subject=${subjectOf(certificate)}`,
    `issuer=${issuerOf(certificate)}`,
    '---',
    'No client certificate CA names sent',
    'Peer signing digest: SHA256',
    'Peer signature type: RSA-PSS',
    'Server Temp Key: X25519, 253 bits',
    '---',
    'SSL handshake has read 1452 bytes and written 391 bytes',
    error === undefined ? 'Verification: OK' : `Verification error: ${error[1]}`,
    '---',
    'New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256',
    'Server public key is 2048 bit',
    'Secure Renegotiation IS NOT supported',
    'Compression: NONE',
    'Expansion: NONE',
    'No ALPN negotiated',
    'Early data was not sent',
    `Verify return code: ${error === undefined ? '0 (ok)' : `${error[0]} (${error[1]})`}`,
    '---',
    '',
  ].join('\n')

/** `openssl s_client -connect HOST:PORT`: shows the certificate of a server and what is wrong with it. */
export const sClient = (call: Call, args: readonly string[]): Reply => {
  const valueAt = (name: string): string | undefined =>
    args.includes(name) ? args[args.indexOf(name) + 1] : undefined
  const [host = 'localhost', port = '4433'] = (
    valueAt('-connect') ??
    args.find(word => /^[^-].*:\d+$/.test(word)) ??
    ''
  ).split(/:(?=\d+$)/)
  const file = valueAt('-CAfile')
  const authorities =
    file === undefined
      ? [publicAuthority]
      : decodeCertificates(readText(call.machine.files, resolvePath(call.cwd, file)))
  const outcome = fetchUrl(call.world, {
    from: call.machine,
    scheme: 'https',
    host,
    port: Number(port),
    path: '/',
    method: 'GET',
    serverName: valueAt('-servername'),
    authorities: undefined,
    client: decodeCertificates(
      readText(call.machine.files, resolvePath(call.cwd, valueAt('-cert') ?? '')),
    )[0],
  })
  if (outcome.kind === 'no-host')
    return {
      stderr: `${ERROR_ID}:error:10080002:BIO routines:BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:738:Name or service not known\nconnect:errno=22\n`,
      exit: 1,
      tookMs: outcome.resolution.tookMs,
    }
  if (outcome.kind === 'no-connection') {
    const { text, code, tookMs } = connectFailures[outcome.because]
    return {
      stderr: `${ERROR_ID}:error:8000006F:system library:BIO_connect:${text}:../crypto/bio/bio_sock2.c:125:calling connect()\n${ERROR_ID}:error:10000067:BIO routines:BIO_connect:connect error:../crypto/bio/bio_sock2.c:127:\nconnect:errno=${code}\n`,
      exit: 1,
      tookMs,
    }
  }
  const certificate = 'certificate' in outcome ? outcome.certificate : undefined
  if (certificate === undefined)
    return {
      stdout:
        'CONNECTED(00000003)\n---\nno peer certificate available\n---\nNo client certificate CA names sent\n---\nSSL handshake has read 5 bytes and written 307 bytes\nVerification: OK\n---\n',
      stderr: `${ERROR_ID}:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:354:\n`,
      exit: 1,
    }
  const error = verifyError(certificate, { authorities, atMs: machineNowMs(call.world, call.host) })
  const told =
    error === undefined ? 'verify return:1' : `verify error:num=${error[0]}:${error[1]}\nverify return:1`
  return {
    stdout: chain(certificate, error),
    stderr: `depth=0 ${subjectOf(certificate)}\n${told}\nDONE\n`,
    tookMs: 40,
  }
}
