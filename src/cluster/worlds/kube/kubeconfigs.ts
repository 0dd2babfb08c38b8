import { type Certificate, encodeCertificate, encodeKey } from '../../relations/certificate.ts'
import { type KubeconfigParts, writeKubeconfig } from '../../relations/kubeconfig-text.ts'

/** What a kubeconfig is written from. `client` may be a certificate, kept inline, or the path of a file. */
export type KubeconfigOrder = Omit<KubeconfigParts, 'authority' | 'client'> & {
  readonly authority: Certificate
  readonly client: Certificate | string
}

/** A kubeconfig by the certificates that it is to hold. */
export const kubeconfigText = ({ authority, client, ...names }: KubeconfigOrder): string =>
  writeKubeconfig({
    ...names,
    authority: encodeCertificate(authority),
    client:
      typeof client === 'string'
        ? client
        : { certificate: encodeCertificate(client), key: encodeKey(client.keyId) },
  })
