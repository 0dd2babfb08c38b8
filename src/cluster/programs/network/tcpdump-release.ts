import type { Machine } from '../../world/machine.ts'

const releases: Readonly<Record<string, string>> = {
  centos: 'tcpdump version 4.9.2\nlibpcap version 1.5.3\nOpenSSL 1.0.2k-fips  26 Jan 2017\n',
  debian: 'tcpdump version 4.9.3\nlibpcap version 1.8.1\nOpenSSL 1.1.0l  10 Sep 2019\n',
}

const NEW = 'tcpdump version 4.99.1\nlibpcap version 1.10.1 (with TPACKET_V3)\nOpenSSL 3.0.2 15 Mar 2022\n'

/** What tcpdump says of itself on a system, and whether it is of the releases before 4.99. */
export const tcpdumpRelease = ({ os }: Machine): { readonly text: string; readonly isOld: boolean } => {
  const text = releases[os.id] ?? NEW
  return { text, isOld: text !== NEW }
}

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
