import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { publicAuthority } from '../../network/site-certificate.ts'
import {
  type Certificate,
  type CertificateProblem,
  checkByChain,
  decodeCertificates,
} from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { subjectOf } from './certificate-text.ts'
import { cannotOpen } from './x509.ts'

/** OpenSSL's number and words of what is wrong with a certificate. */
export const verifyErrors: Readonly<
  Record<Exclude<CertificateProblem, 'name-mismatch'> | 'self-signed', readonly [number, string]>
> = {
  expired: [10, 'certificate has expired'],
  'not-yet-valid': [9, 'certificate is not yet valid'],
  'unknown-authority': [20, 'unable to get local issuer certificate'],
  'self-signed': [18, 'self-signed certificate'],
}

/** What OpenSSL finds wrong with a certificate, as its number and words. */
export const verifyError = (
  certificate: Certificate,
  check: { readonly authorities: readonly Certificate[]; readonly atMs: number },
): readonly [number, string] | undefined => {
  const problem = checkByChain(certificate, check)
  if (problem === undefined || problem === 'name-mismatch') return undefined
  const isSelfSigned = certificate.issuerKeyId === certificate.keyId
  return verifyErrors[problem === 'unknown-authority' && isSelfSigned ? 'self-signed' : problem]
}

const certificatesAt = (call: Call, path: string): readonly Certificate[] | undefined => {
  const text = readText(call.machine.files, resolvePath(call.cwd, path))
  return text === undefined ? undefined : decodeCertificates(text)
}

const valued = new Set(['-CAfile', '-untrusted', '-purpose', '-CApath', '-trusted'])

/** `openssl verify`: checks certificates against an authority. */
export const verify = (call: Call, args: readonly string[]): Reply => {
  const authorityPath = args.includes('-CAfile') ? args[args.indexOf('-CAfile') + 1] : undefined
  const files = args.filter((word, at) => !word.startsWith('-') && !valued.has(args[at - 1] ?? ''))
  const authorities = authorityPath === undefined ? [publicAuthority] : certificatesAt(call, authorityPath)
  if (authorities === undefined) return { stderr: `Error loading file ${authorityPath}\n`, exit: 1 }
  const out: string[] = []
  const errors: string[] = []
  for (const path of files) {
    const certificate = certificatesAt(call, path)?.[0]
    if (certificate === undefined) {
      errors.push(cannotOpen(path, 'certificate file'))
      continue
    }
    const error = verifyError(certificate, { authorities, atMs: machineNowMs(call.world, call.host) })
    if (error === undefined) out.push(`${path}: OK\n`)
    else
      errors.push(
        `${subjectOf(certificate)}\nerror ${error[0]} at 0 depth lookup: ${error[1]}\nerror ${path}: verification failed\n`,
      )
  }
  return { stdout: out.join(''), stderr: errors.join(''), exit: errors.length > 0 ? 2 : 0 }
}
