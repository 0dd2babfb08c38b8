import { readText } from '../../files/file-tree.ts'
import { changeStatus, listObjects, removeObject } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import {
  type Certificate,
  decodeCertificates,
  decodeRequest,
  encodeCertificate,
} from '../../relations/certificate.ts'
import { leaderOf } from '../../relations/components.ts'
import { flagsOf } from '../../relations/flags.ts'
import { runningContainers } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

const YEAR_MS = 365 * 86_400_000
const HOUR_MS = 3_600_000
const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet'

/** The authority that the acting controller manager signs with. */
const signerOf = (world: World) => {
  const machine = leaderOf(world, 'kube-controller-manager')?.machine
  const container = runningContainers(world, 'kube-controller-manager').find(
    c => c.machine === machine,
  )?.container
  const path = flagsOf(container?.command ?? [])['cluster-signing-cert-file'] ?? '/etc/kubernetes/pki/ca.crt'
  return machine === undefined ? undefined : decodeCertificates(readText(machine.files, path))[0]
}

/** Whether a request for a kubelet's client certificate is approved without a person: nodes may renew their own. */
const isSelfApproved = (signer: string, username: string): boolean =>
  signer === CLIENT_SIGNER && /^system:(node|bootstrap):/.test(username)

const requestsOf = (world: World): readonly KubeObject[] =>
  listObjects(world.kube, 'CertificateSigningRequest')

const approvalOf = ({ status }: KubeObject): KubeValue =>
  status?.conditions?.find((c: { type: string }) => c.type === 'Approved')

/** Forgets old requests. */
export const cleanRequests = (world: World): void => {
  for (const request of requestsOf(world)) {
    const ageMs = world.nowMs - msOf(request.metadata.creationTimestamp)
    if (ageMs > (approvalOf(request) ? HOUR_MS : 24 * HOUR_MS)) removeObject(world, request)
  }
}

/** Approves the requests that nodes may make for themselves. */
export const approveRequests = (world: World): void => {
  for (const request of requestsOf(world)) {
    const { signerName, username } = request.spec
    if ((request.status?.conditions ?? []).length > 0 || !isSelfApproved(signerName, username)) continue
    const now = isoOf(world.nowMs)
    changeStatus(world, request, {
      conditions: [
        {
          lastTransitionTime: now,
          lastUpdateTime: now,
          message: 'Auto approving self kubelet client certificate after SubjectAccessReview.',
          reason: 'AutoApproved',
          status: 'True',
          type: 'Approved',
        },
      ],
    })
  }
}

const SERVING_SIGNER = 'kubernetes.io/kubelet-serving'

/** The signers that the controller manager is; for any other somebody else must sign. */
const ownSigners: readonly string[] = [
  CLIENT_SIGNER,
  SERVING_SIGNER,
  'kubernetes.io/kube-apiserver-client',
  'kubernetes.io/legacy-unknown',
]

/** Why a signer that signs for nodes alone does not sign a request. */
const nodeProblem = (signer: string, wanted: Certificate): string | undefined => {
  if (signer !== CLIENT_SIGNER && signer !== SERVING_SIGNER) return undefined
  if (wanted.organizations.join() !== 'system:nodes') return 'subject organization is not system:nodes'
  if (!wanted.commonName.startsWith('system:node:'))
    return 'subject common name does not begin with system:node:'
  return signer === SERVING_SIGNER && wanted.dnsNames.length + wanted.addresses.length === 0
    ? 'DNS or IP subjectAltName is required'
    : undefined
}

const fail = (world: World, request: KubeObject, message: string): void => {
  const now = isoOf(world.nowMs)
  const failed = {
    lastTransitionTime: now,
    lastUpdateTime: now,
    message,
    reason: 'SignerValidationFailure',
    status: 'True',
    type: 'Failed',
  }
  changeStatus(world, request, {
    ...request.status,
    conditions: [...request.status.conditions, failed],
  })
}

const isOpen = (request: KubeObject): boolean =>
  approvalOf(request) !== undefined &&
  request.status.certificate === undefined &&
  !request.status.conditions.some((c: { type: string }) => c.type === 'Failed') &&
  ownSigners.includes(request.spec.signerName)

/** How long a certificate is good: as long as was asked for, a year at most. */
const lifeOf = ({ spec }: KubeObject): number =>
  Math.min(YEAR_MS, (spec.expirationSeconds ?? YEAR_MS / 1000) * 1000)

/** Signs approved requests. */
export const signRequests = (world: World): void => {
  for (const request of requestsOf(world)) {
    if (!isOpen(request)) continue
    const wanted = decodeRequest(atob(request.spec.request))
    const signer = signerOf(world)
    if (wanted === undefined || signer === undefined) continue
    const problem = nodeProblem(request.spec.signerName, wanted)
    if (problem !== undefined) {
      fail(world, request, problem)
      continue
    }
    const certificate = {
      ...wanted,
      issuer: signer.commonName,
      issuerKeyId: signer.keyId,
      notBeforeMs: world.nowMs - 300_000,
      notAfterMs: world.nowMs + lifeOf(request),
    }
    changeStatus(world, request, { ...request.status, certificate: btoa(encodeCertificate(certificate)) })
  }
}
