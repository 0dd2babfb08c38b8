/** A question to a DNS server: a full name without the last dot. `depth` counts servers that passed it on. */
export type DnsQuestion = {
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'PTR' | 'SRV'
  readonly depth: number
}

/** How one server answers a question. */
export type DnsAnswer =
  | {
      readonly kind: 'found'
      readonly addresses: readonly string[]
      readonly ttlS: number
      readonly alias?: string | undefined
    }
  /** NXDOMAIN. */
  | { readonly kind: 'no-name' }
  /** The name exists without such a record. */
  | { readonly kind: 'no-data' }
  | { readonly kind: 'server-failure' }
  /** The server answers that it does not answer this. */
  | { readonly kind: 'query-refused' }
  /** Nobody listens on the port. */
  | { readonly kind: 'port-refused' }
  | { readonly kind: 'timeout' }
