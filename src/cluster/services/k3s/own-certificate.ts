import type { Certificate } from '../../relations/certificate.ts'
import type { Running } from '../service.ts'

const YEAR_MS = 365 * 86_400_000

/** The certificate that a container makes for itself when it starts: nobody else has signed it. */
export const ownCertificate = ({ container, machine }: Running, commonName: string): Certificate => {
  const madeMs = container?.createdMs ?? machine.bootedMs
  const keyId = `own-${container?.id ?? machine.name}`
  return {
    commonName,
    organizations: [],
    issuer: commonName,
    issuerKeyId: keyId,
    keyId,
    serial: '01',
    notBeforeMs: madeMs,
    notAfterMs: madeMs + YEAR_MS,
    dnsNames: [],
    addresses: [],
    isAuthority: false,
  }
}
