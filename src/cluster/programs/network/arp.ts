import { type Neighbour, neighboursOf } from '../../network/neighbours.ts'
import { everywhere, type Program } from '../../shell/program.ts'

const HEAD = 'Address                  HWtype  HWaddress           Flags Mask            Iface'

const row = ({ address, mac, device, state }: Neighbour): string =>
  mac === undefined
    ? `${address.padEnd(24)}         (incomplete)                              ${device}`
    : `${address.padEnd(24)} ether   ${mac.padEnd(19)} ${state === 'PERMANENT' ? 'CM' : 'C '}                    ${device}`

const bsdRow = ({ address, mac, device, state }: Neighbour): string =>
  `? (${address}) at ${mac === undefined ? '<incomplete>' : `${mac} [ether]${state === 'PERMANENT' ? ' PERM' : ''}`} on ${device}`

/** arp(8) of net-tools; names are not looked up. */
export const arp: Program = {
  names: ['arp'],
  isInstalled: everywhere,
  run: ({ world, host, args }) => {
    const wanted = args.find(word => /^\d/.test(word))
    const entries = neighboursOf(world, host).filter(({ address }) => [undefined, address].includes(wanted))
    if (wanted !== undefined && entries.length === 0) return { stdout: `${wanted} (${wanted}) -- no entry\n` }
    const isBsd = args.some(word => /^-n?a/.test(word))
    const lines = isBsd ? entries.map(bsdRow) : [HEAD, ...entries.map(row)]
    return { stdout: lines.map(line => `${line}\n`).join('') }
  },
}
