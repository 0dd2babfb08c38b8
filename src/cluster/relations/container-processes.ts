import type { Container, Sandbox } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import { childrenOf, mainCommandOf } from './container-children.ts'
import { helpersOf, scriptOfContainer, userOfContainer } from './container-helpers.ts'
import { unitGroup } from './control-group.ts'
import { groupAt } from './pod-group.ts'
import { base, nameOf, type Process } from './process.ts'
import { CONTAINER_THREADS, isHeld, PAUSE_BYTES, SHIM_BYTES } from './process-sums.ts'
import { programFoldersOf } from './runtime-folders.ts'

const MIB = 1024 ** 2

/** By how much the pid of a sandbox's shim is lower than that of its first container. */
export const SHIM_BEFORE = 32
/** The same of the process that holds its namespaces. */
export const PAUSE_BEFORE = 14

/** What starts a container of Docker 18.09. */
const dockerShim = (id: string): string =>
  `/usr/bin/containerd-shim -namespace moby -workdir /ext/docker/containerd/daemon/io.containerd.runtime.v1.linux/moby/${id} -address /var/run/docker/containerd/containerd.sock -containerd-binary /usr/bin/containerd -runtime-root /var/run/docker/runtime-runc`

/** The shim of a sandbox and its pause process stand before the first of its containers. */
const ofSandbox = (
  machine: Machine,
  { id: sandboxId, groupsPlace = '', firstPid: first = 0, createdMs: startedMs }: Sandbox,
  members: readonly Container[],
): readonly Process[] => {
  const isDocker = machine.runtime?.kind === 'docker'
  const shim: Process = {
    ...base,
    kind: 'shim',
    sandboxId,
    group: unitGroup(machine.runtime?.unit ?? 'containerd.service'),
    pid: first - SHIM_BEFORE,
    name: 'containerd-shim',
    command: isDocker
      ? dockerShim(sandboxId)
      : `${programFoldersOf(machine.runtime)[0]}/containerd-shim-runc-v2 -namespace k8s.io -id ${sandboxId} -address ${machine.runtime?.socket ?? ''}`,
    startedMs,
    memoryBytes: SHIM_BYTES,
    virtualBytes: 722 * MIB,
    state: 'Sl',
    threads: CONTAINER_THREADS,
    openFiles: 20,
  }
  const pause: Process = {
    ...base,
    kind: 'pause',
    sandboxId,
    group: groupAt(groupsPlace, sandboxId),
    pid: first - PAUSE_BEFORE,
    parentPid: shim.pid,
    user: '65535',
    name: 'pause',
    command: '/pause',
    startedMs,
    memoryBytes: PAUSE_BYTES,
    virtualBytes: MIB,
    state: 'Ss',
  }
  const ofMember = (member: Container): readonly Process[] =>
    withChildren({ ...ofContainer(member, shim.pid), group: groupAt(groupsPlace, member.id) }, member)
  return [shim, pause, ...members.flatMap(ofMember)]
}

/** The main process of a container, below its shim. */
export const ofContainer = (container: Container, parentPid: number): Process => ({
  ...base,
  kind: 'container',
  sandboxId: container.sandboxId,
  pid: container.pid,
  parentPid,
  user: userOfContainer(container),
  name: scriptOfContainer(container) ?? (nameOf(mainCommandOf(container)) || container.name.slice(0, 15)),
  command: mainCommandOf(container),
  startedMs: container.startedMs ?? container.createdMs,
  cpuPercent: container.cpuMillis / 10,
  memoryBytes: container.memoryBytes,
  virtualBytes: container.memoryBytes * 4 + 600 * MIB,
  state: 'Ssl',
  threads: CONTAINER_THREADS,
  openFiles: 32,
  container,
})

const INIT_BYTES = 0.6 * MIB

/** A server that works itself, and what it keeps beside it: they share what the container takes. */
const withHelpers = (main: Process, container: Container): readonly Process[] => {
  const helpers = helpersOf(container)
  const shared = helpers.reduce((sum, { share }) => sum + share, 0)
  const part = (share: number) => ({
    cpuPercent: main.cpuPercent * share,
    memoryBytes: main.memoryBytes * share,
  })
  return [
    { ...main, ...part(1 - shared), ...(helpers.length === 0 ? {} : { threads: 1, state: 'Ss' }) },
    ...helpers.map(
      ({ pid, command, user, share, startedMs }): Process => ({
        ...main,
        ...part(share),
        kind: 'helper',
        pid,
        parentPid: main.pid,
        user,
        name: nameOf(command),
        command,
        threads: 1,
        state: 'Ss',
        ...(startedMs === undefined ? {} : { startedMs }),
      }),
    ),
  ]
}

/** A container's main process and those below it, which take nearly all that the container takes. */
export const withChildren = (main: Process, container: Container): readonly Process[] => {
  const children = childrenOf(container)
  if (children.length === 0) return withHelpers(main, container)
  const isLone = children.length === 1
  const init: Process = {
    ...main,
    kind: 'helper',
    cpuPercent: 0,
    memoryBytes: INIT_BYTES,
    virtualBytes: MIB,
    threads: 1,
    state: 'Ss',
  }
  return [
    init,
    ...children.map(
      ({ pid, parentPid, command, share, works, startedMs }): Process => ({
        ...main,
        kind: works ? 'container' : 'helper',
        pid,
        parentPid,
        name: nameOf(command),
        command,
        cpuPercent: main.cpuPercent * (isLone ? 1 : share),
        memoryBytes: isLone ? main.memoryBytes - INIT_BYTES : main.memoryBytes * share,
        virtualBytes: isLone ? main.virtualBytes : main.virtualBytes * Math.min(1, share * 4),
        threads: works ? main.threads - 1 : share < 0.1 ? 1 : 8,
        state: share < 0.1 ? 'S' : 'Sl',
        ...(startedMs === undefined ? {} : { startedMs }),
      }),
    ),
  ]
}

/** The processes of all sandboxes of a machine that are ready, each with its shim, and of their containers that run. */
export const ofRuntime = (machine: Machine): readonly Process[] => {
  const members = new Map<string, Container[]>()
  for (const container of machine.runtime?.containers ?? [])
    if (container.state === 'running')
      members.set(container.sandboxId, [...(members.get(container.sandboxId) ?? []), container])
  return (machine.runtime?.sandboxes ?? [])
    .filter(isHeld)
    .flatMap(sandbox => ofSandbox(machine, sandbox, members.get(sandbox.id) ?? []))
}
