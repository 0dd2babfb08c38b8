import { uidOf } from '../kube/pod.ts'
import { changeStatus, getObject, nameKeyOf, putObject, removeObject } from '../kube/store.ts'
import { hasHeard } from '../relations/kubelet-tries.ts'
import { containersOf, isFinished, podsOn } from '../relations/pods.ts'
import { isRuntimeUp } from '../relations/runtime-problem.ts'
import type { Sandbox } from '../world/container.ts'
import type { KubeObject } from '../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubelets, tellLate } from './kubelet.ts'
import type { Law } from './law.ts'
import { rejectPod } from './pods/admit-pod.ts'
import { finishDeletion } from './pods/finish-deletion.ts'
import { finishPod } from './pods/finish-pod.ts'
import { cleanPodGroups } from './pods/pod-groups.ts'
import { podStatusOf } from './pods/pod-status.ts'
import { removePod, stopContainers } from './pods/run-containers.ts'
import { staticPods } from './pods/static-pods.ts'
import { syncPod } from './pods/sync-pod.ts'
import { noteLook } from './pods/taken.ts'
import { placeOf } from './pods/telling.ts'

/** Mirrors a static pod in the API server; an object whose file changed is replaced. */
const mirror = (kubelet: Kubelet, pod: KubeObject): KubeObject => {
  const { world } = kubelet
  const known = getObject(world.kube, { ...pod.metadata, kind: 'Pod' })
  // A mirror that somebody deletes is made anew at once: the pod itself is the file.
  const isDeleted = known?.metadata.deletionTimestamp !== undefined
  if (known !== undefined && uidOf(known) === uidOf(pod) && !(isDeleted && kubelet.ownsNode)) return known
  if (!kubelet.ownsNode) return pod
  if (known !== undefined) removeObject(world, known)
  const { uid: _uid, resourceVersion: _version, ...metadata } = pod.metadata
  const owner = getObject(world.kube, { kind: 'Node', name: kubelet.nodeName })
  return putObject(world, {
    ...pod,
    metadata: {
      ...metadata,
      ...(owner === undefined
        ? {}
        : {
            ownerReferences: [
              {
                apiVersion: 'v1',
                controller: true,
                kind: 'Node',
                name: owner.metadata.name,
                uid: owner.metadata.uid,
              },
            ],
          }),
    },
    status: { phase: 'Pending', qosClass: 'Burstable' },
  })
}

/** Tells of the containers of a pod that go because nobody wants it any more: its file was taken away. */
const reportKilling = (kubelet: Kubelet, sandbox: Sandbox): void => {
  const pod = getObject(kubelet.world.kube, { ...sandbox, kind: 'Pod' })
  if (pod === undefined) return
  for (const { name } of containersOf(kubelet.machine, sandbox.kubeUid).filter(c => c.state === 'running'))
    kubeletReports(kubelet, pod, {
      type: 'Normal',
      reason: 'Killing',
      message: `Stopping container ${name}`,
      ...placeOf({ name }),
    })
}

const removeOrphans = (kubelet: Kubelet, wanted: ReadonlySet<string>): void => {
  for (const sandbox of [...(kubelet.machine.runtime?.sandboxes ?? [])])
    if (!wanted.has(sandbox.kubeUid)) {
      reportKilling(kubelet, sandbox)
      stopContainers(kubelet.world, kubelet, { uid: sandbox.kubeUid })
      removePod(kubelet.world, kubelet, sandbox.kubeUid)
    }
}

const isStaticSandbox = (uid: string): boolean => /^[0-9a-f]{32}$/.test(uid)

/** One kubelet's round: static pods from files, the others from the API server, or as it knew them last; none of these before it was told. */
const round = (kubelet: Kubelet): void => {
  const { world, machine } = kubelet
  const statics = staticPods(kubelet)
  const mirrored = statics.map(pod => mirror(kubelet, pod))
  const known = podsOn(world.kube, kubelet.nodeName).filter(
    pod => !isStaticSandbox(uidOf(pod)) || statics.some(s => uidOf(s) === uidOf(pod)),
  )
  const isTold = kubelet.hasApi || hasHeard({ runtime: machine.runtime, unit: kubelet.unit })
  const assigned = isTold ? known.filter(pod => !isStaticSandbox(uidOf(pod))) : []
  const isRuntimeUpNow = isRuntimeUp(machine)
  for (const pod of [...mirrored, ...assigned]) {
    const isEnding = pod.metadata.deletionTimestamp !== undefined && !isStaticSandbox(uidOf(pod))
    if (isEnding && kubelet.hasApi && isRuntimeUpNow) finishDeletion(kubelet, pod)
    else if (isFinished(pod) && isRuntimeUpNow) finishPod(kubelet, pod)
    else if (isFinished(pod) || (isEnding && !isRuntimeUpNow)) continue
    else if (isStaticSandbox(uidOf(pod)) || !kubelet.hasApi || !rejectPod(kubelet, pod)) syncPod(kubelet, pod)
  }
  if (isRuntimeUpNow) {
    const wanted = new Set(
      [...statics, ...podsOn(world.kube, kubelet.nodeName)]
        .map(uidOf)
        .filter(uid => !isStaticSandbox(uid) || statics.some(s => uidOf(s) === uid)),
    )
    if (!kubelet.hasApi)
      for (const sandbox of machine.runtime?.sandboxes ?? [])
        if (!isStaticSandbox(sandbox.kubeUid)) wanted.add(sandbox.kubeUid)
    removeOrphans(kubelet, wanted)
    for (const pod of known.filter(isFinished)) wanted.delete(uidOf(pod))
    cleanPodGroups(kubelet, wanted)
  }
  if (!kubelet.hasApi) return
  for (const pod of podsOn(world.kube, kubelet.nodeName)) {
    if (isStaticSandbox(uidOf(pod)) && !statics.some(s => uidOf(s) === uidOf(pod))) removeObject(world, pod)
    else if (!isFinished(pod) && world.kube.objects.has(nameKeyOf(pod)))
      changeStatus(world, pod, podStatusOf(kubelet, pod))
  }
}

/** Every kubelet that runs brings its machine's pods to what they should be, and tells the API server how they are. */
export const syncPods: Law = world => {
  for (const kubelet of kubelets(world)) {
    tellLate(kubelet)
    round(kubelet)
    noteLook(kubelet)
  }
}
