import { chanceHex } from '../../chance.ts'
import { recordEvent } from '../../kube/events.ts'
import { getObject, listObjects, putObject } from '../../kube/store.ts'
import { isWritable } from '../../relations/api-server.ts'
import {
  type Certificate,
  decodeCertificates,
  encodeCertificate,
  encodeKey,
} from '../../relations/certificate.ts'
import { runningContainers } from '../../relations/pods.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const LIFE_MS = 90 * 86_400_000

const authorityOf = (world: World, { metadata, spec }: KubeObject): Certificate | undefined => {
  const { namespace } = metadata
  const issuer = getObject(world.kube, { kind: 'Issuer', namespace, name: spec.issuerRef?.name ?? '' })
  const name = issuer?.spec.ca?.secretName ?? ''
  const secret = getObject(world.kube, { kind: 'Secret', namespace, name })
  return decodeCertificates(atob(secret?.data?.['tls.crt'] ?? ''))[0]
}

const issue = (world: World, wanted: KubeObject, authority: Certificate): void => {
  const { name, namespace } = wanted.metadata
  const dnsNames: readonly string[] = wanted.spec.dnsNames ?? []
  const keyId = chanceHex(world, 32)
  const certificate: Certificate = {
    commonName: wanted.spec.commonName ?? dnsNames[0] ?? '',
    organizations: [],
    issuer: authority.commonName,
    issuerKeyId: authority.keyId,
    keyId,
    serial: chanceHex(world, 16),
    notBeforeMs: world.nowMs,
    notAfterMs: world.nowMs + LIFE_MS,
    dnsNames,
    addresses: [],
    isAuthority: false,
  }
  putObject(world, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: wanted.spec.secretName,
      namespace: namespace ?? 'default',
      annotations: { 'cert-manager.io/certificate-name': name },
      labels: { 'controller.cert-manager.io/fao': 'true' },
    },
    type: 'kubernetes.io/tls',
    data: {
      'ca.crt': btoa(encodeCertificate(authority)),
      'tls.crt': btoa(encodeCertificate(certificate)),
      'tls.key': btoa(encodeKey(keyId)),
    },
  })
  const tell = (reason: string, message: string, source: string): void =>
    recordEvent(world, {
      about: wanted,
      type: 'Normal',
      reason,
      message,
      source: `cert-manager-certificates-${source}`,
    })
  tell('Issuing', 'Issuing certificate as Secret does not exist', 'trigger')
  const temporary = `${name}-${chanceHex(world, 5)}`
  tell('Generated', `Stored new private key in temporary Secret resource "${temporary}"`, 'key-manager')
  tell('Requested', `Created new CertificateRequest resource "${name}-2"`, 'request-manager')
  tell('Issuing', 'The certificate has been successfully issued', 'issuing')
}

/** cert-manager makes the secret of a Certificate that has none, signed by the authority that its Issuer names. */
export const issueCertificates: Law = world => {
  for (const wanted of listObjects(world.kube, 'Certificate')) {
    const { secretName: name } = wanted.spec
    if (getObject(world.kube, { kind: 'Secret', namespace: wanted.metadata.namespace, name }) !== undefined)
      continue
    const authority = authorityOf(world, wanted)
    if (authority === undefined || !isWritable(world)) continue
    if (runningContainers(world, 'cert-manager').length > 0) issue(world, wanted, authority)
  }
}
