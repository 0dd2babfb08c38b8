import { addressOfNumber, maskOf, readNetwork } from '../../network/addresses.ts'
import { listRoutes } from '../../network/find-route.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { changeRoute } from '../ip/change-link.ts'

const HEAD = 'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface'

const list = ({ machine }: Call, isNumeric: boolean): string =>
  asText([
    'Kernel IP routing table',
    HEAD,
    ...listRoutes(machine).map(route => {
      const read = readNetwork(route.to === 'default' ? '0.0.0.0/0' : route.to)
      const length = read?.length ?? 0
      const to = length === 0 && !isNumeric ? 'default' : addressOfNumber(read?.address ?? 0)
      const gateway = length === 0 && !isNumeric ? '_gateway' : route.via
      const via = route.via === undefined ? '0.0.0.0' : (gateway ?? '')
      const dead = route.refusal === undefined ? '' : '!'
      const flags = `${dead === '' ? 'U' : '!'}${route.via === undefined ? '' : 'G'}${length === 32 ? 'H' : ''}`
      return `${to.padEnd(15)} ${(dead === '' ? via : '-').padEnd(15)} ${maskOf(length).padEnd(15)} ${flags.padEnd(5)} ${String(route.metric ?? 0).padEnd(6)} 0        0 ${dead === '' ? route.device : '-'}`
    }),
  ])

/** How many bits a mask sets. */
const lengthOf = (mask: string): number =>
  mask.split('.').reduce((sum, part) => sum + Number(part).toString(2).replaceAll('0', '').length, 0)

/** `route add|del [-net|-host] TO [netmask MASK] [gw ADDRESS] [metric N] [dev DEV]` in the words of `ip route`. */
const asIpWords = ([verb = '', ...rest]: readonly string[]): readonly string[] => {
  const words = rest.filter(word => word !== '-net' && word !== '-host')
  const given = (name: string): string | undefined =>
    words.includes(name) ? words[words.indexOf(name) + 1] : undefined
  const [to = ''] = words
  const mask = given('netmask')
  const options = [
    ['via', given('gw')],
    ['metric', given('metric')],
    ['dev', given('dev')],
  ] as const
  return [
    verb,
    mask === undefined ? to : `${to}/${lengthOf(mask)}`,
    ...options.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
  ]
}

const errors: Readonly<Record<string, string>> = {
  'File exists': 'SIOCADDRT: File exists',
  'No such process': 'SIOCDELRT: No such process',
  'Nexthop has invalid gateway': 'SIOCADDRT: Network is unreachable',
}

/** route(8) of net-tools. */
export const route: Program = {
  names: ['route'],
  isInstalled: everywhere,
  run: (call): Reply => {
    const { args, machine, user } = call
    const words = args.filter(word => !/^-(n|e+|v|A|4|6|inet)$/.test(word))
    if (words.length === 0)
      return {
        stdout: list(
          call,
          args.some(word => /^-\w*n/.test(word)),
        ),
      }
    if (words[0] !== 'add' && words[0] !== 'del')
      return { stderr: 'Usage: route [-nNvee] [-FC] [<AF>]           List kernel routing tables\n', exit: 4 }
    if (user !== 'root')
      return { stderr: `SIOC${words[0].toUpperCase()}RT: Operation not permitted\n`, exit: 7 }
    const reply = changeRoute(machine, asIpWords(words))
    const known = Object.entries(errors).find(([text]) => reply.stderr?.includes(text) === true)
    return known === undefined ? reply : { stderr: `${known[1]}\n`, exit: 7 }
  },
}
