import { hasAddress } from '../../relations/find-machine.ts'
import { sysctlsOf } from '../../relations/sysctls.ts'
import type { Machine } from '../../world/machine.ts'

/** Whether a free process of a machine holds a TCP port, so that another cannot listen on it. */
export const isPortTaken = (machine: Machine, port: number): boolean =>
  machine.processes.some(({ listens }) =>
    listens.some(listener => listener.protocol === 'tcp' && listener.port === port),
  )

const isBindable = (machine: Machine, address: string): boolean =>
  !/^\d+(\.\d+){3}$/.test(address) ||
  address === '0.0.0.0' ||
  address.startsWith('127.') ||
  // The inside of a container on the host's network keeps no interfaces of its own.
  machine.interfaces.length === 0 ||
  hasAddress(machine, address) ||
  sysctlsOf(machine).get('net.ipv4.ip_nonlocal_bind') === '1'

/** Why a process of a machine cannot listen at an address and TCP port, in Go's words; `undefined` when it can. */
export const bindProblem = (
  machine: Machine,
  { address, port }: { readonly address: string; readonly port: number },
): string | undefined => {
  const listening = `listen tcp ${address}:${port}: bind:`
  if (!isBindable(machine, address)) return `${listening} cannot assign requested address`
  return isPortTaken(machine, port) ? `${listening} address already in use` : undefined
}
