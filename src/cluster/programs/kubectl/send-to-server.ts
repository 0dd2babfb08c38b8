import { sendFirstPacket } from '../../network/send-first-packet.ts'
import { readServer } from '../../relations/ask-api.ts'
import { noteRelayed } from '../../relations/haproxy/note-proxied.ts'
import { hostAddressOf } from '../../relations/host-address.ts'
import type { Call } from '../../shell/program.ts'

/** The packets of a call count where they pass, and a proxy on their way logs them. */
export const sendToServer = ({ world, machine: from }: Call, server: string): void => {
  const { host, port } = readServer(server)
  const found = hostAddressOf(world, from, host)
  if (found.kind === 'failed') return
  const to = { address: found.address, port }
  const client = sendFirstPacket(world, { from, ...to, protocol: 'tcp' })
  noteRelayed(world, from, { to, client })
}
