import { nodeAt, writeText } from '../../files/file-tree.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { hashOf } from '../../kube/pod.ts'
import { getObject, listObjects, putObject, removeObject } from '../../kube/store.ts'
import { msOf } from '../../kube/times.ts'
import { isWritable } from '../../relations/api-server.ts'
import {
  NODE_PASSWORD,
  nodeOfSecret,
  passwordHashOf,
  passwordSecretOf,
} from '../../relations/k3s/join-problem.ts'
import { k3sUnitOf } from '../../relations/k3s/k3s-units.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { kubelets } from '../kubelet.ts'
import type { Law } from '../law.ts'

const JOINS_WITHIN_MS = 60_000

/** A node that has lost its password makes another when k3s starts. */
const makePassword = (world: World, machine: Machine, passedMs: number): void => {
  const startedMs = k3sUnitOf(machine)?.startedMs
  if (startedMs === undefined || startedMs < world.nowMs - passedMs) return
  if (nodeAt(machine.files, NODE_PASSWORD) !== undefined) return
  const text = `${hashOf(`${machine.machineId}/${startedMs}`, 32)}\n`
  if (writeRefusal(machine, NODE_PASSWORD, text.length) !== undefined) return
  writeText(machine.files, NODE_PASSWORD, { text, mode: 0o600, mtimeMs: startedMs })
}

/** With a node goes the password under its name, so that a machine may come back with another. */
const forgetPasswords = (world: World): void => {
  for (const secret of listObjects(world.kube, 'Secret', 'kube-system')) {
    const name = nodeOfSecret(secret.metadata.name)
    if (name === undefined || getObject(world.kube, { kind: 'Node', name }) !== undefined) continue
    // One that joins has its password kept before its node is there.
    if (world.nowMs - msOf(secret.metadata.creationTimestamp) > JOINS_WITHIN_MS) removeObject(world, secret)
  }
}

/** The server remembers the password of each node that has joined; another machine under its name is then refused. */
export const keepNodePasswords: Law = (world, passedMs) => {
  for (const machine of world.machines.values()) makePassword(world, machine, passedMs)
  if (isWritable(world)) forgetPasswords(world)
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
