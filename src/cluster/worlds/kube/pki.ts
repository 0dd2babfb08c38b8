import { chanceHex } from '../../chance.ts'
import { makeLink, writeText } from '../../files/file-tree.ts'
import {
  type Certificate,
  encodeCertificate,
  encodeKey,
  encodePublicKey,
} from '../../relations/certificate.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { type KubeSetup, kubernetesServiceIp } from './kube-setup.ts'

const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS
const PKI = '/etc/kubernetes/pki'

/** What tells one certificate from another. */
export type CertificateOrder = {
  readonly commonName: string
  readonly organizations?: readonly string[]
  readonly dnsNames?: readonly string[]
  readonly addresses?: readonly string[]
  readonly notBeforeMs: number
  readonly notAfterMs?: number
}

/** Issues a certificate, signed by an authority, or by itself where there is none. */
export const issueCertificate = (
  world: World,
  authority: Certificate | undefined,
  order: CertificateOrder,
): Certificate => {
  const keyId = chanceHex(world, 32)
  return {
    commonName: order.commonName,
    organizations: order.organizations ?? [],
    issuer: authority?.commonName ?? order.commonName,
    issuerKeyId: authority?.keyId ?? keyId,
    keyId,
    serial: chanceHex(world, 16),
    notBeforeMs: Math.floor(order.notBeforeMs / 1000) * 1000,
    notAfterMs:
      Math.floor(
        (order.notAfterMs ?? order.notBeforeMs + (authority === undefined ? 10 : 1) * YEAR_MS) / 1000,
      ) * 1000,
    dnsNames: order.dnsNames ?? [],
    addresses: order.addresses ?? [],
    isAuthority: authority === undefined,
  }
}

/** Writes a certificate and its key to `path.crt` and `path.key`. */
export const writePair = (machine: Machine, path: string, certificate: Certificate): void => {
  const mtimeMs = certificate.notBeforeMs
  writeText(machine.files, `${path}.crt`, { text: encodeCertificate(certificate), mtimeMs })
  writeText(machine.files, `${path}.key`, { text: encodeKey(certificate.keyId), mode: 0o600, mtimeMs })
}

/** The authorities of a cluster. */
export type Authorities = {
  readonly kubernetes: Certificate
  readonly etcd: Certificate
  readonly frontProxy: Certificate
}

/** Makes the three authorities of a kubeadm cluster. */
export const createAuthorities = ({ world, createdMs }: KubeSetup): Authorities => {
  const root = (commonName: string): Certificate =>
    issueCertificate(world, undefined, {
      commonName,
      notBeforeMs: createdMs - 300_000,
      dnsNames: [commonName],
    })
  return { kubernetes: root('kubernetes'), etcd: root('etcd-ca'), frontProxy: root('front-proxy-ca') }
}

/** The names under which the API server of a machine is called. */
export const apiServerNames = (
  world: World,
  machine: Machine,
): Pick<CertificateOrder, 'dnsNames' | 'addresses'> => ({
  dnsNames: [
    machine.name,
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ],
  addresses: [kubernetesServiceIp(world), mainAddressOf(machine)],
})

/** The certificates of one control plane machine as `kubeadm init phase certs all` makes them, by path without ending below the PKI folder. */
export const controlPlaneOrders = (
  world: World,
  machine: Machine,
  notBeforeMs: number,
): Readonly<Record<string, CertificateOrder & { readonly authority: keyof Authorities }>> => {
  const names = {
    dnsNames: [machine.name, 'localhost'],
    addresses: [mainAddressOf(machine), '127.0.0.1', '::1'],
  }
  const masters = ['system:masters']
  return {
    apiserver: {
      authority: 'kubernetes',
      commonName: 'kube-apiserver',
      ...apiServerNames(world, machine),
      notBeforeMs,
    },
    'apiserver-kubelet-client': {
      authority: 'kubernetes',
      commonName: 'kube-apiserver-kubelet-client',
      organizations: masters,
      notBeforeMs,
    },
    'apiserver-etcd-client': {
      authority: 'etcd',
      commonName: 'kube-apiserver-etcd-client',
      organizations: masters,
      notBeforeMs,
    },
    'front-proxy-client': { authority: 'frontProxy', commonName: 'front-proxy-client', notBeforeMs },
    'etcd/server': { authority: 'etcd', commonName: machine.name, ...names, notBeforeMs },
    'etcd/peer': { authority: 'etcd', commonName: machine.name, ...names, notBeforeMs },
    'etcd/healthcheck-client': {
      authority: 'etcd',
      commonName: 'kube-etcd-healthcheck-client',
      organizations: masters,
      notBeforeMs,
    },
  }
}

/** Writes all certificates of a control plane machine. */
export const writeControlPlanePki = (setup: KubeSetup, machine: Machine, authorities: Authorities): void => {
  const { world, createdMs } = setup
  writePair(machine, `${PKI}/ca`, authorities.kubernetes)
  writePair(machine, `${PKI}/etcd/ca`, authorities.etcd)
  writePair(machine, `${PKI}/front-proxy-ca`, authorities.frontProxy)
  for (const [path, { authority, ...order }] of Object.entries(controlPlaneOrders(world, machine, createdMs)))
    writePair(machine, `${PKI}/${path}`, issueCertificate(world, authorities[authority], order))
  const keyId = chanceHex(world, 32)
  writeText(machine.files, `${PKI}/sa.key`, { text: encodeKey(keyId), mode: 0o600, mtimeMs: createdMs })
  writeText(machine.files, `${PKI}/sa.pub`, {
    text: encodePublicKey(keyId),
    mode: 0o600,
    mtimeMs: createdMs,
  })
}

const stamp = (ms: number): string =>
  new Date(ms).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '-')

/** Writes the kubelet's own certificates: its client certificate behind a link, and the one that it serves with. */
export const writeKubeletPki = (setup: KubeSetup, machine: Machine, authorities: Authorities): void => {
  const { world, createdMs } = setup
  const folder = '/var/lib/kubelet/pki'
  const client = issueCertificate(world, authorities.kubernetes, {
    commonName: `system:node:${machine.name}`,
    organizations: ['system:nodes'],
    notBeforeMs: createdMs,
  })
  const file = `${folder}/kubelet-client-${stamp(createdMs)}.pem`
  const text = encodeCertificate(client) + encodeKey(client.keyId).replaceAll('RSA PRIVATE', 'EC PRIVATE')
  writeText(machine.files, file, { text, mode: 0o600, mtimeMs: createdMs })
  makeLink(machine.files, `${folder}/kubelet-client-current.pem`, { to: file, mtimeMs: createdMs })
  const own = issueCertificate(world, undefined, {
    commonName: `${machine.name}-ca@${Math.floor(createdMs / 1000)}`,
    notBeforeMs: createdMs,
  })
  writePair(
    machine,
    `${folder}/kubelet`,
    issueCertificate(world, own, {
      commonName: `${machine.name}@${Math.floor(createdMs / 1000)}`,
      dnsNames: [machine.name],
      notBeforeMs: createdMs,
    }),
  )
  writeText(machine.files, `${PKI}/ca.crt`, {
    text: encodeCertificate(authorities.kubernetes),
    mtimeMs: createdMs,
  })
}
