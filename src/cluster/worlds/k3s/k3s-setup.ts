import { writeText } from '../../files/file-tree.ts'
import { type Certificate, encodeCertificate, encodeEcKey } from '../../relations/certificate.ts'
import type { Machine } from '../../world/machine.ts'
import type { KubeSetup } from '../kube/kube-setup.ts'
import { type CertificateOrder, issueCertificate } from '../kube/pki.ts'

/** What a k3s cluster is built from. */
export type K3sSetup = KubeSetup & {
  readonly proxy: Machine
  readonly rancherHost: string
}

/** The authorities of a k3s cluster: that of its servers, of its clients, and of the proxy in front of added APIs. */
export type K3sAuthorities = {
  readonly server: Certificate
  readonly client: Certificate
  readonly requestHeader: Certificate
}

/** Makes the authorities of a k3s cluster. */
export const createK3sAuthorities = ({ world, createdMs }: K3sSetup): K3sAuthorities => {
  const root = (kind: string): Certificate =>
    issueCertificate(world, undefined, {
      commonName: `k3s-${kind}-ca@${Math.floor(createdMs / 1000)}`,
      notBeforeMs: createdMs,
    })
  return { server: root('server'), client: root('client'), requestHeader: root('request-header') }
}

/** Writes a certificate, with what it is signed by behind it, and its key to `path.crt` and `path.key`. */
export const writeChain = (machine: Machine, path: string, chain: readonly Certificate[]): void => {
  const [own] = chain
  if (own === undefined) return
  const mtimeMs = own.notBeforeMs
  writeText(machine.files, `${path}.crt`, { text: chain.map(encodeCertificate).join(''), mtimeMs })
  writeText(machine.files, `${path}.key`, { text: encodeEcKey(own.keyId), mode: 0o600, mtimeMs })
}

/** A certificate of a client of the cluster. */
export const issueClient = (
  { world, createdMs }: K3sSetup,
  { client }: K3sAuthorities,
  order: Pick<CertificateOrder, 'commonName' | 'organizations'>,
): Certificate => issueCertificate(world, client, { ...order, notBeforeMs: createdMs })

/** What lets the pods that k3s brings run on its servers too. */
export const onControlPlanes = [
  { key: 'CriticalAddonsOnly', operator: 'Exists' },
  { effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' },
  { effect: 'NoSchedule', key: 'node-role.kubernetes.io/master', operator: 'Exists' },
]
