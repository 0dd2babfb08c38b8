import { chanceSuffix } from '../chance.ts'
import { writeText } from '../files/file-tree.ts'
import { hashOf } from '../kube/pod.ts'
import { listObjects, putObject } from '../kube/store.ts'
import { encodeRequest } from '../relations/certificate.ts'
import { mainAddressOf } from '../relations/find-machine.ts'
import { lacksServing, servingFile } from '../relations/kubelet-serving.ts'
import type { KubeObject } from '../world/kube-object.ts'
import { type Kubelet, kubeletSays, kubelets } from './kubelet.ts'
import type { Law } from './law.ts'

const SIGNER = 'kubernetes.io/kubelet-serving'
const COMPLAINT_MS = 15_000

const requestsOf = ({ world, nodeName }: Kubelet): readonly KubeObject[] =>
  listObjects(world.kube, 'CertificateSigningRequest').filter(
    ({ spec }) => spec?.signerName === SIGNER && spec?.username === `system:node:${nodeName}`,
  )

const isDenied = ({ status }: KubeObject): boolean =>
  status?.conditions?.some((c: { type: string }) => c.type === 'Denied') === true

const ask = ({ world, host, nodeName }: Kubelet): void => {
  const commonName = `system:node:${nodeName}`
  const wanted = {
    commonName,
    organizations: ['system:nodes'],
    issuer: '',
    issuerKeyId: '',
    keyId: hashOf(`${nodeName}/serving/${world.nowMs}`, 16),
    serial: hashOf(`${nodeName}/${world.nowMs}`, 16),
    notBeforeMs: 0,
    notAfterMs: 0,
    dnsNames: [nodeName],
    addresses: [mainAddressOf(host)],
    isAuthority: false,
  }
  putObject(world, {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name: `csr-${chanceSuffix(world)}` },
    spec: {
      groups: ['system:nodes', 'system:authenticated'],
      request: btoa(encodeRequest(wanted)),
      signerName: SIGNER,
      usages: ['digital signature', 'key encipherment', 'server auth'],
      username: commonName,
    },
    status: {},
  })
}

const complain = (kubelet: Kubelet): void => {
  const { world, machine } = kubelet
  const timers = machine.runtime?.timers ?? {}
  if (world.nowMs - (timers['serving-complaint'] ?? Number.NEGATIVE_INFINITY) < COMPLAINT_MS) return
  timers['serving-complaint'] = world.nowMs
  const server = [...world.machines.values()].find(
    ({ role }) => role === 'control-plane' || role === 'master',
  )
  const from = server === undefined ? '127.0.0.1' : mainAddressOf(server)
  kubeletSays(kubelet, 'I', {
    source: 'log.go:194',
    text: `http: TLS handshake error from ${from}:${40_000 + (world.nowMs % 19_997)}: no serving certificate available for the kubelet`,
  })
}

const certify = (kubelet: Kubelet): void => {
  const { world, machine } = kubelet
  const requests = requestsOf(kubelet)
  const issued = requests.find(({ status }) => status?.certificate !== undefined)
  if (issued !== undefined)
    writeText(machine.files, servingFile, {
      text: atob(issued.status.certificate),
      mode: 0o600,
      mtimeMs: world.nowMs,
    })
  else {
    if (requests.every(isDenied)) ask(kubelet)
    complain(kubelet)
  }
}

/** Kubelets that want their serving certificate from the cluster ask for it, and take it once it is approved and signed. */
export const serveKubelets: Law = world => {
  for (const kubelet of kubelets(world))
    if (kubelet.ownsNode && lacksServing(kubelet.machine)) certify(kubelet)
}
