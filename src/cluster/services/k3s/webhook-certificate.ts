import type { Certificate } from '../../relations/certificate.ts'
import type { Running } from '../service.ts'

const YEAR_MS = 365 * 86_400_000
const AUTHORITY_YEARS = 10

const keyOf = (namespace: string): string => `webhook-ca-${namespace}`

/** The authority that the webhooks of a namespace are signed by, which their configurations carry. */
export const webhookAuthority = (namespace: string, madeMs: number): Certificate => ({
  commonName: `${namespace}-webhook-ca`,
  organizations: [],
  issuer: `${namespace}-webhook-ca`,
  issuerKeyId: keyOf(namespace),
  keyId: keyOf(namespace),
  serial: '02',
  notBeforeMs: madeMs,
  notAfterMs: madeMs + AUTHORITY_YEARS * YEAR_MS,
  dnsNames: [],
  addresses: [],
  isAuthority: true,
})

/** What a webhook shows: a certificate for its service's name, issued anew whenever it starts. */
export const webhookCertificate = ({ container, machine }: Running, service: string): Certificate => {
  const namespace = container?.namespace ?? ''
  const madeMs = container?.createdMs ?? machine.bootedMs
  return {
    ...webhookAuthority(namespace, madeMs),
    commonName: `${service}.${namespace}.svc`,
    keyId: `webhook-${container?.id ?? machine.name}`,
    serial: '03',
    notAfterMs: madeMs + YEAR_MS,
    dnsNames: [`${service}.${namespace}.svc`],
    isAuthority: false,
  }
}
