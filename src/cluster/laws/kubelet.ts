import { writeJournal } from '../journal/write-journal.ts'
import { recordEvent } from '../kube/events.ts'
import { minorOf } from '../kube/minor-version.ts'
import { klog } from '../kube/times.ts'
import { askApi } from '../relations/ask-api.ts'
import { awaitTime } from '../relations/await-time.ts'
import { shownMs, shownThenMs } from '../relations/clock.ts'
import {
  type ClusterHost,
  clusterHosts,
  isUnitRunning,
  kubeletUnitOf,
  nodeNameOf,
} from '../relations/cluster-hosts.ts'
import { inStep } from '../relations/in-step.ts'
import { isProblem, readKubeconfig } from '../relations/kubeconfig.ts'
import { kubeletConfigPath } from '../relations/kubelet-settings.ts'
import { nextTryMs } from '../relations/kubelet-tries.ts'
import { allowsNodes, foreignNode } from '../relations/node-rights.ts'
import { ailmentOf } from '../services/ailment.ts'
import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import { inOlderWords, type KubeletLine } from './older-kubelet.ts'

/** A kubelet that runs, and what it can do now. */
export type Kubelet = ClusterHost & {
  readonly world: World
  readonly unit: Unit
  readonly nodeName: string
  /** Whether the API server would answer it and take its writes. */
  readonly isAnswered: boolean
  /** Whether it does so for this kubelet now: one that did not get through tries again only at its next turn. */
  readonly hasApi: boolean
  /** Whether it lets the kubelet write its node and its pods: these are its own by its credentials too. */
  readonly ownsNode: boolean
}

const rightsOf = (
  world: World,
  { machine }: ClusterHost,
  unit: Unit,
): Pick<Kubelet, 'isAnswered' | 'hasApi' | 'ownsNode'> => {
  const config = readKubeconfig(machine, kubeletConfigPath(unit), unit)
  if (isProblem(config)) return { isAnswered: false, hasApi: false, ownsNode: false }
  const answer = askApi(world, {
    from: machine,
    config,
    heldSinceMs: unit.startedMs,
    environment: unit.environment,
  })
  const isAnswered = allowsNodes(answer) && answer.kind === 'answers' && !answer.isReadOnly
  const isOwn = unit.service === 'kubelet'
  const hasApi =
    isAnswered && (!isOwn || world.nowMs >= nextTryMs({ runtime: machine.runtime, unit }, world.nowMs))
  return { isAnswered, hasApi, ownsNode: hasApi && foreignNode(answer, nodeNameOf(machine)) === undefined }
}

/** The kubelets that run, in the order of the machines. */
export const kubelets = (world: World): readonly Kubelet[] =>
  inStep(world, 'kubelets', () => findKubelets(world))

/** How long after its start a kubelet looks after pods: what it says of itself comes before. */
const COMES_UP_MS = 500

const findKubelets = (world: World): readonly Kubelet[] =>
  clusterHosts(world).flatMap(place => {
    const unit = kubeletUnitOf(place.machine)
    if (unit === undefined || !place.host.isPowered || !isUnitRunning(place.machine, unit.name)) return []
    // One that is about to end has not come as far as its first word to the API server.
    if (ailmentOf(world, { machine: place.machine, unit, container: undefined })) return []
    const upMs = unit.service === 'kubelet' ? (unit.startedMs ?? 0) + COMES_UP_MS : 0
    if (world.nowMs < upMs && world.nowMs >= upMs - COMES_UP_MS) {
      awaitTime(world, upMs)
      return []
    }
    return [{ ...place, world, unit, nodeName: nodeNameOf(place.machine), ...rightsOf(world, place, unit) }]
  })

/** The first release whose kubelet writes keys and values. */
const WRITES_KEYS = 20

/** Writes a line of a kubelet into its machine's journal. */
export const kubeletSays = (
  { world, machine, unit }: Pick<Kubelet, 'world' | 'machine' | 'unit'>,
  level: 'I' | 'W' | 'E',
  line: KubeletLine,
): void => {
  const { atMs = world.nowMs } = line
  const { source, text } = minorOf(world) < WRITES_KEYS ? inOlderWords(line) : line
  writeJournal(machine, {
    atMs,
    unit: unit.name,
    identifier: unit.service.startsWith('k3s') ? 'k3s' : 'kubelet',
    pid: unit.mainPid,
    message: klog(level, { atMs: shownMs(machine, atMs), pid: unit.mainPid, source }, text),
  })
}

/** How long a kubelet tries to tell an event: twelve times, ten seconds apart. */
const TELLING_MS = 120_000

/** Tells the API server, now that it takes them, the events of a kubelet that are not too old. */
export const tellLate = ({ world, nodeName, hasApi, machine, unit }: Kubelet): void => {
  const untold = machine.runtime?.untold ?? []
  if (!hasApi || untold.length === 0 || machine.runtime === undefined) return
  machine.runtime.untold = []
  for (const event of untold)
    if (world.nowMs - event.atMs <= TELLING_MS)
      recordEvent(world, {
        ...event,
        atMs: shownThenMs(machine, event.atMs),
        source: 'kubelet',
        host: nodeName,
        sinceMs: unit.startedMs,
      })
}

/** Where in a pod a container stands: among the first ones, those that stay, or those that were added. */
const placeIn = ({ spec }: KubeObject, path: string | undefined): { readonly fieldPath?: string } => {
  if (path === undefined) return {}
  const name = /\{(.*)\}/.exec(path)?.[1]
  const list = ['initContainers', 'ephemeralContainers'].find(key =>
    spec?.[key]?.some((one: KubeValue) => one.name === name),
  )
  return { fieldPath: list === undefined ? path : `spec.${list}{${name}}` }
}

/** Records an event of a kubelet about a pod or its node; without the API server it is told later, or never. */
export const kubeletReports = (
  { world, nodeName, hasApi: canWrite, machine, unit }: Kubelet,
  about: KubeObject,
  event: {
    readonly type: 'Normal' | 'Warning'
    readonly reason: string
    readonly message: string
    readonly fieldPath?: string
    /** When it was, if that is not now. */
    readonly atMs?: number
  },
): void => {
  const { atMs = world.nowMs, ...said } = event
  const told = { ...said, ...placeIn(about, event.fieldPath) }
  if (canWrite)
    recordEvent(world, {
      ...told,
      about,
      atMs: shownMs(machine, atMs),
      source: 'kubelet',
      host: nodeName,
      sinceMs: unit.startedMs,
    })
  else if (machine.runtime !== undefined)
    machine.runtime.untold = [
      ...(machine.runtime.untold ?? []).filter(({ atMs }) => world.nowMs - atMs <= TELLING_MS),
      { ...told, about, atMs },
    ]
}
