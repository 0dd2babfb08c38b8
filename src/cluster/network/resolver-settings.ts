import { readText } from '../files/file-tree.ts'
import { remembering } from '../kube/remember.ts'
import type { Machine } from '../world/machine.ts'

/** What resolv.conf(5) says: servers in order, search domains, and how many dots make a name be tried as it is first. */
export type ResolverSettings = {
  readonly servers: readonly string[]
  readonly search: readonly string[]
  readonly dots: number
}

const MOST_SERVERS = 3

const readSettings = remembering((text): ResolverSettings => {
  const lines = text.split('\n').map(line => line.replace(/[#;].*/, '').trim())
  const wordsOf = (key: string): readonly string[] =>
    lines
      .filter(line => line.startsWith(`${key} `) || line.startsWith(`${key}\t`))
      .flatMap(line => line.split(/\s+/).slice(1))
  const dots = wordsOf('options').find(word => word.startsWith('ndots:'))
  const servers = wordsOf('nameserver').slice(0, MOST_SERVERS)
  return {
    servers: servers.length === 0 ? ['127.0.0.1'] : servers,
    search: [...wordsOf('search'), ...wordsOf('domain')],
    dots: dots === undefined ? 1 : Number(dots.slice('ndots:'.length)),
  }
})

/** Reads a machine's /etc/resolv.conf, or another file of that form. Without servers the local one is asked, as the library does. */
export const resolverSettingsOf = (machine: Machine, path = '/etc/resolv.conf'): ResolverSettings =>
  readSettings(readText(machine.files, path) ?? '')

const readHosts = remembering((text): ReadonlyMap<string, string> => {
  const addresses = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (address?.includes('.') !== true) continue
    for (const name of names) if (!addresses.has(name)) addresses.set(name, address)
  }
  return addresses
})

/** The address that /etc/hosts gives a name. */
export const hostsAddressOf = (machine: Machine, name: string): string | undefined =>
  readHosts(readText(machine.files, '/etc/hosts') ?? '').get(name)

const readSources = remembering((text): readonly string[] => {
  const [, words] = /^\s*hosts:\s*(.*)$/m.exec(text) ?? []
  return (words ?? 'files dns')
    .replace(/\[[^\]]*\]|#.*/g, ' ')
    .trim()
    .split(/\s+/)
})

/** Whether a machine's library looks hosts up in a source such as `files` or `dns`, by nsswitch.conf(5). */
export const looksIn = (machine: Machine, source: 'files' | 'dns'): boolean => {
  const sources = readSources(readText(machine.files, '/etc/nsswitch.conf') ?? '')
  return sources.includes(source) || (source === 'dns' && sources.includes('resolve'))
}
