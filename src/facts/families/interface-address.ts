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
const ownerOf = (text: string): string | undefined =>
  /^\d+: ([^\s@]+)(?:@\S+)?\s+inet6? /.exec(text)?.[1] ??
  /^\s+inet .* scope \S+(?: \S+)* (\S+)\s*$/.exec(text)?.[1]

/** Interfaces out of lines that hold one address each: `ip -o addr`, `ip addr | grep inet`. */
export const addressRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const owned = lines.flatMap(({ number, text }) => {
    const name = ownerOf(text)
    const address = interfaceAddress(text.replace(/^\d+: \S+\s+/, '').replace(/\\.*$/, ''))
    return name === undefined || address === undefined ? [] : [{ number, name, address }]
  })
  return [...Map.groupBy(owned, row => row.name)].map(([name, rows]) => ({
    line: rows[0]?.number ?? 0,
    value: { name, addresses: rows.map(row => row.address) },
  }))
}

/** The lines of an interface that `ip -o` put into one, with backslashes between them. */
export const unfolded = (lines: readonly TextLine[]): readonly TextLine[] =>
  lines.flatMap(({ number, text }) => text.split('\\').map(part => ({ number, text: part })))
