/** The two ends of a connection, each `address.port`, and where its numbers begin. */
export type Ends = { readonly from: string; readonly to: string; readonly sequence: number }

/** How one asks for a connection, as tcpdump writes it. */
export const synOf = ({ from, to, sequence }: Ends): string =>
  `IP ${from} > ${to}: Flags [S], seq ${sequence}, win 64240, options [mss 1460,sackOK,TS val 811 ecr 0,nop,wscale 7], length 0`

/** How a port where nothing listens answers that. */
export const refusalOf = ({ from, to, sequence }: Ends): string =>
  `IP ${to} > ${from}: Flags [R.], seq 0, ack ${sequence + 1}, win 0, length 0`

/** A connection that comes about. */
export const handshakeOf = (ends: Ends): readonly string[] => {
  const { from, to, sequence } = ends
  return [
    synOf(ends),
    `IP ${to} > ${from}: Flags [S.], seq ${(sequence ^ 0x55555) >>> 0}, ack ${sequence + 1}, win 65160, options [mss 1460,sackOK,TS val 911 ecr 811,nop,wscale 7], length 0`,
    `IP ${from} > ${to}: Flags [.], ack 1, win 502, length 0`,
  ]
}

/** A connection that its asker ends in good order, once it has sent and got so many bytes. */
export const endingOf = ({ from, to }: Ends, sent: number, got: number): readonly string[] => [
  `IP ${from} > ${to}: Flags [F.], seq ${sent + 1}, ack ${got + 1}, win 502, length 0`,
  `IP ${to} > ${from}: Flags [F.], seq ${got + 1}, ack ${sent + 2}, win 509, length 0`,
  `IP ${from} > ${to}: Flags [.], ack ${got + 2}, win 502, length 0`,
]
