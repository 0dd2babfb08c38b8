import { addressOfNumber, numberOfAddress } from '../../network/addresses.ts'
import type { Machine } from '../../world/machine.ts'

const BITS = 32

/** The routes of the table `local`, which the kernel keeps by the addresses of interfaces that are up, as `ip route` prints them. */
export const localRoutes = ({ interfaces }: Machine): readonly string[] =>
  interfaces
    .filter(({ isUp }) => isUp)
    .flatMap(({ name, addresses }) =>
      addresses.flatMap(written => {
        const [address = '', length = '32'] = written.split('/')
        const value = numberOfAddress(address)
        if (value === undefined) return []
        const tail = `src ${address} `
        const own = `local ${address} dev ${name} proto kernel scope host ${tail}`
        const size = 2 ** (BITS - Number(length))
        if (size < 4) return [own]
        const first = Math.floor(value / size) * size
        const whole = `local ${addressOfNumber(first)}/${length} dev ${name} proto kernel scope host ${tail}`
        const last = `broadcast ${addressOfNumber(first + size - 1)} dev ${name} proto kernel scope link ${tail}`
        return name === 'lo' ? [whole, own, last] : [own, last]
      }),
    )
