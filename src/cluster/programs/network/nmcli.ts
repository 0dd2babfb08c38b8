import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { configureLinks, readLinkSettings } from '../../network/link-settings.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { uuidOf } from '../../text/uuid-of.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface } from '../../world/network.ts'

const VERSION = '1.18.8-2.el7_9'

const types: Partial<Readonly<Record<NetworkInterface['kind'], string>>> = {
  veth: 'ethernet',
  tunnel: 'tun',
  ipip: 'iptunnel',
}

const typeOf = ({ kind }: NetworkInterface): string => types[kind] ?? kind

/** The name of the connection that a device has: that of its script, or its own where somebody else made it. */
const connectionOf = (machine: Machine, device: NetworkInterface): string | undefined => {
  if (!device.isUp) return undefined
  if (readLinkSettings(machine).some(({ name }) => name === device.name)) return device.name
  return device.kind === 'bridge' && device.addresses.length > 0 ? device.name : undefined
}

/** What NetworkManager makes of a device: those of others it leaves alone. */
const stateOf = (machine: Machine, device: NetworkInterface): string => {
  if (connectionOf(machine, device) !== undefined)
    return device.hasCarrier || device.kind === 'bridge' ? 'connected' : 'unavailable'
  return device.kind === 'ethernet' ? 'disconnected' : 'unmanaged'
}

const ranks = ['connected', 'disconnected', 'unavailable', 'unmanaged']
const kindRanks = ['ethernet', 'bridge', 'loopback']

const inOrder = (machine: Machine): readonly NetworkInterface[] => {
  const rank = (device: NetworkInterface): number =>
    ranks.indexOf(stateOf(machine, device)) * 10 + ((kindRanks.indexOf(device.kind) + 4) % 4)
  return [...machine.interfaces].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

/** The id of the script of eth0, which NetworkManager draws from its path; those of others follow the boot. */
const uuidFor = ({ bootId }: Machine, { name, kind }: NetworkInterface): string =>
  kind === 'ethernet' && name === 'eth0'
    ? '5fb06bd0-0bb0-7ffb-45f1-d6edd65f3e03'
    : uuidOf(bytesToHex(sha256(utf8ToBytes(kind === 'ethernet' ? name : `${bootId}${name}`)).slice(0, 16)))

type Table = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }

const devices = (machine: Machine): Table => ({
  header: ['DEVICE', 'TYPE', 'STATE', 'CONNECTION'],
  rows: inOrder(machine).map(device => [
    device.name,
    typeOf(device),
    stateOf(machine, device),
    connectionOf(machine, device) ?? '--',
  ]),
})

const connections = (machine: Machine): Table => ({
  header: ['NAME', 'UUID', 'TYPE', 'DEVICE'],
  rows: inOrder(machine).flatMap(device => {
    const name = connectionOf(machine, device)
    return name === undefined ? [] : [[name, uuidFor(machine, device), typeOf(device), device.name]]
  }),
})

const general = (machine: Machine): Table => {
  const isConnected = machine.routes.some(({ to }) => to === 'default')
  return {
    header: ['STATE', 'CONNECTIVITY', 'WIFI-HW', 'WIFI', 'WWAN-HW', 'WWAN'],
    rows: [
      [
        isConnected ? 'connected' : 'connected (local only)',
        isConnected ? 'full' : 'limited',
        ...Array.from({ length: 4 }, () => 'enabled'),
      ],
    ],
  }
}

type Form = { readonly isTerse: boolean; readonly fields: readonly string[] | undefined }

const tableText = ({ header, rows }: Table, { isTerse, fields }: Form): string => {
  const wanted = fields?.map(field => header.indexOf(field.toUpperCase())) ?? header.map((_, at) => at)
  const picked = [header, ...rows].map(row => wanted.map(at => row[at] ?? ''))
  if (isTerse)
    return asText(picked.slice(1).map(row => row.map(cell => (cell === '--' ? '' : cell)).join(':')))
  const widths = wanted.map((_, column) => Math.max(...picked.map(row => row[column]?.length ?? 0)))
  return asText(picked.map(row => `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')} `))
}

const stateNumbers: Readonly<Record<string, number>> = {
  connected: 100,
  disconnected: 30,
  unavailable: 20,
  unmanaged: 10,
}

const LABEL_WIDTH = 40

