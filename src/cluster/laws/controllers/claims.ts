import { makeFolder } from '../../files/file-tree.ts'
import { lastSeenMs, recordEvent } from '../../kube/events.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { numberOf } from '../../kube/quantity.ts'
import {
  changeStatus,
  getObject,
  listObjects,
  putObject,
  removeObject,
  touchObject,
} from '../../kube/store.ts'
import { msOf } from '../../kube/times.ts'
import { hostOfNode } from '../../relations/cluster-hosts.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { isPodReady } from './make-pod.ts'

const bind = (world: World, claim: KubeObject, volume: KubeObject): void => {
  claim.spec.volumeName = volume.metadata.name
  claim.metadata.annotations = { ...claim.metadata.annotations, 'pv.kubernetes.io/bind-completed': 'yes' }
  volume.spec.claimRef = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    name: claim.metadata.name,
    namespace: claim.metadata.namespace,
    uid: claim.metadata.uid,
  }
  touchObject(world, volume)
  changeStatus(world, volume, { phase: 'Bound' })
  changeStatus(world, claim, {
    accessModes: claim.spec.accessModes,
    capacity: { storage: volume.spec.capacity.storage },
    phase: 'Bound',
  })
}

const TELL_MS = 15_000

const tell = (
  world: World,
  claim: KubeObject,
  {
    type = 'Normal',
    reason,
    message,
    source = 'persistentvolume-controller',
  }: { type?: 'Normal' | 'Warning'; reason: string; message: string; source?: string },
): void => {
  const toldMs = listObjects(world.kube, 'Event', claim.metadata.namespace)
    .filter(event => event.involvedObject.uid === claim.metadata.uid && event.reason === reason)
    .map(lastSeenMs)
  if (world.nowMs - Math.max(0, ...toldMs) < TELL_MS) return
  recordEvent(world, { about: claim, type, reason, message, source })
}

const provisioners: Readonly<Record<string, { readonly namespace: string; readonly app: string }>> = {
  'rancher.io/local-path': { namespace: 'local-path-storage', app: 'local-path-provisioner' },
}

/** How the provisioner of local paths signs its events, and the access modes that it makes volumes for. */
const LOCAL_PATH = 'rancher.io/local-path_local-path-provisioner'
const nodeModes: ReadonlySet<string> = new Set(['ReadWriteOnce', 'ReadWriteOncePod'])

const isProvisioning = (world: World, provisioner: string): boolean => {
  const home = provisioners[provisioner]
  if (home === undefined) return false
  return listObjects(world.kube, 'Pod').some(pod => pod.metadata.labels?.app === home.app && isPodReady(pod))
}

const provision = (world: World, claim: KubeObject, node: string): void => {
  const name = `pvc-${claim.metadata.uid}`
  const path = `/opt/local-path-provisioner/${name}_${claim.metadata.namespace}_${claim.metadata.name}`
  const host = hostOfNode(world, node)
  if (host !== undefined) makeFolder(host.machine.files, path, { mtimeMs: world.nowMs })
  const volume = putObject(world, {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': 'rancher.io/local-path' } },
    spec: {
      accessModes: claim.spec.accessModes,
      capacity: { storage: claim.spec.resources.requests.storage },
      hostPath: { path, type: 'DirectoryOrCreate' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: claim.spec.storageClassName,
      volumeMode: 'Filesystem',
    },
    status: { phase: 'Available' },
  })
  bind(world, claim, volume)
  recordEvent(world, {
    about: claim,
    type: 'Normal',
    reason: 'ProvisioningSucceeded',
    message: `Successfully provisioned volume ${name}`,
    source: LOCAL_PATH,
  })
}

const fits = (volume: KubeObject, claim: KubeObject): boolean =>
  volume.status?.phase === 'Available' &&
  (volume.spec.storageClassName ?? '') === (claim.spec.storageClassName ?? '') &&
  numberOf(volume.spec.capacity?.storage) >= numberOf(claim.spec.resources?.requests?.storage) &&
  (claim.spec.accessModes ?? []).every((mode: string) => volume.spec.accessModes?.includes(mode)) &&
  (claim.spec.volumeName === undefined || claim.spec.volumeName === volume.metadata.name)

const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class'
/** The first minor version that gives a claim the default class that comes after it. */
const GIVES_LATE = 26

/** Gives a claim that names no class the default one, the newest where there are several. */
const takeDefaultClass = (world: World, claim: KubeObject): void => {
  if (claim.spec.storageClassName !== undefined || minorOf(world) < GIVES_LATE) return
  const usual = listObjects(world.kube, 'StorageClass')
    .filter(({ metadata }) => metadata.annotations?.[IS_DEFAULT] === 'true')
    .toSorted((a, b) => msOf(b.metadata.creationTimestamp) - msOf(a.metadata.creationTimestamp))[0]
  if (usual === undefined) return
  claim.spec.storageClassName = usual.metadata.name
  touchObject(world, claim)
}

const syncClaim = (world: World, claim: KubeObject) => {
  if (claim.status?.phase === 'Bound') {
    if (getObject(world.kube, { kind: 'PersistentVolume', name: claim.spec.volumeName }) === undefined)
      changeStatus(world, claim, { phase: 'Lost' })
    return undefined
  }
  if (claim.status?.phase === 'Lost' || claim.metadata.deletionTimestamp !== undefined) return undefined
  const volume = listObjects(world.kube, 'PersistentVolume').find(candidate => fits(candidate, claim))
  if (volume !== undefined) return bind(world, claim, volume)
  takeDefaultClass(world, claim)
  const className = claim.spec.storageClassName
  if (!className)
    return tell(world, claim, {
      reason: 'FailedBinding',
      message: 'no persistent volumes available for this claim and no storage class is set',
    })
  const storageClass = getObject(world.kube, { kind: 'StorageClass', name: className })
  if (storageClass === undefined)
    return tell(world, claim, {
      type: 'Warning',
      reason: 'ProvisioningFailed',
      message: `storageclass.storage.k8s.io "${className}" not found`,
    })
  const node = claim.metadata.annotations?.['volume.kubernetes.io/selected-node']
  if (storageClass.volumeBindingMode === 'WaitForFirstConsumer' && node === undefined)
    return tell(world, claim, {
      reason: 'WaitForFirstConsumer',
      message: 'waiting for first consumer to be created before binding',
    })
  const provisioner = storageClass.provisioner
  const modes: readonly string[] = claim.spec.accessModes ?? []
  if (isProvisioning(world, provisioner) && modes.some(mode => !nodeModes.has(mode)))
    return tell(world, claim, {
      type: 'Warning',
      reason: 'ProvisioningFailed',
      message: `failed to provision volume with StorageClass "${className}": NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes`,
      source: LOCAL_PATH,
    })
  if (isProvisioning(world, provisioner)) return provision(world, claim, node ?? '')
  return tell(world, claim, {
    reason: 'ExternalProvisioning',
    message: `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
  })
}

/** Claims are bound to volumes that fit, or have one made by the provisioner of their class. */
export const syncClaims = (world: World): void => {
  for (const claim of listObjects(world.kube, 'PersistentVolumeClaim')) syncClaim(world, claim)
  for (const volume of listObjects(world.kube, 'PersistentVolume')) {
    const { claimRef } = volume.spec
    if (claimRef === undefined || volume.status?.phase !== 'Bound') continue
    if (getObject(world.kube, { kind: 'PersistentVolumeClaim', ...claimRef }) === undefined)
      if (volume.spec.persistentVolumeReclaimPolicy === 'Delete') removeObject(world, volume)
      else changeStatus(world, volume, { phase: 'Released' })
  }
}
