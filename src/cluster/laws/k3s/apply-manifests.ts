import { readText, writeText } from '../../files/file-tree.ts'
import { isBelow } from '../../files/paths.ts'
import { writeJournal } from '../../journal/write-journal.ts'
import { recordEvent } from '../../kube/events.ts'
import { hashOf } from '../../kube/pod.ts'
import { getObject, putObject, touchObject } from '../../kube/store.ts'
import { clusterHosts, isUnitRunning } from '../../relations/cluster-hosts.ts'
import { datastoreProblem } from '../../relations/k3s/datastore.ts'
import { applyObject, objectsIn } from '../../relations/objects/apply-object.ts'
import { logfmt } from '../../services/k3s/start-lines.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import { MANIFESTS, packagedManifests } from '../../worlds/k3s/packaged-manifests.ts'
import type { Law } from '../law.ts'

/** How often k3s looks at the folder. */
const LOOKS_MS = 15_000
/** How long after its start k3s has an API server of its own to apply them with. */
const COMES_UP_MS = 3_000
const NAMESPACE = 'kube-system'

type Server = { readonly world: World; readonly machine: Machine; readonly unit: Unit }

const say = ({ world, machine, unit }: Server, level: string, text: string): void =>
  writeJournal(machine, {
    atMs: world.nowMs,
    unit: unit.name,
    identifier: 'k3s',
    pid: unit.mainPid,
    priority: level === 'error' ? 3 : 6,
    message: logfmt({ machine, unit, container: undefined }, level, { atMs: world.nowMs, text }),
  })

const nameOfFile = (path: string): string =>
  (path.split('/').at(-1) ?? '').replace(/\.(ya?ml|json)$/, '').toLowerCase()

const keepAddon = (world: World, path: string, text: string): void => {
  const name = nameOfFile(path)
  const spec = { checksum: hashOf(text, 64), source: path }
  const known = getObject(world.kube, { kind: 'Addon', namespace: NAMESPACE, name })
  if (known === undefined) {
    const metadata = { name, namespace: NAMESPACE, generation: 1 }
    putObject(world, { apiVersion: 'k3s.cattle.io/v1', kind: 'Addon', metadata, spec })
  } else if (JSON.stringify(known.spec) !== JSON.stringify(spec)) {
    Object.assign(known, { spec })
    known.metadata.generation = (known.metadata.generation ?? 1) + 1
    touchObject(world, known)
  }
}

const filesIn = ({ machine: { files } }: Server): readonly string[] =>
  [...files.keys()]
    .filter(path => isBelow(path, MANIFESTS) && /\.(ya?ml|json)$/.test(path) && !files.has(`${path}.skip`))
    .sort()

/** Writes the files that k3s brings, but for those that a file beside them tells it to skip. */
const writePackaged = ({ world, machine }: Server): void => {
  for (const [name, text] of Object.entries(packagedManifests(world))) {
    const path = `${MANIFESTS}/${name}`
    if (machine.files.has(`${path}.skip`) || readText(machine.files, path) === text) continue
    writeText(machine.files, path, { text, mode: 0o600, mtimeMs: world.nowMs })
  }
}

/** What the events of a file are about: its addon, which is stored once the file could be applied. */
const aboutFile = (world: World, path: string): KubeObject => {
  const name = nameOfFile(path)
  const known = getObject(world.kube, { kind: 'Addon', namespace: NAMESPACE, name })
  if (known !== undefined) return known
  const metadata = { name, namespace: NAMESPACE, uid: '', resourceVersion: '', creationTimestamp: '' }
  return { apiVersion: 'k3s.cattle.io/v1', kind: 'Addon', metadata }
}

const applyAll = (world: World, objects: readonly KubeValue[]): string | undefined => {
  for (const object of objects) {
    const problem = applyObject(world, object)
    if (problem !== undefined) return problem
  }
  return undefined
}

const applyFile = (server: Server, path: string): boolean => {
  const { world, machine } = server
  const text = readText(machine.files, path) ?? ''
  const about = aboutFile(world, path)
  const note = (type: 'Normal' | 'Warning', reason: string, message: string): void =>
    recordEvent(world, { about, source: 'deploy', host: machine.name, type, reason, message })
  const fail = (reason: string, message: string, problem: string): boolean => {
    note('Warning', reason, `${message} at "${path}" failed: ${problem}`)
    say(server, 'error', `Failed to process config: failed to process ${path}: ${problem}`)
    return false
  }
  const objects = objectsIn(text)
  if ('problem' in objects) return fail('ParseManifestFailed', 'Parse manifest', objects.problem)
  note('Normal', 'ApplyingManifest', `Applying manifest at "${path}"`)
  const problem = applyAll(world, objects)
  if (problem !== undefined) return fail('ApplyManifestFailed', 'Applying manifest', problem)
  note('Normal', 'AppliedManifest', `Applied manifest at "${path}"`)
  keepAddon(world, path, text)
  return true
}

/** k3s applies the files of its folder when it starts, and later each that has changed: what somebody else changed in their objects is gone. */
export const applyManifests: Law = world => {
  for (const { machine } of clusterHosts(world)) {
    const unit = machine.units.get('k3s.service')
    if (unit === undefined || !isUnitRunning(machine, unit.name) || datastoreProblem(machine) !== undefined)
      continue
    const server = { world, machine, unit }
    const startedMs = unit.startedMs ?? 0
    const before = world.platforms.manifests
    if (before === undefined) {
      const texts = Object.fromEntries(
        filesIn(server).map(path => [path, readText(machine.files, path) ?? '']),
      )
      world.platforms.manifests = { startedMs, lookedMs: world.nowMs, texts }
      continue
    }
    const isStart = before.startedMs !== startedMs
    if (world.nowMs - (isStart ? startedMs - LOOKS_MS + COMES_UP_MS : before.lookedMs) < LOOKS_MS) continue
    if (isStart) writePackaged(server)
    const texts = isStart ? {} : before.texts
    for (const path of filesIn(server)) {
      const text = readText(machine.files, path) ?? ''
      if (texts[path] !== text && applyFile(server, path)) texts[path] = text
    }
    world.platforms.manifests = { startedMs, lookedMs: world.nowMs, texts }
  }
}
