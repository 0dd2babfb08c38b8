import { writeText } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import { readLinkSettings } from './link-settings.ts'

const FOLDER = '/run/systemd/resolve'
const NOTE = '# This file is managed by man:systemd-resolved(8). Do not edit.\n'
const STUB_NOTE = `${NOTE}#\n# This is a dynamic resolv.conf file for connecting local clients to the\n# internal DNS stub resolver of systemd-resolved.\n`

/** Whom the resolver asks, and the domains in which short names are looked for. */
export type Upstreams = { readonly servers: readonly string[]; readonly search: readonly string[] }

/** Writes the two files in which systemd-resolved tells whom it asks, and that it can be asked. */
export const writeResolverFiles = (
  { files }: Machine,
  { servers, search }: Upstreams,
  mtimeMs: number,
): void => {
  const searched = search.length === 0 ? '' : `search ${search.join(' ')}\n`
  const named =
    servers.length === 0
      ? '# No DNS servers known.\n'
      : servers.map(server => `nameserver ${server}\n`).join('')
  writeText(files, `${FOLDER}/resolv.conf`, { text: `${NOTE}\n${named}${searched}`, mtimeMs })
  writeText(files, `${FOLDER}/stub-resolv.conf`, {
    text: `${STUB_NOTE}\nnameserver 127.0.0.53\noptions edns0 trust-ad\n${searched}`,
    mtimeMs,
  })
}

/** Tells a machine's resolver, where one runs, what the settings of the interfaces say of servers and domains. */
export const tellResolver = (machine: Machine, atMs: number): void => {
  const isHeard =
    machine.os.id === 'ubuntu' && machine.units.get('systemd-resolved.service')?.active === 'active'
  if (!isHeard) return
  const links = readLinkSettings(machine)
  const upstreams = {
    servers: [...new Set(links.flatMap(({ servers }) => servers))],
    search: [...new Set(links.flatMap(({ search }) => search))],
  }
  writeResolverFiles(machine, upstreams, atMs)
}