const deviceText = (machine: Machine, device: NetworkInterface): string => {
  const state = stateOf(machine, device)
  const settings = readLinkSettings(machine).find(({ name }) => name === device.name)
  const gateway = machine.routes.find(({ to, device: over }) => to === 'default' && over === device.name)
  const rows: readonly (readonly [string, string])[] = [
    ['GENERAL.DEVICE', device.name],
    ['GENERAL.TYPE', typeOf(device)],
    ['GENERAL.HWADDR', device.mac.toUpperCase()],
    ['GENERAL.MTU', String(device.mtu)],
    ['GENERAL.STATE', `${stateNumbers[state]} (${state})`],
    ['GENERAL.CONNECTION', connectionOf(machine, device) ?? '--'],
    ...device.addresses.map((address, at) => [`IP4.ADDRESS[${at + 1}]`, address] as const),
    ['IP4.GATEWAY', gateway?.via ?? '--'],
    ...(settings?.servers ?? []).map((server, at) => [`IP4.DNS[${at + 1}]`, server] as const),
    ['IP6.GATEWAY', '--'],
  ]
  return asText(rows.map(([label, value]) => `${`${label}:`.padEnd(LABEL_WIDTH)}${value}`))
}

const showDevices = ({ machine }: Call, name: string | undefined): Reply => {
  const shown = inOrder(machine).filter(device => name === undefined || device.name === name)
  if (shown.length === 0) return { stderr: `Error: Device '${name}' not found.\n`, exit: 10 }
  return { stdout: shown.map(device => deviceText(machine, device)).join('\n') }
}

const unknown = (word: string): Reply => ({
  stderr: `Error: argument '${word}' not understood. Try passing --help instead.\n`,
  exit: 2,
})

const onConnection = (call: Call, words: readonly string[], form: Form): Reply => {
  const { machine } = call
  const [verb = 'show', name] = words
  if ('show'.startsWith(verb) && name === undefined) return { stdout: tableText(connections(machine), form) }
  const device = machine.interfaces.find(each => connectionOf(machine, each) === name || each.name === name)
  if (verb === 'reload') return { tookMs: 60 }
  if (name !== undefined && device === undefined)
    return 'show'.startsWith(verb)
      ? { stderr: `Error: ${name} - no such connection profile.\n`, exit: 10 }
      : { stderr: `Error: unknown connection '${name}'.\n`, exit: 10 }
  if (verb === 'up' && device !== undefined) {
    configureLinks(machine, device.name)
    return {
      stdout:
        'Connection successfully activated (D-Bus active path: /org/freedesktop/NetworkManager/ActiveConnection/4)\n',
      tookMs: 400,
    }
  }
  return unknown(verb)
}

const run = (call: Call): Reply => {
  const { args, machine } = call
  if (args.includes('-v') || args.includes('--version')) return { stdout: `nmcli tool, version ${VERSION}\n` }
  const fieldsAt = args.findIndex(word => /^(-f|--fields|-g|--get-values)$/.test(word))
  const form = {
    isTerse: args.some(word => /^(-t|--terse|-g|--get-values)$/.test(word)),
    fields:
      fieldsAt < 0 || /^(all|common)$/.test(args[fieldsAt + 1] ?? '')
        ? undefined
        : args[fieldsAt + 1]?.split(','),
  }
  const words = args.filter((word, at) => !word.startsWith('-') && (fieldsAt < 0 || at !== fieldsAt + 1))
  if (machine.units.get('NetworkManager.service')?.active !== 'active')
    return { stderr: 'Error: NetworkManager is not running.\n', exit: 8 }
  const [object = 'device', ...rest] = words
  if ('connection'.startsWith(object)) return onConnection(call, rest, form)
  const [verb = object === 'device' && words.length === 0 ? 'show' : 'status', name] = rest
  if ('general'.startsWith(object) && 'status'.startsWith(verb))
    return { stdout: tableText(general(machine), form) }
  if ('device'.startsWith(object) && 'show'.startsWith(verb) && verb.length > 1)
    return showDevices(call, name)
  if ('device'.startsWith(object) && 'status'.startsWith(verb))
    return { stdout: tableText(devices(machine), form) }
  return unknown(verb === 'status' ? object : verb)
}

/** nmcli(1): devices and connections as NetworkManager has them. */
export const nmcli: Program = {
  names: ['nmcli'],
  isInstalled: post => onMachines(post) && post.machine.os.id === 'centos',
  run,
}
