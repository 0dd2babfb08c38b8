import { loadZones, writeZones } from '../../network/firewalld-rules.ts'
import { DEFAULT_ZONE, isActive } from '../../network/firewalld-zones.ts'
import { type Call, onMachines, type Post, type Program, type Reply } from '../../shell/program.ts'
import type { FirewalldZone } from '../../world/network.ts'

const isInstalled = (post: Post): boolean => onMachines(post) && post.machine.units.has('firewalld.service')

const zoneText = (zone: FirewalldZone, isUsed: boolean): string =>
  [
    `${zone.name}${isUsed ? ' (active)' : ''}`,
    `  target: ${zone.target}`,
    '  icmp-block-inversion: no',
    `  interfaces: ${zone.interfaces.join(' ')}`,
    `  sources: ${zone.sources.join(' ')}`,
    `  services: ${zone.services.join(' ')}`,
    `  ports: ${zone.ports.join(' ')}`,
    '  protocols: ',
    '  masquerade: no',
    '  forward-ports: ',
    '  source-ports: ',
    '  icmp-blocks: ',
    `  rich rules: ${zone.richRules.join('\n\t')}`,
    '',
  ].join('\n')

type Words = { readonly flags: ReadonlySet<string>; readonly values: ReadonlyMap<string, string> }

const readWords = (args: readonly string[]): Words => {
  const flags = new Set<string>()
  const values = new Map<string, string>()
  for (const word of args) {
    const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/.exec(word) ?? []
    if (value === undefined) flags.add(name)
    else values.set(name, value)
  }
  return { flags, values }
}

const lists = {
  source: 'sources',
  port: 'ports',
  service: 'services',
  interface: 'interfaces',
  'rich-rule': 'richRules',
} as const
type ListName = keyof typeof lists

const changeZone = (zone: FirewalldZone, { values }: Words): Reply | undefined => {
  for (const [name, value] of values) {
    const [, verb, what] = /^(add|remove|query)-(source|port|service|interface|rich-rule)$/.exec(name) ?? []
    if (verb === undefined || what === undefined) continue
    const list = zone[lists[what as ListName]]
    const at = list.indexOf(value)
    if (verb === 'query') return { stdout: at >= 0 ? 'yes\n' : 'no\n', exit: at >= 0 ? 0 : 1 }
    if (verb === 'add' && at >= 0)
      return {
        stderr: `Warning: ALREADY_ENABLED: '${value}' already in '${zone.name}'\n`,
        stdout: 'success\n',
      }
    if (verb === 'remove' && at < 0)
      return { stderr: `Warning: NOT_ENABLED: '${value}' not in '${zone.name}'\n`, stdout: 'success\n' }
    if (verb === 'add') list.push(value)
    else list.splice(at, 1)
    return { stdout: 'success\n' }
  }
  return undefined
}

const listOf = (zone: FirewalldZone, { flags }: Words): Reply | undefined => {
  for (const [what, field] of Object.entries(lists) as [ListName, (typeof lists)[ListName]][])
    if (flags.has(`list-${what}s`)) return { stdout: `${zone[field].join(' ')}\n` }
  return undefined
}

const run = (call: Call): Reply => {
  const { host } = call
  const words = readWords(call.args)
  const { flags, values } = words
  const isRunning = host.units.get('firewalld.service')?.active === 'active'
  if (flags.has('version')) return { stdout: '0.6.3\n' }
  if (flags.has('state')) return isRunning ? { stdout: 'running\n' } : { stderr: 'not running\n', exit: 252 }
  if (!isRunning) return { stderr: 'FirewallD is not running\n', exit: 252 }
  const isPermanent = flags.has('permanent')
  const { firewall } = host
  const zones = isPermanent ? firewall.firewalldPermanent : firewall.firewalld
  if (flags.has('reload') || flags.has('complete-reload')) {
    loadZones(host)
    return { stdout: 'success\n', tookMs: 600 }
  }
  if (flags.has('runtime-to-permanent')) {
    firewall.firewalldPermanent = structuredClone(firewall.firewalld)
    return { stdout: 'success\n' }
  }
  if (flags.has('get-default-zone')) return { stdout: `${DEFAULT_ZONE}\n` }
  if (flags.has('get-zones')) return { stdout: `${zones.map(zone => zone.name).join(' ')}\n` }
  if (flags.has('get-active-zones'))
    return {
      stdout: zones
        .filter(isActive)
        .map(
          zone =>
            `${zone.name}\n${zone.interfaces.length > 0 ? `  interfaces: ${zone.interfaces.join(' ')}\n` : ''}${zone.sources.length > 0 ? `  sources: ${zone.sources.join(' ')}\n` : ''}`,
        )
        .join(''),
    }
  if (flags.has('list-all-zones'))
    return { stdout: zones.map(zone => zoneText(zone, isActive(zone))).join('\n') }
  const name = values.get('zone')
  const zone = zones.find(candidate => candidate.name === (name ?? DEFAULT_ZONE))
  if (zone === undefined) return { stderr: `Error: INVALID_ZONE: ${name}\n`, exit: 112 }
  if (flags.has('list-all')) return { stdout: zoneText(zone, isActive(zone)) }
  const shown = listOf(zone, words)
  if (shown !== undefined) return shown
  const changed = changeZone(zone, words)
  if (changed !== undefined && !isPermanent) writeZones(host)
  return (
    changed ?? {
      stderr: "usage: 'firewall-cmd --help' for usage information or see firewall-cmd(1) man page\n",
      exit: 2,
    }
  )
}

/** firewall-cmd(1): the zones of firewalld, those in force and with --permanent those of the next reload. */
export const firewallCmd: Program = { names: ['firewall-cmd'], isInstalled, run }
