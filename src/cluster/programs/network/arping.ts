import { isOnWire, neighboursOf } from '../../network/neighbours.ts'
import { hasAddress, mainAddressOf } from '../../relations/find-machine.ts'
import { onMachines, type Program, type Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { readOptions } from './option-reader.ts'

const ROUND_TRIP = ['0.742ms', '0.688ms', '0.701ms', '0.655ms']

/** The cards that answer for an address on the wire: more than one where two machines have taken it. */
const ownersOf = (world: World, host: Machine, address: string): readonly string[] => {
  // A card does not hear itself.
  const known = hasAddress(host, address)
    ? undefined
    : neighboursOf(world, { ...host, neighbours: [] }).find(found => found.address === address)?.mac
  const others = [...world.machines.values()].flatMap(machine => {
    const wire = machine.interfaces.find(({ kind }) => kind === 'ethernet')
    const answers = machine !== host && machine.isPowered && wire?.isUp === true && wire.hasCarrier
    return answers && hasAddress(machine, address) ? [wire.mac] : []
  })
  return [...new Set([...(known === undefined ? [] : [known]), ...others])]
}

/** arping(8) of iputils: asks on the wire, where no packet filter hears it. */
export const arping: Program = {
  names: ['arping'],
  isInstalled: onMachines,
  run: ({ world, host, args }): Reply => {
    const { flags, values, words } = readOptions(args, {
      switches: ['q', 'f', 'b', 'D', 'U', 'A', '0'],
      valued: ['c', 'w', 'I', 'i', 's'],
    })
    const address = words.at(-1)
    if (address === undefined)
      return { stderr: 'arping: usage error: Destination address required\n', exit: 2 }
    const device = values.get('I') ?? host.interfaces.find(({ kind }) => kind === 'ethernet')?.name ?? 'eth0'
    if (!host.interfaces.some(({ name }) => name === device))
      return { stderr: `arping: Device ${device} not available.\n`, exit: 2 }
    const macs = isOnWire(host, device) ? ownersOf(world, host, address) : []
    const isProbe = flags.has('D')
    const count = Number(values.get('c') ?? values.get('w') ?? 3)
    const rounds = macs.length === 0 ? 0 : isProbe ? 1 : count
    const replies = Array.from({ length: rounds }, (_, at) =>
      (at === 0 ? macs : macs.slice(0, 1)).map(
        (mac, which) =>
          `Unicast reply from ${address} [${mac.toUpperCase()}]  ${ROUND_TRIP[(at + which) % ROUND_TRIP.length]}\n`,
      ),
    )
      .flat()
      .slice(0, isProbe ? 1 : undefined)
    const sent = isProbe ? Math.max(1, macs.length === 0 ? count : 1) : count
    const source = isProbe ? '0.0.0.0' : mainAddressOf(host)
    const isAnswered = macs.length > 0
    return {
      stdout: `ARPING ${address} from ${source} ${device}\n${replies.join('')}Sent ${sent} probes (${isAnswered ? 1 : sent} broadcast(s))\nReceived ${replies.length} response(s)\n`,
      exit: isAnswered === isProbe ? 1 : 0,
      tookMs: (isProbe && isAnswered ? 0 : sent) * 1_000 + 1,
    }
  },
}
