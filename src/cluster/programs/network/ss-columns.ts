/** A socket as ss shows it. */
export type Row = readonly [
  netid: string,
  state: string,
  receive: string,
  send: string,
  local: string,
  peer: string,
  process: string,
]

/** An endpoint's address, and its port with what stands before it. */
export const splitPort = (endpoint: string): readonly [address: string, port: string] => {
  const colon = endpoint.search(/[: ][^: ]*$/)
  return [endpoint.slice(0, colon), endpoint.slice(colon)]
}

/** An address to the right, its port to the left: ss sets them against the colon between them. */
const endpointColumn = (endpoints: readonly string[]): readonly string[] => {
  const parts = endpoints.map(splitPort)
  const before = Math.max(...parts.map(([address]) => address.length))
  const after = Math.max(...parts.map(([, port]) => port.length))
  return parts.map(([address, port]) => address.padStart(before) + port.padEnd(after))
}

const plainColumn = (cells: readonly string[]): readonly string[] => {
  const width = Math.max(...cells.map(cell => cell.length))
  return cells.map(cell => cell.padEnd(width))
}

/** Which columns ss shows, and how wide its screen is. */
export type SsColumns = {
  readonly withNetid: boolean
  readonly withState: boolean
  readonly screen: number | undefined
  readonly isNumeric: boolean
}

/** The rows below their titles, as wide as they need. */
export const present = (rows: readonly Row[], { withNetid, withState }: SsColumns): string => {
  const titles: Row = [
    'Netid',
    'State',
    'Recv-Q',
    'Send-Q',
    'Local Address:Port',
    'Peer Address:Port',
    'Process',
  ]
  const all = [titles, ...rows]
  const columns = titles.map((_, index) => {
    const cells = all.map(row => row[index] ?? '')
    return index === 4 || index === 5 ? endpointColumn(cells) : plainColumn(cells)
  })
  const shown = columns.filter((_, index) => (index === 0 ? withNetid : index !== 1 || withState))
  return all.map((_, line) => `${shown.map(column => column[line] ?? '').join(' ')}\n`).join('')
}
