import { resolvePath } from '../../files/paths.ts'
import { resolverSettingsOf } from '../../network/resolver-settings.ts'
import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import { resolveBy } from '../../relations/resolve-name.ts'
import { resolvedFile, upstreamsOf } from '../../services/resolved.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'

const UNIT = 'systemd-resolved.service'

const modes: Readonly<Record<string, string>> = {
  '/run/systemd/resolve/stub-resolv.conf': 'stub',
  '/run/systemd/resolve/resolv.conf': 'uplink',
  '/usr/lib/systemd/resolv.conf': 'static',
}

/** How /etc/resolv.conf lies to the resolver: its own file, or one that somebody else wrote. */
const modeOf = ({ machine }: Call): string => {
  const node = machine.files.get('/etc/resolv.conf')
  if (node === undefined) return 'missing'
  return (node.kind === 'symlink' && modes[resolvePath('/etc', node.text)]) || 'foreign'
}

const statusOf = (call: Call): string => {
  const { machine } = call
  const mode = modeOf(call)
  const foreign = mode === 'foreign' ? resolverSettingsOf(machine).servers : []
  const servers = upstreamsOf(machine)
  const { search } = resolverSettingsOf(machine, resolvedFile)
  const device = machine.interfaces.find(one => one.kind === 'ethernet')
  return [
    'Global',
    '       Protocols: -LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported',
    `resolv.conf mode: ${mode}`,
    ...(foreign.length === 0
      ? []
      : [`Current DNS Server: ${foreign[0]}`, `       DNS Servers: ${foreign.join(' ')}`]),
    '',
    `Link ${device?.index ?? 2} (${device?.name ?? ''})`,
    '    Current Scopes: DNS',
    '         Protocols: +DefaultRoute +LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported',
    `Current DNS Server: ${servers[0] ?? ''}`,
    `       DNS Servers: ${servers.join(' ')}`,
    `        DNS Domain: ${search.join(' ')}`,
    '',
  ].join('\n')
}

const query = (call: Call, name: string): Reply => {
  const { world, machine } = call
  // The resolver asks the servers of its links, whatever the library is told.
  const settings = { ...resolverSettingsOf(machine, resolvedFile), servers: upstreamsOf(machine) }
  const found = resolveBy(world, machine, { name, settings })
  if (found.kind === 'found')
    return {
      stdout: `${name}: ${found.addresses.join('\n'.padEnd(name.length + 3))}\n\n-- Information acquired via protocol DNS in ${(found.tookMs + 0.4).toFixed(1)}ms.\n-- Data is authenticated: no; Data was acquired via local or encrypted transport: no\n`,
      tookMs: found.tookMs,
    }
  const why =
    found.kind === 'no-name'
      ? `Name '${name}' not found`
      : 'All attempts to contact name servers or networks failed'
  return { stderr: `${name}: resolve call failed: ${why}\n`, exit: 1, tookMs: found.tookMs }
}

/** resolvectl(1): how names are looked up, and looking them up. */
export const resolvectl: Program = {
  names: ['resolvectl', 'systemd-resolve'],
  isInstalled: post => onMachines(post) && post.machine.os.id === 'ubuntu',
  run: call => {
    const [verb = 'status', ...names] = call.args.map(word => word.replace(/^--(?=status|flush)/, ''))
    if (!isUnitRunning(call.machine, UNIT))
      return {
        stderr: `Failed to get global data: Could not activate remote peer: activation request failed: unit is masked or inactive.\n`,
        exit: 1,
      }
    if (verb === 'status') return { stdout: statusOf(call) }
    if (verb === 'dns') {
      const device = call.machine.interfaces.find(one => one.kind === 'ethernet')
      return {
        stdout: `Global:\nLink ${device?.index ?? 2} (${device?.name ?? ''}): ${upstreamsOf(call.machine).join(' ')}\n`,
      }
    }
    if (verb === 'query') return query(call, names[0] ?? '')
    if (/^flush(-caches)?$/.test(verb)) return {}
    return { stderr: `Unknown command verb ${verb}.\n`, exit: 1 }
  },
}
