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

type BindPlace = { readonly address: string; readonly port: number }

/** Why bind(2) fails for a process of a machine at an address and TCP port, in the C library's words; `undefined` when it does not. */
export const bindError = (machine: Machine, { address, port }: BindPlace): string | undefined => {
  if (!isBindable(machine, address)) return 'Cannot assign requested address'
  return isPortTaken(machine, port) ? 'Address already in use' : undefined
}

/** The same in Go's words. */
export const listenProblem = (machine: Machine, place: BindPlace): string | undefined => {
  const error = bindError(machine, place)
  return error && `listen tcp ${place.address}:${place.port}: bind: ${error.toLowerCase()}`
}

/** What keeps a program from listening at any of its URLs, several of which may stand in one text between commas. */
export const urlsProblem = (machine: Machine, urls: readonly string[]): string | undefined => {
  for (const [, address = '', port] of urls.join(',').matchAll(/\/\/([^:/,]+):(\d+)/g)) {
    const problem = listenProblem(machine, { address, port: Number(port) })
    if (problem !== undefined) return problem
  }
  return undefined
}
