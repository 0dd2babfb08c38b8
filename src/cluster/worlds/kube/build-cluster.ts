import { chanceHex } from '../../chance.ts'
import { writeText } from '../../files/file-tree.ts'
import { expireEvents } from '../../kube/events.ts'
import { fullImageName, knownImage } from '../../kube/known-images.ts'
import { listObjects, type NewObject, putObject, removeObject } from '../../kube/store.ts'
import { isoMicroOf, isoOf } from '../../kube/times.ts'
import { noteTriggers } from '../../laws/controllers/note-trigger.ts'
import { kubeLaws } from '../../laws/kube-laws.ts'
import type { Law } from '../../laws/law.ts'
import { countInterfaces } from '../../laws/network/count-traffic.ts'
import { overlayLaws } from '../../laws/network/network-laws.ts'
import { tellCalico } from '../../laws/network/tell-calico.ts'
import { kubeletUnitOf, nodeNameOf } from '../../relations/cluster-hosts.ts'
import { LEADER_NOTE } from '../../relations/components.ts'
import { beginStep, endStep } from '../../relations/in-step.ts'
import { noteHeard } from '../../relations/kubelet-tries.ts'
import type { ContainerRuntime } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { addAccess } from '../access/add-access.ts'
import { addAffinities } from '../access/custom-objects.ts'
import { setUpEtcd } from './etcd-setup.ts'
import { firstObjects } from './first-objects.ts'
import { type KubeSetup, machinesOf } from './kube-setup.ts'
import { kubeconfigText } from './kubeconfigs.ts'
import { writeManifests } from './manifests.ts'
import { writeCalicoFiles, writeNodeFiles } from './node-files.ts'
import { beginPastJobs, datePastJobs } from './past-jobs.ts'
import {
  type Authorities,
  createAuthorities,
  issueCertificate,
  writeControlPlanePki,
  writeKubeletPki,
} from './pki.ts'
import { recallLogs, recallPods } from './recall-pods.ts'
import { recallPorts } from './recall-ports.ts'
import { restartAtBoot } from './restart-at-boot.ts'
import { systemObjects } from './system-objects.ts'

const MIB = 1024 ** 2
const STEP_MS = 5_000
const STEPS = 12
const EARLY_STEP = 2
const LATE_STEP = 8

/** An empty runtime that runs as a unit. */
export const createRuntime = (kind: ContainerRuntime['kind'], version: string): ContainerRuntime => ({
  kind,
  socket: kind === 'docker' ? '/run/docker.sock' : '/run/containerd/containerd.sock',
  version,
  unit: `${kind}.service`,
  images: [],
  sandboxes: [],
  containers: [],
  pulls: {},
  timers: {},
})

/** Gives a machine a containerd that runs as a unit. */
export const addContainerd = (machine: Machine, version: string): void => {
  machine.runtime = createRuntime('containerd', version)
}

/** Puts images into the stores of machines, as pulled before. */
export const preloadImages = (
  world: World,
  machines: readonly Machine[],
  images: readonly string[],
): void => {
  for (const image of new Set(images.map(fullImageName))) {
    const id = `sha256:${chanceHex(world, 64)}`
    for (const machine of machines)
      machine.runtime?.images.push({
        id,
        tags: [image],
        sizeBytes: (knownImage(image)?.sizeMiB ?? 20) * MIB,
        isPinned: image.includes('/pause:'),
      })
  }
}

/** The images that objects name. */
export const imagesIn = (objects: readonly NewObject[]): readonly string[] =>
  objects.flatMap(object => {
    const spec = object.spec?.template?.spec ?? object.spec?.jobTemplate?.spec?.template?.spec
    return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map((c: KubeValue) => c.image)
  })

const kubeconfigs = (setup: KubeSetup, authorities: Authorities): void => {
  const { world, clusterName, apiUrl, createdMs } = setup
  const authority = authorities.kubernetes
  const make = (user: string, organizations: readonly string[]): string =>
    kubeconfigText({
      clusterName,
      apiUrl,
      authority,
      user,
      client: issueCertificate(world, authority, { commonName: user, organizations, notBeforeMs: createdMs }),
    })
  for (const machine of setup.controlPlanes) {
    const texts = {
      admin: make('kubernetes-admin', ['system:masters']),
      'controller-manager': make('system:kube-controller-manager', []),
      scheduler: make('system:kube-scheduler', []),
    }
    for (const [name, text] of Object.entries(texts))
      writeText(machine.files, `/etc/kubernetes/${name}.conf`, { text, mode: 0o600, mtimeMs: createdMs })
    writeText(machine.files, '/root/.kube/config', { text: texts.admin, mode: 0o600, mtimeMs: createdMs })
  }
}

/** Writes a kubeconfig of an administrator for a machine outside the cluster. */
export const giveKubeconfig = (setup: KubeSetup, machine: Machine): void => {
  const admin = setup.controlPlanes[0]?.files.get('/root/.kube/config')?.text ?? ''
  for (const path of ['/root/.kube/config', '/home/ops/.kube/config'])
    writeText(machine.files, path, { text: admin, mode: 0o600, mtimeMs: setup.createdMs })
}

/** How a cluster comes up: `begin` does what follows as soon as its own pods have their places. */
type Course = ClusterFilling & { readonly begin: () => void }

