import { listRoutes } from '../../network/find-route.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import { changeAddress, changeLink, changeRoute } from './change-link.ts'
import { getRoute } from './get-route.ts'
import { localRoutes } from './local-routes.ts'
import { neighbourTable } from './neighbours.ts'
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

const filtering = new Set(['type', 'master', 'vrf', 'group', 'scope', 'to', 'label'])

const devicesFor = (machine: Machine, words: readonly string[]) => {
  const after = (key: string): string | undefined =>
    words.includes(key) ? words[words.indexOf(key) + 1] : undefined
  const [name] = words.filter(
    (word, at) =>
      !['show', 'list', 'ls', 'dev', 'lst', 'up', 'primary', 'permanent'].includes(word) &&
      !filtering.has(word) &&
      !filtering.has(words[at - 1] ?? ''),
  )
  const [type, master] = [after('type'), after('master')]
  if (master !== undefined && !machine.interfaces.some(device => device.name === master)) return master
  const devices = machine.interfaces.filter(
    device =>
      (name === undefined || device.name === name) &&
      (type === undefined || device.kind === type) &&
      (master === undefined || device.master === master) &&
      (!words.includes('up') || device.isUp),
  )
  return devices.length === 0 && name !== undefined ? name : devices
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
    ...(withTraffic ? trafficLines(machine, device) : []),
  ])
  return text(isOneLine ? blocks.map(lines => lines.join('\\')) : blocks.flat())
}

const isDown = (machine: Machine, name: string): boolean =>
  machine.interfaces.find(device => device.name === name)?.hasCarrier === false

const showRoutes = (call: Call, words: readonly string[], { isJson, isSix }: Options): Reply => {
  const { machine } = call
  if (isSix)
    return text(
      machine.interfaces
        .filter(d => d.kind === 'ethernet' && d.isUp)
        .map(d => `fe80::/64 dev ${d.name} proto kernel metric 256 pref medium`),
    )
  if (words[0] === 'get') return getRoute(machine, words.slice(1))
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
  const routes = listRoutes(machine, further).filter(
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
    listRoutes(machine, own).map(route =>
      `${routeLine(route, isDown(machine, route.device))}`.replace(/ dev \S+ /, `$&table ${table} `),
    ),
  )
  return text([
    ...tables,
    ...lines,
    ...localRoutes(machine).map(line => line.replace(/ dev \S+ /, '$&table local ')),
  ])
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
      return neighbourTable(call, rest)
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
