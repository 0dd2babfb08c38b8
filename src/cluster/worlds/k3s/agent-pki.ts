import { writeText } from '../../files/file-tree.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { Machine } from '../../world/machine.ts'
import { issueCertificate } from '../kube/pki.ts'
import { issueClient, type K3sAuthorities, type K3sSetup, writeChain } from './k3s-setup.ts'
import { AGENT } from './runtime-settings.ts'

/** A kubeconfig that k3s writes for a part of its own: `client` is where its certificate and key lie, without their endings. */
export const componentConfig = ({
  port,
  client,
  authority,
}: {
  readonly port: number
  readonly client: string
  readonly authority: string
}): string =>
  `apiVersion: v1\nclusters:\n- cluster:\n    server: https://127.0.0.1:${port}\n    certificate-authority: ${authority}\n  name: local\ncontexts:\n- context:\n    cluster: local\n    namespace: default\n    user: user\n  name: Default\ncurrent-context: Default\nkind: Config\npreferences: {}\nusers:\n- name: user\n  user:\n    client-certificate: ${client}.crt\n    client-key: ${client}.key\n`

/** Writes the certificates and kubeconfigs of a node's agent. */
export const writeAgentPki = (setup: K3sSetup, machine: Machine, authorities: K3sAuthorities): void => {
  const { world, createdMs } = setup
  const clients = {
    kubelet: { commonName: `system:node:${machine.name}`, organizations: ['system:nodes'] },
    'kube-proxy': { commonName: 'system:kube-proxy' },
    'k3s-controller': { commonName: 'system:k3s-controller' },
  }
  for (const [name, order] of Object.entries(clients))
    writeChain(machine, `${AGENT}/client-${name}`, [
      issueClient(setup, authorities, order),
      authorities.client,
    ])
  const serving = issueCertificate(world, authorities.server, {
    commonName: machine.name,
    dnsNames: [machine.name, 'localhost'],
    addresses: ['127.0.0.1', mainAddressOf(machine)],
    notBeforeMs: createdMs,
  })
  writeChain(machine, `${AGENT}/serving-kubelet`, [serving, authorities.server])
  const port = machine.role === 'control-plane' ? 6443 : 6444
  for (const [file, name] of [
    ['kubelet', 'kubelet'],
    ['kubeproxy', 'kube-proxy'],
    ['k3scontroller', 'k3s-controller'],
  ] as const)
    writeText(machine.files, `${AGENT}/${file}.kubeconfig`, {
      text: componentConfig({
        port,
        client: `${AGENT}/client-${name}`,
        authority: `${AGENT}/server-ca.crt`,
      }),
      mode: 0o600,
      mtimeMs: createdMs,
    })
}
