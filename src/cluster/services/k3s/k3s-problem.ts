import { nodeAt, readText } from '../../files/file-tree.ts'
import { yamlValue } from '../../kube/read-yaml.ts'
import { klog } from '../../kube/times.ts'
import { shownMs } from '../../relations/clock.ts'
import { datastoreProblem } from '../../relations/k3s/datastore.ts'
import { joinProblem } from '../../relations/k3s/join-problem.ts'
import { joinSettingsOf } from '../../relations/k3s/k3s-units.ts'
import { K3S_CONFIG } from '../../relations/read-settings.ts'
import type { World } from '../../world/world.ts'
import { isPortTaken } from '../kube/bind-problem.ts'
import { exits } from '../kube/telling.ts'
import type { Ailment, Running } from '../service.ts'
import { begunMs, KUBELET_MS, logfmt } from './start-lines.ts'

const startOf = (world: World, { unit }: Running): number => unit?.startedMs ?? world.nowMs

const ends = (
  world: World,
  self: Running,
  { afterMs, text }: { afterMs: number; text: string },
): Ailment => ({
  exit: exits(1),
  afterMs,
  lines: [{ text: logfmt(self, 'fatal', { atMs: startOf(world, self) + afterMs, text }) }],
})

const settingsProblem = ({ machine, unit }: Running): string | undefined => {
  const text = readText(machine.files, K3S_CONFIG)
  const value = text === undefined ? undefined : yamlValue(text)
  if (text !== undefined && text.trim() !== '' && (value === undefined || typeof value === 'string'))
    return `yaml: unmarshal errors:\n  line 1: cannot unmarshal !!str \`${text.trim().slice(0, 7)}...\` into yaml.MapSlice`
  if (unit?.service !== 'k3s-agent') return undefined
  const { url, token } = joinSettingsOf(machine, unit)
  if (!token) return '--token is required'
  return url ? undefined : '--server is required'
}

const cgroupProblem = ({ machine }: Running): string | undefined => {
  const controllers = readText(machine.files, '/sys/fs/cgroup/cgroup.controllers')
  if (controllers === undefined) return undefined
  const missing = ['cpuset', 'memory'].find(name => !controllers.split(/\s+/).includes(name))
  return missing === undefined ? undefined : `failed to find ${missing} cgroup (v2)`
}

const storageProblem = ({ machine }: Running): string | undefined => {
  const why = datastoreProblem(machine)
  return why === undefined
    ? undefined
    : `starting kubernetes: preparing server: creating storage endpoint: building kine: ${why}`
}

const serverPorts: readonly (readonly [number, string])[] = [
  [
    6443,
    'starting kubernetes: preparing server: init cluster datastore and https: listen tcp :6443: bind: address already in use',
  ],
  [
    6444,
    'starting kubernetes: preparing server: init cluster datastore and https: listen tcp 127.0.0.1:6444: bind: address already in use',
  ],
  [
    10257,
    'controller-manager exited: failed to create listener: failed to listen on 127.0.0.1:10257: listen tcp 127.0.0.1:10257: bind: address already in use',
  ],
  [
    10259,
    'scheduler exited: failed to create listener: failed to listen on 127.0.0.1:10259: listen tcp 127.0.0.1:10259: bind: address already in use',
  ],
]

const nodePorts: readonly (readonly [number, string])[] = [
  [10250, 'kubelet exited: listen tcp 0.0.0.0:10250: bind: address already in use'],
  [10248, 'kubelet exited: listen tcp 127.0.0.1:10248: bind: address already in use'],
  [10256, 'kube-proxy exited: listen tcp 0.0.0.0:10256: bind: address already in use'],
]

const portProblem = ({ machine }: Running, ports: typeof nodePorts): string | undefined =>
  ports.find(([port]) => isPortTaken(machine, port))?.[1]

const hasDefaultRoute = ({ machine }: Running): boolean =>
  machine.routes.some(
    ({ to, device }) => to === 'default' && machine.interfaces.some(i => i.name === device && i.isUp),
  )

/** The kubelet within asks for the kernel's messages when it is made, and ends k3s when it cannot have them. */
const kmsgAilment = (world: World, self: Running): Ailment | undefined => {
  if (nodeAt(self.machine.files, '/dev/kmsg') !== undefined) return undefined
  const why = 'failed to run Kubelet: failed to create kubelet: open /dev/kmsg: no such file or directory'
  const atMs = begunMs(self) + KUBELET_MS
  const at = { atMs: shownMs(self.machine, atMs), pid: self.unit?.mainPid ?? 0 }
  return {
    exit: exits(1),
    afterMs: atMs - startOf(world, self) + 200,
    lines: [
      { text: klog('E', { ...at, source: 'server.go:302' }, `"Failed to run kubelet" err="${why}"`) },
      { text: `Error: ${why}` },
      { text: logfmt(self, 'fatal', { atMs, text: `kubelet exited: ${why}` }) },
    ],
  }
}

/** What keeps k3s from starting. An agent that may not join neither ends nor becomes ready: it goes on trying. */
export const startAilment = (world: World, self: Running): Ailment | undefined => {
  const isServer = self.unit?.service === 'k3s'
  const early = settingsProblem(self) ?? cgroupProblem(self)
  if (early !== undefined) return ends(world, self, { afterMs: 300, text: early })
  if (!hasDefaultRoute(self))
    return ends(world, self, {
      afterMs: 900,
      text: 'no default routes found in "/proc/net/route" or "/proc/net/ipv6_route"',
    })
  const ofServer = isServer ? (storageProblem(self) ?? portProblem(self, serverPorts)) : undefined
  if (ofServer !== undefined) return ends(world, self, { afterMs: 1_400, text: ofServer })
  if (!isServer && self.unit !== undefined && joinProblem(world, self.machine, self.unit) !== undefined)
    return { exit: exits(1), afterMs: Number.POSITIVE_INFINITY, lines: [] }
  const kubelet = kmsgAilment(world, self)
  if (kubelet !== undefined) return kubelet
  const taken = portProblem(self, nodePorts)
  const afterMs = begunMs(self) - startOf(world, self) + KUBELET_MS + 600
  return taken === undefined ? undefined : ends(world, self, { afterMs, text: taken })
}
