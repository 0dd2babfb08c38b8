import { findRoute, liveRoutes, sourceFor } from '../../network/find-route.ts'
import { neighboursOf } from '../../network/neighbours.ts'
import { addressesOf, mainAddressOf } from '../../relations/find-machine.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import { changeAddress, changeLink, changeRoute } from './change-link.ts'
import { localRoutes } from './local-routes.ts'
import { addressLines, briefRow, detailLines, jsonOf, linkLines, trafficLines } from './present-link.ts'
import { routeLine } from './present-route.ts'
import { changeRules } from './rules.ts'

type Options = {
  readonly isBrief: boolean
  readonly isJson: boolean
  readonly withTraffic: boolean
  readonly withDetails: boolean
  readonly isSix: boolean
  readonly isOneLine: boolean
}

const text = (lines: readonly string[]): Reply => ({ stdout: lines.map(line => `${line}\n`).join('') })

const devicesFor = (machine: Machine, words: readonly string[]) => {
  const name = words.filter(word => !['show', 'list', 'ls', 'dev', 'lst', 'up'].includes(word))[0]
  const type = words.includes('type') ? words[words.indexOf('type') + 1] : undefined
  if (type !== undefined) return machine.interfaces.filter(device => device.kind === type)
  if (name === undefined) return machine.interfaces.filter(device => !words.includes('up') || device.isUp)
  const device = machine.interfaces.find(candidate => candidate.name === name)
  return device === undefined ? name : [device]
}

const showDevices = (
  machine: Machine,
  words: readonly string[],
  options: Options & { readonly what: 'addr' | 'link' },
): Reply => {
  const devices = devicesFor(machine, words)
  if (typeof devices === 'string') return { stderr: `Device "${devices}" does not exist.\n`, exit: 1 }
  const { what, isBrief, isJson, withTraffic, withDetails, isOneLine } = options
  if (isJson) return { stdout: `${JSON.stringify(devices.map(jsonOf))}\n` }
  if (isBrief) return text(devices.map(device => briefRow(device, what)))
  if (isOneLine && what === 'addr')
    return text(
      devices.flatMap(device =>
        device.addresses.map(
          address =>
            `${device.index}: ${device.name}    inet ${address} scope ${device.kind === 'loopback' ? 'host' : 'global'} ${device.name}\\       valid_lft forever preferred_lft forever`,
        ),
      ),
    )
  const blocks = devices.map(device => [
    ...linkLines(device, what === 'link'),
    ...(withDetails ? detailLines(device, mainAddressOf(machine)) : []),
    ...(what === 'addr' ? addressLines(device) : []),
    ...(withTraffic ? trafficLines(device) : []),
  ])
  return text(isOneLine ? blocks.map(lines => lines.join('\\')) : blocks.flat())
}

const isDown = (machine: Machine, name: string): boolean =>
  machine.interfaces.find(device => device.name === name)?.hasCarrier === false

const refusedTexts = {
  blackhole: 'Invalid argument',
  unreachable: 'No route to host',
  prohibit: 'Permission denied',
} as const

const showRoutes = (call: Call, words: readonly string[], { isJson, isSix }: Options): Reply => {
  const { machine } = call
  if (isSix)
    return text(
      machine.interfaces
        .filter(d => d.kind === 'ethernet' && d.isUp)
        .map(d => `fe80::/64 dev ${d.name} proto kernel metric 256 pref medium`),
    )
  if (words[0] === 'get') {
    const to = words[1] ?? ''
    const route = findRoute(machine, to)
    if (addressesOf(machine).includes(to))
      return text([`local ${to} dev lo src ${to} uid 0 `, '    cache <local> '])
    if (route === undefined) return { stderr: 'RTNETLINK answers: Network is unreachable\n', exit: 2 }
    if (route.refusal !== undefined)
      return { stderr: `RTNETLINK answers: ${refusedTexts[route.refusal]}\n`, exit: 2 }
    const via = route.via === undefined ? '' : `via ${route.via} `
    return text([`${to} ${via}dev ${route.device} src ${sourceFor(machine, to)} uid 0 `, '    cache '])
  }
  const given = words.filter(word => word !== 'show' && word !== 'list' && word !== 'ls')
  const at = given.indexOf('table')
  const named = at < 0 ? 'main' : (given[at + 1] ?? '')
  const further = machine.routeTables?.get(named)
  if (further === undefined && !/^(main|254|local|255|default|253|all|unspec)$/.test(named))
    return /^\d+$/.test(named)
      ? { stderr: 'Error: ipv4: FIB table does not exist.\nDump terminated\n', exit: 2 }
      : { stderr: `Error: argument "${named}" is wrong: table id value is invalid\n\n`, exit: 255 }
  if (/^(local|255)$/.test(named)) return text(localRoutes(machine))
  if (/^(default|253)$/.test(named)) return {}
  const wanted = at < 0 ? given : given.filter((_, index) => index !== at && index !== at + 1)
  const device = wanted.includes('dev') ? wanted[wanted.indexOf('dev') + 1] : undefined
  const routes = liveRoutes(further === undefined ? machine : { ...machine, routes: further }).filter(
    route =>
      (device === undefined || route.device === device) &&
      (wanted[0] === undefined || wanted[0] === 'dev' || route.to === wanted[0]),
  )
  if (isJson)
    return {
      stdout: `${JSON.stringify(routes.map(r => ({ dst: r.to, ...(r.via === undefined ? {} : { gateway: r.via }), dev: r.device, protocol: r.protocol, flags: [] })))}\n`,
    }
  const lines = routes.map(route => routeLine(route, isDown(machine, route.device)))
  if (!/^(all|unspec)$/.test(named)) return text(lines)
  const tables = [...(machine.routeTables ?? [])].flatMap(([table, own]) =>
    liveRoutes({ ...machine, routes: own }).map(route =>
      `${routeLine(route, isDown(machine, route.device))}`.replace(/ dev \S+ /, `$&table ${table} `),
    ),
  )
  return text([
    ...tables,
    ...lines,
    ...localRoutes(machine).map(line => line.replace(/ dev \S+ /, '$&table local ')),
  ])
}

