import { writeText } from '../../files/file-tree.ts'
import { emptyFirewall } from '../../network/empty-firewall.ts'
import { configureLinks, linkSettingsFile } from '../../network/link-settings.ts'
import { resolverSettingsOf } from '../../network/resolver-settings.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { resolvedFile } from '../../services/resolved.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

/** Gives a machine the settings of its interface on the site's network, the routes that follow, and an empty packet filter. */
export const joinFabric = (world: World, machine: Machine): void => {
  const device = machine.interfaces.find(candidate => candidate.kind === 'ethernet')
  if (device === undefined) return
  const known = [resolvedFile, '/etc/resolv.conf'].map(path => resolverSettingsOf(machine, path))
  const resolvers = known.flatMap(({ servers }) => servers).filter(server => !server.startsWith('127.'))
  const { path, text } = linkSettingsFile(machine, device, {
    gateway: world.fabric.gateway,
    resolvers: [...new Set(resolvers)],
    search: [...new Set(known.flatMap(({ search }) => search))],
  })
  writeText(machine.files, path, {
    text,
    mode: 0o600,
    mtimeMs: machine.files.get('/etc/hostname')?.mtimeMs ?? machine.bootedMs,
  })
  configureLinks(machine)
  machine.siteAddress = mainAddressOf(machine)
  machine.firewall = emptyFirewall()
}
