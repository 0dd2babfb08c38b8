import { type JournalWriting, mergeJournal } from '../../journal/write-journal.ts'
import { comingLines, linksOf } from '../../laws/network/tell-links.ts'
import { portName } from '../../network/pod-port.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

/** So long after its sandbox a pod has its interface on the machine. */
const WIRED_MS = 300

const linesOf = (host: Machine): readonly JournalWriting[] => {
  const links = host.toldLinks ?? {}
  const sandboxes = [host.runtime, host.planet?.runtime].flatMap(runtime => runtime?.sandboxes ?? [])
  return sandboxes.flatMap(sandbox => {
    const name = [portName('calico', sandbox), portName('bridge', sandbox)].find(one => links[one])
    const link = links[name ?? '']
    if (name === undefined || link === undefined || sandbox.state !== 'ready') return []
    const atMs = sandbox.createdMs + WIRED_MS
    return comingLines(name, link).map(message => ({ atMs, message, identifier: 'kernel', priority: 6 }))
  })
}

/** Writes what the kernels said of the pods' interfaces when these came up. */
export const recallPorts = ({ machines }: World): void => {
  for (const host of machines.values()) {
    host.toldLinks = linksOf(host, {})
    mergeJournal(host, linesOf(host))
  }
}
