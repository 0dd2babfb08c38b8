import type { Sandbox } from '../world/container.ts'
import type { NetworkInterface } from '../world/network.ts'
import type { Delivery } from './deliver.ts'
import type { Station } from './station.ts'

const ID_LETTERS = 11

/** The name of a pod's interface on its machine. */
export const portName = (prefix: string, { id }: Sandbox): string => `${prefix}${id.slice(0, ID_LETTERS)}`

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
      ({ kind, name }) => kind === 'veth' && name.endsWith(sandbox.id.slice(0, ID_LETTERS)),
    ),
  )

/** Whether a packet does not leave its sender, or does not get in at its receiver, because that is cut off. */
export const isCutShort = (start: Station, delivery: Delivery): boolean =>
  delivery.kind === 'delivered'
    ? delivery.to !== start && (isCutOff(start) || isCutOff(delivery.to))
    : isCutOff(start)
