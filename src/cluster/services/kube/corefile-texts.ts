import { getObject } from '../../kube/store.ts'
import type { World } from '../../world/world.ts'
import type { Running } from '../service.ts'
import { type Corefile, readCorefile } from './corefile.ts'

const sandboxOf = ({ machine, container }: Running) =>
  machine.runtime?.sandboxes.find(({ id }) => id === container?.sandboxId)

const mountedText = (self: Running): string | undefined => sandboxOf(self)?.configs?.coredns?.Corefile

/** The Corefiles that have lain before a CoreDNS since its start, oldest first. */
const seenTexts = (world: World, self: Running): readonly string[] => [
  ...(sandboxOf(self)?.pastConfigs ?? [])
    .filter(({ name, untilMs }) => name === 'coredns' && untilMs > (self.container?.startedMs ?? 0))
    .map(({ data }) => data.Corefile ?? ''),
  textOf(world, self),
]

const hasReload = (corefile: Corefile): boolean =>
  !('problem' in corefile) && corefile.plugins.some(({ name }) => name === 'reload')

/** The Corefile that a CoreDNS works with: the one of its start, or a later one that it could read and was to look for. */
export const loadedText = (world: World, self: Running): string =>
  seenTexts(world, self).reduce((loaded, next) =>
    hasReload(readCorefile(loaded)) && !('problem' in readCorefile(next)) ? next : loaded,
  )

/** The Corefile that lies before a CoreDNS now. */
export const textOf = (world: World, self: Running): string =>
  mountedText(self) ?? storedText(world, self.container?.namespace)

const storedText = (world: World, namespace = 'kube-system'): string =>
  getObject(world.kube, {
    kind: 'ConfigMap',
    namespace,
    name: 'coredns',
  })?.data?.Corefile ?? ''
