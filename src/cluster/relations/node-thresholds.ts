import { numberOf } from '../kube/quantity.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import { kubeletUnitOf } from './cluster-hosts.ts'
import { flagsInText, pairsIn } from './flags.ts'
import { k3sKubeletArguments } from './k3s/kubelet-arguments.ts'
import { readKubeletSettings } from './kubelet-settings.ts'

/** What a kubelet was told by flag: on its own command line, or through k3s. */
export const kubeletFlag = (machine: Machine, name: string): string | undefined => {
  const unit = kubeletUnitOf(machine)
  if (unit === undefined) return undefined
  if (!unit.service.startsWith('k3s')) return flagsInText(unit.execStart)[name]
  return k3sKubeletArguments(machine, unit)[name]
}

/** Signals of a kubelet, each with the least that must be left: `100Mi`, `10%`. */
type Thresholds = Readonly<Record<string, string>>

const usual: Thresholds = {
  'memory.available': '100Mi',
  'nodefs.available': '10%',
  'imagefs.available': '15%',
  'nodefs.inodesFree': '5%',
}

/** The thresholds below which a kubelet evicts. Whoever gives some gives all: what is left out has none. */
export const thresholdsOf = (machine: Machine): Thresholds => {
  const flag = kubeletFlag(machine, 'eviction-hard')
  const written: KubeValue = readKubeletSettings(machine)?.evictionHard
  if (flag !== undefined) return pairsIn(flag, '<')
  return written === undefined || written === null
    ? usual
    : Object.fromEntries(Object.entries(written).map(([signal, least]) => [signal, String(least)]))
}

/** A threshold in the unit of what it is measured against; none is 0. */
export const amountOf = (threshold: string | undefined, capacity: number): number => {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(threshold ?? '')?.[1]
  return percent === undefined ? numberOf(threshold) : (capacity * Number(percent)) / 100
}

/** What a kubelet keeps of a resource from pods: for the system, for Kubernetes, and what it evicts for. */
export const reservedOf = (
  machine: Machine,
  resource: 'cpu' | 'memory' | 'ephemeral-storage',
  capacity: number,
): number => {
  const settings = readKubeletSettings(machine)
  const kept = (['system-reserved', 'kube-reserved'] as const).map(flag => {
    const given = kubeletFlag(machine, flag)
    const key = flag === 'system-reserved' ? 'systemReserved' : 'kubeReserved'
    return numberOf((given === undefined ? settings?.[key] : pairsIn(given, '='))?.[resource])
  })
  const signal = { cpu: '', memory: 'memory.available', 'ephemeral-storage': 'nodefs.available' }[resource]
  return kept.reduce((sum, one) => sum + one, 0) + amountOf(thresholdsOf(machine)[signal], capacity)
}

/** The memory that a kubelet finds on a machine: `MemTotal` of /proc/meminfo, in bytes. */
export const memoryCapacity = (host: Machine): number => Math.round(host.memoryBytes / 1024) * 1024
