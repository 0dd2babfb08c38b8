import type { Certificate } from '../relations/certificate.ts'
import type { OutsideHost, World } from '../world/world.ts'

const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 0, 15)

/** The authority that the internet's certificates of the simulation are signed by; every machine trusts it. */
export const publicAuthority: Certificate = {
  commonName: 'R11',
  organizations: ["Let's Encrypt"],
  issuer: 'ISRG Root X1',
  issuerKeyId: 'isrg-root-x1',
  keyId: 'lets-encrypt-r11',
  serial: '8a7d3e13d62f30ef2386bd29076b34f8',
  notBeforeMs: Date.UTC(2024, 2, 13),
  notAfterMs: Date.UTC(2034, 2, 12),
  dnsNames: [],
  addresses: [],
  isAuthority: true,
}

/** The certificate that a host outside shows for a name: it is renewed every 60 days, so it is good whenever the world's clock is right. */
export const siteCertificate = (world: World, name: string, { names }: OutsideHost): Certificate => {
  const age = Math.floor((world.nowMs - START_MS) / (60 * DAY_MS))
  const notBeforeMs = START_MS + age * 60 * DAY_MS
  return {
    commonName: names[0] ?? name,
    organizations: [],
    issuer: publicAuthority.commonName,
    issuerKeyId: publicAuthority.keyId,
    keyId: `site-${names[0] ?? name}`,
    serial: '04c1ad6d5a2f8e7f3b1f0a9c5d27e6b8f31c',
    notBeforeMs,
    notAfterMs: notBeforeMs + 90 * DAY_MS,
    dnsNames: [...names],
    addresses: [],
    isAuthority: false,
  }
}
