import { findRoute } from '../../network/find-route.ts'
import { type Neighbour, neighboursOf } from '../../network/neighbours.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { neighbourTable } from '../ip/neighbours.ts'

const HEAD = 'Address                  HWtype  HWaddress           Flags Mask            Iface'

const row = ({ address, mac, device, state }: Neighbour): string =>
  mac === undefined
    ? `${address.padEnd(24)}         (incomplete)                              ${device}`
    : `${address.padEnd(24)} ether   ${mac.padEnd(19)} ${state === 'PERMANENT' ? 'CM' : 'C '}                    ${device}`

const bsdRow = ({ address, mac, device, state }: Neighbour): string =>
  `? (${address}) at ${mac === undefined ? '<incomplete>' : `${mac} [ether]${state === 'PERMANENT' ? ' PERM' : ''}`} on ${device}`

/** `arp -s ADDRESS MAC`, `arp -d ADDRESS`: as `ip neigh` makes and deletes entries. */
const changeByHand = (call: Call): Reply => {
  const { world, host, args, user } = call
  if (user !== 'root') return { stderr: 'SIOCSARP: Operation not permitted\n', exit: 255 }
  const [address = '', mac] = args.filter(word => /^\d/.test(word) || /^[\da-f]{2}:/i.test(word))
  const device = findRoute(host, address)?.device ?? ''
  if (mac !== undefined) return neighbourTable(call, ['replace', address, 'lladdr', mac, 'dev', device])
  if (!neighboursOf(world, host).some(entry => entry.address === address))
    return { stderr: `No ARP entry for ${address}\n`, exit: 255 }
  return neighbourTable(call, ['del', address, 'dev', device])
}

/** arp(8) of net-tools; names are not looked up. */
export const arp: Program = {
  names: ['arp'],
  isInstalled: everywhere,
  run: call => {
    const { world, host, args } = call
    if (args.some(word => /^-[sd]$/.test(word))) return changeByHand(call)
    const wanted = args.find(word => /^\d/.test(word))
    const entries = neighboursOf(world, host).filter(({ address }) => [undefined, address].includes(wanted))
    if (wanted !== undefined && entries.length === 0) return { stdout: `${wanted} (${wanted}) -- no entry\n` }
    const isBsd = args.some(word => /^-n?a/.test(word))
    const lines = isBsd ? entries.map(bsdRow) : [HEAD, ...entries.map(row)]
    return { stdout: lines.map(line => `${line}\n`).join('') }
  },
}
