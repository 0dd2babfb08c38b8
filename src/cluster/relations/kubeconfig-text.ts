import { stringify } from 'yaml'

/** What a kubeconfig is written from, certificates and keys as PEM. `client` may be kept inline, or be the path of a file that holds both. */
export type KubeconfigParts = {
  readonly clusterName: string
  readonly apiUrl: string
  readonly authority: string
  readonly user: string
  readonly client: { readonly certificate: string; readonly key: string } | string
  /** What the one context is called: by kubeadm `user@cluster`. */
  readonly context?: string
}

/** A kubeconfig as kubeadm and k3s write it. */
export const writeKubeconfig = (parts: KubeconfigParts): string => {
  const { clusterName, apiUrl, authority, user, client } = parts
  const { context = `${user}@${clusterName}` } = parts
  const credentials =
    typeof client === 'string'
      ? { 'client-certificate': client, 'client-key': client }
      : { 'client-certificate-data': btoa(client.certificate), 'client-key-data': btoa(client.key) }
  const config = {
    apiVersion: 'v1',
    clusters: [
      { cluster: { 'certificate-authority-data': btoa(authority), server: apiUrl }, name: clusterName },
    ],
    contexts: [{ context: { cluster: clusterName, user }, name: context }],
    'current-context': context,
    kind: 'Config',
    preferences: {},
    users: [{ name: user, user: credentials }],
  }
  return stringify(config, { lineWidth: 0, indentSeq: false })
}
