import { readText } from '../../files/file-tree.ts'
import { readYaml } from '../../kube/read-yaml.ts'
import { configureLinks, keepsLinks, netplanFiles, readLinkSettings } from '../../network/link-settings.ts'
import { tellResolver } from '../../network/resolver-files.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { startUnit } from '../../systemd/start-unit.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import type { Machine } from '../../world/machine.ts'
import type { NetworkInterface } from '../../world/network.ts'

const unreadable = (machine: Machine): string | undefined => {
  for (const path of netplanFiles(machine)) {
    const read = readYaml(readText(machine.files, path) ?? '')
    if (!('error' in read)) continue
    const [line = 1, column = 1] =
      /at line (\d+), column (\d+)/.exec(String(read.error))?.slice(1).map(Number) ?? []
    return `${path}:${line}:${column}: Invalid YAML: inconsistent indentation\n`
  }
  return undefined
}

const apply = ({ world, machine }: Call): Reply => {
  const unit = machine.units.get('systemd-networkd.service')
  if (unit !== undefined && unit.load === 'loaded') startUnit(world, { machine, unit, atMs: world.nowMs })
  configureLinks(machine)
  tellResolver(machine, world.nowMs)
  return { tookMs: 1_400 }
}

/** netplan(8): brings what its files say into force, or shows it. */
export const netplan: Program = {
  names: ['netplan'],
  isInstalled: post => onMachines(post) && post.machine.os.id === 'ubuntu',
  run: (call): Reply => {
    const [verb] = call.args.filter(arg => !arg.startsWith('-'))
    if (verb === undefined || !['apply', 'generate', 'get'].includes(verb))
      return {
        stderr:
          'usage: /usr/sbin/netplan  [-h] [--debug]  ...\n/usr/sbin/netplan: error: the following arguments are required: command\n',
        exit: 2,
      }
    if (call.user !== 'root' && verb !== 'get')
      return { stderr: 'ERROR: cannot create /run/netplan: Permission denied\n', exit: 1 }
    const problem = unreadable(call.machine)
    if (problem !== undefined) return { stderr: problem, exit: 1 }
    if (verb === 'apply') return apply(call)
    return verb === 'generate'
      ? { tookMs: 200 }
      : {
          stdout: netplanFiles(call.machine)
            .map(path => readText(call.machine.files, path)?.replace(/^#.*\n/gm, ''))
            .join(''),
        }
  },
}

const kinds: Readonly<Record<NetworkInterface['kind'], string>> = {
  loopback: 'loopback',
  ethernet: 'ether',
  bridge: 'bridge',
  veth: 'ether',
  vxlan: 'vxlan',
  ipip: 'tunnel',
  tunnel: 'tunnel',
  dummy: 'ether',
  vlan: 'vlan',
  bond: 'bond',
}

const operational = ({ isUp, hasCarrier, addresses, kind, master }: NetworkInterface): string => {
  if (!isUp) return 'off'
  if (!hasCarrier) return 'no-carrier'
  if (kind === 'loopback') return 'carrier'
  if (master !== undefined) return 'enslaved'
  return addresses.length > 0 ? 'routable' : 'degraded'
}

const list = ({ machine }: Call): Reply => {
  const isKept = keepsLinks(machine)
  const managed = new Set(isKept ? readLinkSettings(machine).map(({ name }) => name) : [])
  const rows = machine.interfaces
    .toSorted((a, b) => a.index - b.index)
    .map(device => [
      String(device.index).padStart(3),
      device.name,
      kinds[device.kind],
      operational(device),
      managed.has(device.name) ? (device.addresses.length > 0 ? 'configured' : 'configuring') : 'unmanaged',
    ])
  return {
    ...(isKept ? {} : { stderr: 'WARNING: systemd-networkd is not running, output will be incomplete.\n\n' }),
    stdout: asText([
      ...alignColumns([['IDX', 'LINK', 'TYPE', 'OPERATIONAL', 'SETUP'], ...rows]),
      '',
      `${rows.length} links listed.`,
    ]),
  }
}

/** The files in which netplan leaves what it makes of its settings, and what stands behind each name. */
const linkStatus = ({ machine }: Call, name: string): Reply => {
  const device = machine.interfaces.find(candidate => candidate.name === name)
  if (device === undefined) return { stderr: `Interface "${name}" not found.\n`, exit: 1 }
  const settings = readLinkSettings(machine).find(candidate => candidate.name === name)
  const state =
    settings === undefined ? 'unmanaged' : device.addresses.length > 0 ? 'configured' : 'configuring'
  const gateway = machine.routes.find(route => route.to === 'default' && route.device === name)?.via
  const rows = [
    ['Link File', device.kind === 'ethernet' ? '/usr/lib/systemd/network/99-default.link' : 'n/a'],
    ['Network File', settings === undefined ? 'n/a' : `/run/systemd/network/10-netplan-${name}.network`],
    ['Type', kinds[device.kind]],
    ['State', `${operational(device)} (${state})`],
    ...(device.kind === 'ethernet' ? [['Driver', device.hostEnd === undefined ? 'virtio_net' : 'veth']] : []),
    ['HW Address', device.mac],
    ['MTU', String(device.mtu)],
    ...device.addresses.map((address, at) => [at === 0 ? 'Address' : '', address.split('/')[0] ?? '']),
    ...(gateway === undefined ? [] : [['Gateway', gateway]]),
  ] as const
  const mark = device.isUp && device.hasCarrier ? '●' : '○'
  return {
    stdout: asText([
      `${mark} ${device.index}: ${name}`,
      ...rows.map(([label = '', value = '']) => `${label.padStart(26)}${label === '' ? ' ' : ':'} ${value}`),
    ]),
  }
}

/** networkctl(1): the interfaces as systemd-networkd sees them, and their settings anew. */
export const networkctl: Program = {
  names: ['networkctl'],
  isInstalled: post => onMachines(post) && post.machine.os.id === 'ubuntu',
  run: (call): Reply => {
    const [verb = 'list', device] = call.args.filter(arg => !arg.startsWith('-'))
    if (!keepsLinks(call.machine) && verb !== 'list')
      return { stderr: 'Failed to connect to systemd-networkd: Connection refused\n', exit: 1 }
    if (verb === 'list') return list(call)
    if (verb === 'status' && device !== undefined) return linkStatus(call, device)
    if (verb !== 'reload' && verb !== 'reconfigure')
      return { stderr: `Unknown command verb ${verb}.\n`, exit: 1 }
    configureLinks(call.machine, device)
    tellResolver(call.machine, call.world.nowMs)
    return { tookMs: 80 }
  },
}
