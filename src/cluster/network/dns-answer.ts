/** A question to a DNS server: a full name without the last dot. `depth` counts servers that passed it on. */
export type DnsQuestion = {
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'PTR' | 'SRV'
  readonly depth: number
}

/** The zone that a server answers from itself, and whether it says that it would ask others too. */
export type OwnZone = { readonly name: string; readonly recurses: boolean }

/** How one server answers a question. */
export type DnsAnswer =
  | {
      readonly kind: 'found'
      readonly addresses: readonly string[]
      readonly ttlS: number
      readonly alias?: string | undefined
      readonly zone?: OwnZone
    }
  /** NXDOMAIN. */
  | { readonly kind: 'no-name'; readonly zone?: OwnZone }
  /** The name exists without such a record. */
  | { readonly kind: 'no-data'; readonly zone?: OwnZone }
  | { readonly kind: 'server-failure' }
  /** The server answers that it does not answer this. */
  | { readonly kind: 'query-refused' }
  /** Nobody listens on the port. */
  | { readonly kind: 'port-refused' }
  | { readonly kind: 'timeout' }

/** An answer out of a zone that the server has itself. */
export const fromZone = (answer: DnsAnswer, zone: OwnZone): DnsAnswer =>
  answer.kind === 'found' || answer.kind === 'no-name' || answer.kind === 'no-data'
    ? { ...answer, zone }
    : answer