/** Lets the laws of Kubernetes and its network, and others that are given, run for a while; what comes late is put in when the rest has come up. */
const runLaws = (world: World, { late = [], moreLaws = [], begin }: Course): void => {
  for (let step = 0; step < STEPS; step++) {
    world.nowMs += STEP_MS
    beginStep(world)
    if (step === EARLY_STEP) begin()
    if (step === LATE_STEP) for (const object of late) putObject(world, object)
    for (const law of [...kubeLaws, ...overlayLaws, ...moreLaws]) law(world, STEP_MS)
    endStep(world)
  }
}

/** The interfaces that came up with the cluster have carried packets since their machines were booted. */
const countPast = (world: World, presentMs: number): void => {
  for (const machine of world.machines.values())
    countInterfaces(world, machine, {
      interfaces: machine.interfaces.filter(({ received }) => received.packets === 0),
      seconds: (presentMs - machine.bootedMs) / 1_000,
    })
}

/** When the machine of a node last booted. */
const bootOf = (machines: readonly Machine[], node: string, presentMs: number): number =>
  (machines.find(machine => nodeNameOf(machine) === node) ?? machines[0])?.bootedMs ?? presentMs

const bringToPresent = (setup: KubeSetup, presentMs: number, events: readonly KubeObject[]): void => {
  const { world } = setup
  const machines = machinesOf(setup)
  world.nowMs = presentMs
  world.settledMs = presentMs
  restartAtBoot(world, machines)
  countPast(world, presentMs)
  for (const lease of listObjects(world.kube, 'Lease')) lease.spec.renewTime = isoMicroOf(presentMs - 2_000)
  for (const { metadata } of listObjects(world.kube, 'Endpoints')) {
    const note = metadata.annotations?.[LEADER_NOTE]
    if (note !== undefined)
      metadata.annotations = {
        ...metadata.annotations,
        [LEADER_NOTE]: JSON.stringify({ ...JSON.parse(note), renewTime: isoOf(presentMs - 2_000) }),
      }
  }
  for (const node of listObjects(world.kube, 'Node'))
    for (const condition of node.status?.conditions ?? []) {
      if (condition.type === 'NetworkUnavailable') continue
      condition.lastHeartbeatTime = isoOf(presentMs - 96_000)
      condition.lastTransitionTime = isoOf(bootOf(machines, node.metadata.name, presentMs) + 60_000)
    }
  tellCalico(world, 0)
  noteTriggers(world)
  for (const event of listObjects(world.kube, 'Event')) removeObject(world, event)
  for (const event of events) putObject(world, event)
  for (const machine of machines)
    if (machine.runtime !== undefined) {
      machine.runtime.timers = { address: machine.runtime.timers.address ?? 2 }
      noteHeard({ runtime: machine.runtime, unit: kubeletUnitOf(machine) })
    }
  delete world.kube.eventLeaves
  delete world.kube.eventsWithheld
  recallPods(world, machines)
  beginStep(world)
  recallLogs(world, machines)
  endStep(world)
  expireEvents(world)
  recallPorts(world)
}

/** What a cluster holds beyond its own system: objects and the namespaces that they need. */
export type ClusterContent = {
  readonly namespaces: readonly string[]
  readonly objects: readonly NewObject[]
}

/** Sets up a cluster as kubeadm does, with Calico, on machines whose units run, and lets its pods come up. */
export const buildCluster = (setup: KubeSetup, { namespaces, objects }: ClusterContent): void => {
  const { world, controlPlanes } = setup
  const authorities = createAuthorities(setup)
  for (const machine of controlPlanes) writeControlPlanePki(setup, machine, authorities)
  kubeconfigs(setup, authorities)
  setUpEtcd(setup, '3.5.12')
  for (const machine of controlPlanes) writeManifests(setup, machine)
  for (const machine of machinesOf(setup)) {
    addContainerd(machine, '1.7.13')
    writeKubeletPki(setup, machine, authorities)
    writeNodeFiles(setup, machine, authorities.kubernetes)
    writeCalicoFiles(setup, machine, authorities.kubernetes)
  }
  firstObjects(setup, {
    authority: authorities.kubernetes,
    clients: {
      client: authorities.kubernetes,
      proxy: { authority: authorities.frontProxy, name: 'front-proxy-client' },
    },
    namespaces,
  })
  const all = [...systemObjects(setup), ...objects]
  const { version } = world.kube
  const control = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(
    name => `registry.k8s.io/${name}:${version}`,
  )
  preloadImages(world, controlPlanes, [...control, 'registry.k8s.io/etcd:3.5.12-0'])
  fillCluster(setup, { objects: all, images: ['registry.k8s.io/pause:3.9'] })
}

/** What a cluster is filled with: objects and the images that they and the machines need. */
export type ClusterFilling = {
  readonly objects: readonly NewObject[]
  readonly images: readonly string[]
  /** Objects whose pods need those of the others. */
  readonly late?: readonly NewObject[]
  /** Laws beyond those of Kubernetes and its network by which its pods come up. */
  readonly moreLaws?: readonly Law[]
}

/** Puts the objects of a cluster into its store, their images and some more onto its machines, and lets its pods come up. */
export const fillCluster = (setup: KubeSetup, filling: ClusterFilling): void => {
  const { world, createdMs } = setup
  const { objects, images, late = [] } = filling
  const presentMs = world.nowMs
  preloadImages(world, machinesOf(setup), [...imagesIn([...objects, ...late]), ...images])
  for (const object of objects) putObject(world, object, createdMs + 2_000)
  addAccess(world, createdMs)
  world.nowMs = createdMs
  runLaws(world, { ...filling, begin: () => beginPastJobs(world, presentMs) })
  addAffinities(world, createdMs + 120_000)
  bringToPresent(setup, presentMs, datePastJobs(world, presentMs))
}
