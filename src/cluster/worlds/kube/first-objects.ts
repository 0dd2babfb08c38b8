import { hasTokenSecrets } from '../../kube/account-tokens.ts'
import { putObject } from '../../kube/store.ts'
import { giveToken } from '../../laws/controllers/token-secrets.ts'
import { type Certificate, encodeCertificate } from '../../relations/certificate.ts'
import { type ClientAuthorities, putAuthenticationMap } from './authentication-map.ts'
import type { KubeSetup } from './kube-setup.ts'
import { plainObject } from './templates.ts'

const systemNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/** The authority that pods trust, those by which the API server knows its clients, and the namespaces beside those of every cluster. */
type FirstSetup = {
  readonly authority: Certificate
  readonly clients: ClientAuthorities
  readonly namespaces: readonly string[]
}

/** Makes the namespaces of a new cluster and what carries its authority to pods: a map, in older ones the first token; and how the API server knows clients. */
export const firstObjects = (
  { world, createdMs }: Pick<KubeSetup, 'world' | 'createdMs'>,
  { authority, clients, namespaces }: FirstSetup,
): void => {
  for (const name of new Set([...systemNamespaces, ...namespaces]))
    putObject(
      world,
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      },
      createdMs,
    )
  putAuthenticationMap(world, clients, createdMs)
  if (hasTokenSecrets(world.kube)) {
    const account = plainObject('ServiceAccount', { name: 'default', namespace: 'kube-system' })
    giveToken(world, putObject(world, account, createdMs), {
      authority: encodeCertificate(authority),
      createdMs,
    })
    return
  }
  putObject(
    world,
    plainObject('ConfigMap', {
      name: 'kube-root-ca.crt',
      namespace: 'kube-system',
      data: { 'ca.crt': encodeCertificate(authority) },
    }),
    createdMs,
  )
}
