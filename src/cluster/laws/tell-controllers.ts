import { writeJournal } from '../journal/write-journal.ts'
import { minorOf } from '../kube/minor-version.ts'
import { listObjects } from '../kube/store.ts'
import { klog } from '../kube/times.ts'
import { shownMs } from '../relations/clock.ts'
import { componentsOf, leaseOf } from '../relations/components.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { writeLog } from './pods/run-containers.ts'

/** From this minor release on an event's line says which part of the object it is about. */
const TELLS_PATH = 25

const eventLine = (world: World, event: KubeObject): string => {
  const { namespace, name, kind, apiVersion, fieldPath = '' } = event.involvedObject
  const path = minorOf(world) >= TELLS_PATH ? ` fieldPath=${JSON.stringify(fieldPath)}` : ''
  const object = namespace === undefined ? name : `${namespace}/${name}`
  return `"Event occurred" object="${object}"${path} kind="${kind}" apiVersion="${apiVersion}" type="${event.type}" reason="${event.reason}" message=${JSON.stringify(event.message)}`
}

/** Writes into the log of the controller manager that leads the events which it has recorded since a revision of the store. */
export const tellControllerEvents = (world: World, revision: number): void => {
  const { holder } = leaseOf(world, 'kube-controller-manager')
  const leader = componentsOf(world, 'kube-controller-manager').find(({ identity }) => identity === holder)
  if (leader === undefined || world.kube.revision === revision) return
  const atMs = world.nowMs
  const { machine, program } = leader
  const fresh = listObjects(world.kube, 'Event')
    .filter(event => Number(event.metadata.resourceVersion) > revision)
    .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
  for (const event of fresh) {
    const line = eventLine(world, event)
    const told = (timeMs: number, pid: number) =>
      klog('I', { atMs: timeMs, pid, source: 'event.go:307' }, line)
    if ('log' in program) writeLog({ container: program, machine }, atMs, [{ text: told(atMs, 1) }])
    else
      writeJournal(machine, {
        atMs,
        unit: program.name,
        identifier: program.service.startsWith('k3s') ? 'k3s' : program.name.replace(/\.service$/, ''),
        pid: program.mainPid,
        message: told(shownMs(machine, atMs), program.mainPid ?? 1),
      })
  }
}