const showNeighbours = ({ world, host }: Call, rest: readonly string[]): Reply => {
  const wanted = rest.includes('dev') ? rest[rest.indexOf('dev') + 1] : undefined
  return text(
    neighboursOf(world, host)
      .filter(({ device }) => wanted === undefined || device === wanted)
      .map(({ address, device, mac, state }) => {
        const place = wanted === undefined ? `dev ${device} ` : ''
        return `${address} ${place}${mac === undefined ? '' : `lladdr ${mac} `}${state} `
      }),
  )
}

const objects: readonly (readonly [name: string, full: string])[] = [
  ['address', 'address'],
  ['addr', 'address'],
  ['link', 'link'],
  ['route', 'route'],
  ['neighbour', 'neighbour'],
  ['neighbor', 'neighbour'],
  ['rule', 'rule'],
  ['netns', 'netns'],
]

const objectOf = (word: string): string | undefined => objects.find(([name]) => name.startsWith(word))?.[1]

const readOptions = (
  args: readonly string[],
): { readonly options: Options; readonly words: readonly string[] } => {
  const at = args.findIndex(word => !word.startsWith('-'))
  const given = at < 0 ? args : args.slice(0, at)
  const has = (...names: readonly string[]): boolean => given.some(word => names.includes(word))
  return {
    options: {
      isBrief: has('-br', '-brief', '--brief'),
      isJson: has('-j', '-json', '-jp'),
      withTraffic: has('-s', '-stats', '-statistics'),
      withDetails: has('-d', '-details'),
      isSix: has('-6'),
      isOneLine: has('-o', '-oneline'),
    },
    words: at < 0 ? [] : args.slice(at),
  }
}

const changing = /^(add|del|delete|set|replace|flush|change|append)$/

const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
       ip [ -force ] -batch filename
where  OBJECT := { address | addrlabel | amt | fou | help | ila | ioam | l2tp |
                   link | macsec | maddress | monitor | mptcp | mroute | mrule |
                   neighbor | neighbour | netconf | netns | nexthop | ntable |
                   ntbl | route | rule | sr | tap | tcpmetrics |
                   token | tunnel | tuntap | vrf | xfrm }
`

const run = (call: Call): Reply => {
  const { options, words } = readOptions(call.args)
  const [word, ...rest] = words
  if (word === undefined) return { stderr: USAGE, exit: 255 }
  const object = objectOf(word)
  const isChange = changing.test(rest[0] ?? '')
  if (isChange && call.user !== 'root')
    return { stderr: 'RTNETLINK answers: Operation not permitted\n', exit: 2 }
  switch (object) {
    case 'address':
      return isChange
        ? changeAddress(call.machine, rest)
        : showDevices(call.machine, rest, { ...options, what: 'addr' })
    case 'link':
      return isChange
        ? changeLink(call.machine, rest)
        : showDevices(call.machine, rest, { ...options, what: 'link' })
    case 'route':
      return isChange ? changeRoute(call.machine, rest) : showRoutes(call, rest, options)
    case 'neighbour':
      return isChange ? {} : showNeighbours(call, rest)
    case 'rule':
      return changeRules(call.machine, rest)
    case 'netns':
      return {}
    default:
      return { stderr: `Object "${word}" is unknown, try "ip help".\n`, exit: 1 }
  }
}

/** ip(8) of iproute2. */
export const ip: Program = { names: ['ip'], isInstalled: everywhere, run }
