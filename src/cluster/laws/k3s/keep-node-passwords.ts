import { getObject, putObject } from '../../kube/store.ts'
import { passwordHashOf, passwordSecretOf } from '../../relations/k3s/join-problem.ts'
import { kubelets } from '../kubelet.ts'
import type { Law } from '../law.ts'

/** The server remembers the password of each node that has joined; another machine under its name is then refused. */
export const keepNodePasswords: Law = world => {
  for (const { unit, machine, nodeName, hasApi } of kubelets(world)) {
    if (!unit.service.startsWith('k3s') || !hasApi) continue
    const name = passwordSecretOf(nodeName)
    if (getObject(world.kube, { kind: 'Secret', namespace: 'kube-system', name }) !== undefined) continue
    putObject(world, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: 'kube-system' },
      type: 'Opaque',
      immutable: true,
      data: { hash: passwordHashOf(machine) },
    })
  }
}
