import { writeJournal } from '../../journal/write-journal.ts'
import { nanoIsoOf } from '../../kube/times.ts'
import { shownMs } from '../../relations/clock.ts'
import type { Kubelet } from '../kubelet.ts'

/** Lets a containerd that runs as a unit tell in its journal what the kubelet had it do: level, message and further fields. */
export const runtimeSays = (
  { world, machine }: Pick<Kubelet, 'world' | 'machine'>,
  level: 'info' | 'warning' | 'error',
  { text, more = '' }: { readonly text: string; readonly more?: string },
): void => {
  const unit = machine.units.get(machine.runtime?.unit ?? '')
  if (unit?.service !== 'containerd') return
  const at = nanoIsoOf(shownMs(machine, world.nowMs))
  writeJournal(machine, {
    atMs: world.nowMs,
    unit: unit.name,
    identifier: 'containerd',
    pid: unit.mainPid,
    message: `time="${at}" level=${level} msg=${JSON.stringify(text)}${more === '' ? '' : ` ${more}`}`,
  })
}
