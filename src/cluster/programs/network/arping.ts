import { isOnWire, neighboursOf } from '../../network/neighbours.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import { readOptions } from './option-reader.ts'

const ROUND_TRIP = ['0.742ms', '0.688ms', '0.701ms', '0.655ms']

/** arping(8) of iputils: asks on the wire, where no packet filter hears it. */
export const arping: Program = {
  names: ['arping'],
  isInstalled: onMachines,
  run: ({ world, host, args }): Reply => {
    const { values, words } = readOptions(args, {
      switches: ['q', 'f', 'b', 'D', 'U', 'A', '0'],
      valued: ['c', 'w', 'I', 'i', 's'],
    })
    const address = words.at(-1)
    if (address === undefined)
      return { stderr: 'arping: usage error: Destination address required\n', exit: 2 }
    const device = values.get('I') ?? host.interfaces.find(({ kind }) => kind === 'ethernet')?.name ?? 'eth0'
    if (!host.interfaces.some(({ name }) => name === device))
      return { stderr: `arping: Device ${device} not available.\n`, exit: 2 }
    const mac = isOnWire(host, device)
      ? neighboursOf(world, host).find(found => found.address === address && found.device === device)?.mac
      : undefined
    const count = Number(values.get('c') ?? values.get('w') ?? 3)
    const replies = Array.from(
      { length: mac === undefined ? 0 : count },
      (_, at) =>
        `Unicast reply from ${address} [${mac?.toUpperCase()}]  ${ROUND_TRIP[at % ROUND_TRIP.length]}\n`,
    )
    return {
      stdout: `ARPING ${address} from ${mainAddressOf(host)} ${device}\n${replies.join('')}Sent ${count} probes (${mac === undefined ? count : 1} broadcast(s))\nReceived ${replies.length} response(s)\n`,
      exit: mac === undefined ? 1 : 0,
      tookMs: count * 1_000,
    }
  },
}
