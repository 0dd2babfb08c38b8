import { type ClusterHost, clusterHosts } from '../../relations/cluster-hosts.ts'
import type { Container, Sandbox } from '../../world/container.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'
import { runtimeSays } from './runtime-says.ts'

type At = Pick<ClusterHost, 'machine'> & { readonly world: World }

/** Lets a containerd tell of one container that has ended. */
export const sayEnd = (at: At, container: Container): void => {
  delete container.isEndUntold
  const of = `id=${container.id} namespace=k8s.io`
  runtimeSays(at, 'info', { text: 'shim disconnected', more: of })
  runtimeSays(at, 'warning', { text: 'cleaning up after shim disconnected', more: of })
  runtimeSays(at, 'info', { text: 'cleaning up dead shim', more: 'namespace=k8s.io' })
}

/** Lets each containerd tell of the containers that have ended. */
export const tellEnds: Law = world => {
  for (const { machine } of clusterHosts(world))
    for (const container of machine.runtime?.containers ?? [])
      if (container.isEndUntold) sayEnd({ world, machine }, container)
}

const GRACE_S = 30

/** Lets a containerd tell how it ended a container that it was asked to stop: at once where no time is given. */
export const sayStopped = (at: At, container: Container, graceS = GRACE_S): void => {
  if (!container.isEndUntold) return
  const quoted = `"${container.id}"`
  runtimeSays(at, 'info', { text: `StopContainer for ${quoted} with timeout ${graceS} (s)` })
  const how = graceS === 0 ? `Kill container ${quoted}` : `Stop container ${quoted} with signal terminated`
  runtimeSays(at, 'info', { text: how })
  sayEnd(at, container)
  runtimeSays(at, 'info', { text: `StopContainer for ${quoted} returns successfully` })
}

/** Lets a containerd tell that a container was taken away. */
export const sayContainerRemoved = (at: At, { id }: Container): void => {
  runtimeSays(at, 'info', { text: `RemoveContainer for "${id}"` })
  runtimeSays(at, 'info', { text: `RemoveContainer for "${id}" returns successfully` })
}

/** Lets a containerd tell how a sandbox ends that is still ready. */
export const saySandboxStopped = (at: At, { id, state, isHostNetwork }: Sandbox): void => {
  if (state !== 'ready') return
  const quoted = `"${id}"`
  runtimeSays(at, 'info', { text: `StopPodSandbox for ${quoted}` })
  if (!isHostNetwork) runtimeSays(at, 'info', { text: `TearDown network for sandbox ${quoted} successfully` })
  runtimeSays(at, 'info', { text: `StopPodSandbox for ${quoted} returns successfully` })
}

/** Lets a containerd tell how a sandbox and its containers end and are taken away. */
export const sayRemoved = (at: At, sandbox: Sandbox, containers: readonly Container[]): void => {
  for (const container of containers) sayStopped(at, container)
  saySandboxStopped(at, sandbox)
  for (const container of containers) sayContainerRemoved(at, container)
  const quoted = `"${sandbox.id}"`
  runtimeSays(at, 'info', { text: `RemovePodSandbox for ${quoted}` })
  runtimeSays(at, 'info', { text: `RemovePodSandbox ${quoted} returns successfully` })
}
