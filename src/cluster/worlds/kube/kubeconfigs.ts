import { stringify } from 'yaml'
import { type Certificate, encodeCertificate, encodeKey } from '../../relations/certificate.ts'

/** What a kubeconfig is written from. `client` may be a certificate, kept inline, or the path of a file. */
export type KubeconfigOrder = {
  readonly clusterName: string
  readonly apiUrl: string
  readonly authority: Certificate
  readonly user: string
  readonly client: Certificate | string
}

/** A kubeconfig as kubeadm writes it. */
export const kubeconfigText = ({ clusterName, apiUrl, authority, user, client }: KubeconfigOrder): string => {
  const context = `${user}@${clusterName}`
  const credentials =
    typeof client === 'string'
      ? { 'client-certificate': client, 'client-key': client }
      : {
          'client-certificate-data': btoa(encodeCertificate(client)),
          'client-key-data': btoa(encodeKey(client.keyId)),
        }
  const config = {
    apiVersion: 'v1',
    clusters: [
      {
        cluster: { 'certificate-authority-data': btoa(encodeCertificate(authority)), server: apiUrl },
        name: clusterName,
      },
    ],
    contexts: [{ context: { cluster: clusterName, user }, name: context }],
    'current-context': context,
    kind: 'Config',
    preferences: {},
    users: [{ name: user, user: credentials }],
  }
  return stringify(config, { lineWidth: 0, indentSeq: false })
}
