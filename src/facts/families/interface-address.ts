import { type Located, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { FactValue } from '../types.ts'

/** An address of an interface, out of a line such as `inet 10.1.0.2/24 brd 10.1.0.255 scope global eth0`. */
export const interfaceAddress = (text: string): FactValue | undefined => {
  const match = /^\s*(?:inet6?|peer) ([\da-fA-F.:]+)(?: peer ([\da-fA-F.:]+))?(?:\/(\d+))?(.*)$/.exec(text)
  if (match === null) return undefined
  const [, address = '', peer, prefix, rest = ''] = match
  return record({
    address,
    prefixLength: prefix === undefined ? undefined : Number(prefix),
    family: address.includes(':') ? 'inet6' : 'inet',
    scope: /\bscope (\S+)/.exec(rest)?.[1],
    peer,
    broadcast: /\bbrd (\S+)/.exec(rest)?.[1],
  })
}

// `4: eth0    inet 10.1.0.2/24 …`, and what `ip addr | grep inet` leaves: the interface at the end of the line.
// A label such as `eth0:1` belongs to the address.
const ownerOf = (text: string) => {
  const [, index, name] = owned.exec(text) ?? []
  const last = /^\s+inet .* scope \S+(?: \S+)* (\S+)\s*$/.exec(text)?.[1]
  return { index: index === undefined ? undefined : Number(index), name: name ?? last?.replace(/:\w+$/, '') }
}

const owned = /^(\d+): ([^\s@]+)(?:@\S+)?\s+inet6? /

/** Tells whether a line holds an address behind the number and the name of its interface, as `ip -o addr` prints it. */
export const isAddressRow = (text: string): boolean => owned.test(text)

/** Interfaces out of lines that hold one address each: `ip -o addr`, `ip addr | grep inet`. */
export const addressRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const rows = lines.flatMap(({ number, text }) => {
    const { index, name } = ownerOf(text)
    const address = interfaceAddress(text.replace(/^\d+: \S+\s+/, '').replace(/\\.*$/, ''))
    return name === undefined || address === undefined ? [] : [{ number, index, name, address }]
  })
  return [...Map.groupBy(rows, row => row.name)].map(([name, own]) => ({
    line: own[0]?.number ?? 0,
    value: record({ name, index: own[0]?.index, addresses: own.map(row => row.address) }),
  }))
}

/** The lines of an interface that `ip -o` put into one, with backslashes between them. */
export const unfolded = (lines: readonly TextLine[]): readonly TextLine[] =>
  lines.flatMap(({ number, text }) => text.split('\\').map(part => ({ number, text: part })))
