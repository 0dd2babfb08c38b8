import { memoryCapacity, reservedOf } from '../../relations/node-thresholds.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import { isKnownGate } from './feature-gates.ts'

const numbers = new Set(
  'maxPods podsPerCore healthzPort port readOnlyPort containerLogMaxFiles imageGCHighThresholdPercent imageGCLowThresholdPercent registryBurst oomScoreAdj'.split(
    ' ',
  ),
)
const switches = new Set(
  'failSwapOn rotateCertificates serverTLSBootstrap protectKernelDefaults enableServer cgroupsPerQOS makeIPTablesUtilChains cpuCFSQuota'.split(
    ' ',
  ),
)
const wordOf = (value: KubeValue): string =>
  typeof value === 'boolean'
    ? 'bool'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'object'
        ? 'object'
        : typeof value

/** A field of the wrong type, as the decoder words it; `undefined` where all fit. */
export const fieldProblem = (settings: KubeValue): string | undefined => {
  for (const [field, value] of Object.entries(settings as Readonly<Record<string, KubeValue>>)) {
    if (value === null) continue
    const wanted = numbers.has(field) ? 'int32' : switches.has(field) ? 'bool' : undefined
    const isRight = wanted === 'int32' ? typeof value === 'number' : typeof value === 'boolean'
    if (wanted !== undefined && !isRight)
      return `json: cannot unmarshal ${wordOf(value)} into Go struct field KubeletConfiguration.${field} of type ${wanted}`
  }
  return undefined
}

const AUTO_LOW = 80
const AUTO_HIGH = 85

/** Why a kubelet does not start with settings that it can read, as its last word; `undefined` where it does. */
export const settingsProblem = (settings: KubeValue): string | undefined => {
  const unknown = Object.keys(settings?.featureGates ?? {}).find(gate => !isKnownGate(gate))
  if (unknown !== undefined)
    return `"command failed" err="failed to set feature gates from initial flags-based config: unrecognized feature gate: ${unknown}"`
  const high = settings?.imageGCHighThresholdPercent ?? AUTO_HIGH
  const low = settings?.imageGCLowThresholdPercent ?? AUTO_LOW
  const wrong = (why: string): string =>
    `"command failed" err="failed to validate kubelet configuration, error: invalid configuration: ${why}, path: &TypeMeta{Kind:,APIVersion:,}"`
  if (low >= high)
    return wrong(
      `imageGCLowThresholdPercent (--image-gc-low-threshold) ${low} must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) ${high}`,
    )
  if (settings?.maxPods < 0)
    return wrong(`maxPods (--max-pods) ${settings.maxPods} must not be a negative number`)
  return undefined
}

/** What of a machine would be kept from pods though it does not have so much, as the container manager words it. */
export const reservationProblem = (machine: Machine): string | undefined => {
  const memory = memoryCapacity(machine)
  const wanted = [
    ['cpu', machine.cpu.cores, reservedOf(machine, 'cpu', machine.cpu.cores)],
    ['memory', memory, reservedOf(machine, 'memory', memory)],
  ] as const
  const [resource, capacity, reserved] = wanted.find(([, has, kept]) => kept > has) ?? []
  if (resource === undefined || capacity === undefined || reserved === undefined) return undefined
  const text = (amount: number): string =>
    resource === 'cpu'
      ? `{{${Math.round(amount * 1000)} -3} {<nil>}  DecimalSI}`
      : `{{${Math.round(amount)} 0} {<nil>}  BinarySI}`
  return `"Failed to start ContainerManager" err="invalid Node Allocatable configuration. Resource \\"${resource}\\" has an allocatable of ${text(reserved)}, capacity of ${text(capacity - reserved)}"`
}
