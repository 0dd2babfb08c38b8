import { readText, writeText } from '../../files/file-tree.ts'
import { hashOf } from '../../kube/pod.ts'
import { decodeCertificates, encodeCertificate } from '../../relations/certificate.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { type Kubelet, kubelets } from '../kubelet.ts'
import type { Law } from '../law.ts'

/** The certificates that a server signs for a node when it joins, and whom each is for. */
const files: readonly (readonly [string, (nodeName: string) => string])[] = [
  ['client-kubelet.crt', nodeName => `system:node:${nodeName}`],
  ['serving-kubelet.crt', nodeName => nodeName],
]

const fetch = ({ world, machine, nodeName }: Kubelet): void => {
  for (const [file, nameFor] of files) {
    const path = `${K3S_DATA}/agent/${file}`
    const [known, ...signers] = decodeCertificates(readText(machine.files, path))
    const commonName = nameFor(nodeName)
    if (known === undefined || known.commonName === commonName) continue
    const certificate = {
      ...known,
      commonName,
      serial: hashOf(`${commonName}/${world.nowMs}`, 16),
      notBeforeMs: world.nowMs,
      notAfterMs: world.nowMs + known.notAfterMs - known.notBeforeMs,
      dnsNames: known.dnsNames.map(name => (name === known.commonName ? commonName : name)),
    }
    writeText(machine.files, path, {
      text: [certificate, ...signers].map(encodeCertificate).join(''),
      mode: 0o600,
      mtimeMs: world.nowMs,
    })
  }
}

/** A node of k3s that has joined gets certificates in its own name from the server, under whatever name it came. */
export const fetchNodeCertificates: Law = world => {
  for (const kubelet of kubelets(world))
    if (kubelet.unit.service.startsWith('k3s') && kubelet.hasApi) fetch(kubelet)
}
