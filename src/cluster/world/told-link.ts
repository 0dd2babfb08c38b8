/** What was told of an interface: whether it was up and had a carrier, what it was part of, and as which port of a bridge. */
export type ToldLink = {
  readonly isUp: boolean
  readonly hasCarrier: boolean
  readonly master: string | undefined
  readonly port: number | undefined
}
