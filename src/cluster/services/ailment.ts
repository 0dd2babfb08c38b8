import type { World } from '../world/world.ts'
import { exits } from './kube/telling.ts'
import type { Ailment, Running } from './service.ts'
import { serviceOf } from './services.ts'
import { isStarting } from './starting.ts'

/** Services whose programs are written in Go: one that gets no thread ends at once. */
const inGo =
  /^(kube|kubelet|containerd|docker|k3s|etcd|coredns|chisel|planet|serf|flanneld|teleport|dockerd|gravity)/

/** What ends a unit that needs more threads than its control group may have. */
const threadAilment = (world: World, self: Running): Ailment | undefined => {
  const { unit } = self
  const most = unit?.definition.tasksMax
  if (unit === undefined || most === undefined || unit.usual.tasks <= most) return undefined
  // What it has already nobody takes away from it.
  if (!isStarting(world, self)) return undefined
  const texts = inGo.test(unit.service)
    ? [
        `runtime: failed to create new OS thread (have ${most} already; errno=11)`,
        'runtime: may need to increase max user processes (ulimit -u)',
        'fatal error: newosproc',
      ]
    : ['Failed to create thread: Resource temporarily unavailable']
  return { exit: exits(texts.length > 1 ? 2 : 1), afterMs: 150, lines: texts.map(text => ({ text })) }
}

/** Programs that end as soon as they have begun, and how. */
const endings: Readonly<Record<string, number>> = { true: 0, echo: 0, printf: 0, false: 1, test: 1 }

/** What ends a unit that was told to run something else than what it is for. */
const otherProgramAilment = ({ unit }: Running): Ailment | undefined => {
  const status = endings[unit?.execStart.split(/\s+/)[0]?.split('/').at(-1) ?? '']
  return status === undefined || unit?.definition.type === 'oneshot'
    ? undefined
    : { exit: exits(status), afterMs: 4, lines: [] }
}

/** A unit is up once its own commands have come so far. */
const stillStarting: Ailment = { exit: exits(0), afterMs: Number.POSITIVE_INFINITY, lines: [] }

/** What keeps a unit or a container from running now: the limits of its control group, another program, or what its service says. */
export const ailmentOf = (world: World, self: Running): Ailment | undefined =>
  self.unit?.order === undefined
    ? (threadAilment(world, self) ??
      otherProgramAilment(self) ??
      serviceOf((self.unit ?? self.container)?.service ?? '').ailment?.(world, self))
    : self.unit.active === 'activating'
      ? stillStarting
      : undefined
