import { readText } from '../../files/file-tree.ts'
import type { NewObject } from '../../kube/store.ts'
import {
  type Certificate,
  decodeCertificates,
  encodeCertificate,
  encodeKey,
} from '../../relations/certificate.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { issueCertificate } from '../kube/pki.ts'
import { plainObject } from '../kube/templates.ts'
import type { K3sSetup } from './k3s-setup.ts'

const CATTLE = 'cattle-system'
const SERVING = `${K3S_DATA}/server/tls/serving-kube-apiserver.crt`
const RENEW_MS = 90 * 86_400_000

type Pair = {
  readonly name: string
  readonly namespace: string
  readonly certificate: Certificate
  readonly authority?: Certificate
  readonly annotations?: Readonly<Record<string, string>>
}

const pair = ({ certificate, authority, ...place }: Pair): NewObject =>
  plainObject('Secret', {
    ...place,
    type: 'kubernetes.io/tls',
    data: {
      ...(authority === undefined ? {} : { 'ca.crt': btoa(encodeCertificate(authority)) }),
      'tls.crt': btoa(encodeCertificate(certificate)),
      'tls.key': btoa(encodeKey(certificate.keyId)),
    },
  })

const issued = (name: string, host: string): Readonly<Record<string, string>> => ({
  'cert-manager.io/alt-names': host,
  'cert-manager.io/certificate-name': name,
  'cert-manager.io/common-name': host,
  'cert-manager.io/ip-sans': '',
  'cert-manager.io/issuer-group': 'cert-manager.io',
  'cert-manager.io/issuer-kind': 'Issuer',
  'cert-manager.io/issuer-name': 'rancher',
  'cert-manager.io/uri-sans': '',
})

const opaque = (name: string, data: KubeValue): NewObject =>
  plainObject('Secret', { name, namespace: CATTLE, type: 'Opaque', data })

/** The certificates that Rancher, its certificate manager and k3s keep in secrets: the one of Rancher's Ingress is signed by Rancher's authority. */
export const tlsSecrets = ({
  world,
  rancherHost,
  createdMs,
  controlPlanes,
}: K3sSetup): readonly NewObject[] => {
  const root = (commonName: string): Certificate =>
    issueCertificate(world, undefined, { commonName, notBeforeMs: createdMs })
  const rancher = root(`dynamiclistener-ca@${Math.floor(createdMs / 1000)}`)
  const internal = root(`dynamiclistener-ca@${Math.floor(createdMs / 1000) + 8}`)
  const ingress = issueCertificate(world, rancher, {
    commonName: rancherHost,
    dnsNames: [rancherHost],
    notBeforeMs: createdMs,
    notAfterMs: createdMs + RENEW_MS,
  })
  const serving = issueCertificate(world, internal, {
    commonName: 'dynamic',
    dnsNames: [`rancher.${CATTLE}`],
    notBeforeMs: createdMs,
  })
  return [
    opaque('bootstrap-secret', { bootstrapPassword: btoa('mzt4vqz8xk6w5r2n') }),
    pair({ name: 'tls-rancher', namespace: CATTLE, certificate: rancher }),
    pair({ name: 'tls-rancher-internal-ca', namespace: CATTLE, certificate: internal }),
    pair({ name: 'tls-rancher-internal', namespace: CATTLE, certificate: serving }),
    pair({ name: 'serving-cert', namespace: CATTLE, certificate: serving }),
    pair({
      name: 'tls-rancher-ingress',
      namespace: CATTLE,
      certificate: ingress,
      authority: rancher,
      annotations: issued('tls-rancher-ingress', rancherHost),
    }),
    ...controlPlanes
      .slice(0, 1)
      .flatMap(machine => decodeCertificates(readText(machine.files, SERVING)))
      .map(certificate => pair({ name: 'k3s-serving', namespace: 'kube-system', certificate })),
  ]
}
