import { readText, writeText } from '../../files/file-tree.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { listObjects, touchObject } from '../../kube/store.ts'
import { askApi } from '../../relations/ask-api.ts'
import { shownMs } from '../../relations/clock.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const UNREACHABLE = 'node.kubernetes.io/unreachable'
const ADMIN = '/etc/rancher/k3s/k3s.yaml'

/** What a watcher's script does, read from its text. */
type Watcher = {
  readonly effects: readonly string[]
  readonly log: string | undefined
  readonly kubeconfig: string
  readonly isOnlyForReady: boolean
}

const readWatcher = (text: string): Watcher | undefined => {
  if (!/taint\s+nodes?\s/.test(text) || !text.includes(UNREACHABLE)) return undefined
  const log = /(?:^|\s)(?:log|LOG|LOG_FILE|LOGFILE|logfile)=["']?(\/[\w./-]+)/m.exec(text)?.[1]
  return {
    effects: ['NoSchedule', 'NoExecute'].filter(effect => text.includes(effect)),
    log: log ?? />>\s*["']?(\/[\w./-]+)/.exec(text)?.[1],
    kubeconfig: /KUBECONFIG=["']?(\/[\w./-]+)/.exec(text)?.[1] ?? ADMIN,
    isOnlyForReady: /Ready/.test(text),
  }
}

const isReady = (node: KubeObject): boolean =>
  node.status?.conditions?.some((one: KubeValue) => one.type === 'Ready' && one.status === 'True') === true

const removeTaints = (world: World, node: KubeObject, effects: readonly string[]): readonly string[] => {
  const before: readonly KubeValue[] = node.spec?.taints ?? []
  const isTaken = (taint: KubeValue) => taint.key === UNREACHABLE && effects.includes(taint.effect)
  const removed = before.filter(isTaken).map(taint => taint.effect as string)
  if (removed.length === 0) return []
  const kept = before.filter(taint => !isTaken(taint))
  node.spec = { ...node.spec, taints: kept }
  if (kept.length === 0) delete node.spec.taints
  touchObject(world, node)
  return removed
}

const look = (world: World, watcher: Watcher): readonly string[] =>
  listObjects(world.kube, 'Node').flatMap(node => {
    const { name } = node.metadata
    if (watcher.isOnlyForReady && !isReady(node)) return [`${name} is not ready`]
    return removeTaints(world, node, watcher.effects).map(
      effect => `removed unreachable:${effect} from ${name}`,
    )
  })

const canAsk = (world: World, machine: Machine, { kubeconfig }: Watcher): boolean => {
  const config = readKubeconfig(machine, kubeconfig)
  return !isProblem(config) && askApi(world, { from: machine, config }).kind === 'answers'
}

const note = (machine: Machine, path: string, at: { atMs: number; lines: readonly string[] }): void => {
  const stamp = `${new Date(shownMs(machine, at.atMs)).toISOString().slice(0, 19)}Z`
  const text = at.lines.map(line => `${stamp} ${line}\n`).join('')
  if (writeRefusal(machine, path, text.length) !== undefined) return
  writeText(machine.files, path, { text: (readText(machine.files, path) ?? '') + text, mtimeMs: at.atMs })
}

const ranSince = (unit: Unit, fromMs: number): boolean =>
  unit.definition.type === 'oneshot' && unit.lastExit?.status === 0 && (unit.startedMs ?? 0) > fromMs

/** A script that a unit runs once, if it takes marks off nodes. */
const watcherOf = (machine: Machine, unit: Unit): Watcher | undefined => {
  const program = /^[-@:+!]*(?:\/bin\/(?:ba)?sh\s+)?(\/\S+)/.exec(unit.definition.execStart)?.[1]
  const text = program === undefined ? undefined : readText(machine.files, program)
  return text === undefined ? undefined : readWatcher(text)
}

/** A unit that runs a watcher's script does to the nodes what the script says, each time that it has run. */
export const runWatchers: Law = (world, passedMs) => {
  for (const machine of world.machines.values()) {
    if (!machine.isPowered) continue
    for (const unit of machine.units.values()) {
      if (!ranSince(unit, world.nowMs - passedMs)) continue
      const watcher = watcherOf(machine, unit)
      if (watcher === undefined || !canAsk(world, machine, watcher)) continue
      const lines = look(world, watcher)
      const script = [...lines, ...(/check done/.test(scriptOf(machine, unit)) ? ['check done'] : [])]
      if (watcher.log !== undefined && script.length > 0)
        note(machine, watcher.log, { atMs: unit.endedMs ?? world.nowMs, lines: script })
    }
  }
}

const scriptOf = (machine: Machine, unit: Unit): string =>
  readText(machine.files, /(\/\S+)/.exec(unit.definition.execStart)?.[1] ?? '') ?? ''
