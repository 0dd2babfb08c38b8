import { isBefore, releaseOf } from '../../relations/userland.ts'
import type { Machine } from '../../world/machine.ts'

/** What tcpdump says of itself on a system, and whether it is of the releases before 4.99. */
export const tcpdumpRelease = (machine: Machine): { readonly text: string; readonly isOld: boolean } => ({
  text: `tcpdump version ${releaseOf(machine, 'tcpdump')}\nlibpcap version ${releaseOf(machine, 'libpcap')}\nOpenSSL ${releaseOf(machine, 'openssl')}\n`,
  isOld: isBefore(machine, 'tcpdump', '4.99'),
})

/** What tcpdump says before the first packet of a device. */
export const captureHead = (
  machine: Machine,
  { device, isVerbose }: { readonly device: string; readonly isVerbose: boolean },
): string => {
  const { isOld } = tcpdumpRelease(machine)
  const isAny = device === 'any'
  const cooked = isOld ? 'LINUX_SLL (Linux cooked)' : 'LINUX_SLL2 (Linux cooked v2)'
  const more = isOld ? '-v or -vv' : '-v[v]...'
  return [
    isAny && !isOld ? 'tcpdump: data link type LINUX_SLL2\n' : '',
    isVerbose ? '' : `tcpdump: verbose output suppressed, use ${more} for full protocol decode\n`,
    `${isVerbose ? 'tcpdump: ' : ''}listening on ${device}, link-type ${isAny ? cooked : 'EN10MB (Ethernet)'}, `,
    `${isOld ? 'capture size' : 'snapshot length'} 262144 bytes\n`,
  ].join('')
}
