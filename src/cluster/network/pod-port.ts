import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { remembering } from '../kube/remember.ts'
import type { Sandbox } from '../world/container.ts'
import type { NetworkInterface } from '../world/network.ts'
import type { Delivery } from './deliver.ts'
import type { Station } from './station.ts'

type Pod = Pick<Sandbox, 'id' | 'namespace' | 'name'>

const CALICO_DIGITS = 11
const BRIDGE_DIGITS = 8

const calicoName = remembering(pod => `cali${bytesToHex(sha1(utf8ToBytes(pod))).slice(0, CALICO_DIGITS)}`)

/** The name of a pod's interface on its machine: Calico takes it from the pod's name, what hangs pods on a bridge draws it. */
export const portName = (plugin: 'calico' | 'bridge', { id, namespace, name }: Pod): string =>
  plugin === 'calico' ? calicoName(`${namespace}.${name}`) : `veth${id.slice(0, BRIDGE_DIGITS)}`

/** The interface that Calico made on a machine for a pod; `undefined` for one of another plugin, or of none. */
export const calicoPort = (
  { interfaces }: Pick<Station['host'], 'interfaces'>,
  pod: Pod,
): string | undefined => {
  const name = portName('calico', pod)
  return interfaces.some(device => device.name === name) ? name : undefined
}

/** Over which interface of its machine a pod's packets come and go. */
export const podDevice = (host: Station['host'], pod: Pod): string => calicoPort(host, pod) ?? 'cni0'

/** Whether an interface of a machine carries: it is up, and so is the bridge that it belongs to. */
export const isCarrying = (
  interfaces: readonly NetworkInterface[],
  device: NetworkInterface | undefined,
): boolean =>
  device?.isUp === true &&
  (device.master === undefined || interfaces.some(({ name, isUp }) => name === device.master && isUp))

/** Whether the interface that a pod was given on its machine has been taken away or set down. */
export const isCutOff = ({ host, sandbox }: Station): boolean =>
  sandbox?.isWired === true &&
  !isCarrying(
    host.interfaces,
    host.interfaces.find(
      ({ kind, name }) =>
        kind === 'veth' && (name === portName('calico', sandbox) || name === portName('bridge', sandbox)),
    ),
  )

/** Whether a packet does not leave its sender, or does not get in at its receiver, because that is cut off. */
export const isCutShort = (start: Station, delivery: Delivery): boolean =>
  delivery.kind === 'delivered'
    ? delivery.to !== start && (isCutOff(start) || isCutOff(delivery.to))
    : isCutOff(start)
