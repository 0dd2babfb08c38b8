const types = new Set(['A', 'AAAA', 'PTR', 'SRV', 'ANY', 'NS', 'MX', 'TXT', 'SOA', 'CNAME'])

/** What dig is asked for. */
export type Query = {
  readonly name: string
  readonly type: string
  readonly server: string | undefined
  readonly isShort: boolean
  readonly onlyAnswer: boolean
  readonly tries: number
  readonly waitMs: number
}

/** The name below which it is looked up whose an address is. */
export const reverseName = (address: string): string =>
  `${address.split('.').reverse().join('.')}.in-addr.arpa`

/** What `-x` asks: the name of an address. */
const reversed = (args: readonly string[]): readonly string[] => {
  const at = args.indexOf('-x')
  const address = args[at + 1]
  return at < 0 || address === undefined
    ? args
    : [...args.slice(0, at), reverseName(address), 'PTR', ...args.slice(at + 2)]
}

/** Reads dig's words. */
export const readQuery = (given: readonly string[]): Query => {
  const args = reversed(given)
  const plus = args.filter(word => word.startsWith('+')).map(word => word.slice(1))
  const words = args.filter(word => !word.startsWith('+') && !word.startsWith('@') && !word.startsWith('-'))
  const typeWord = words.find(word => types.has(word.toUpperCase()))
  const optionValue = (key: string): number | undefined => {
    const found = plus.find(word => word.startsWith(`${key}=`))
    return found === undefined ? undefined : Number(found.slice(key.length + 1))
  }
  return {
    name: (words.find(word => word !== typeWord) ?? '.').replace(/\.$/, ''),
    type: (typeWord ?? 'A').toUpperCase(),
    server: args.find(word => word.startsWith('@'))?.slice(1),
    isShort: plus.includes('short'),
    onlyAnswer: plus.includes('noall'),
    tries: optionValue('tries') ?? (optionValue('retry') ?? 2) + 1,
    waitMs: (optionValue('time') ?? optionValue('timeout') ?? 5) * 1000,
  }
}
