import { sendFirstPacket } from '../../network/send-first-packet.ts'
import { fetchUrl, type UrlOutcome, type UrlRequest } from '../../relations/fetch-url.ts'
import { noteProxied } from '../../relations/haproxy/note-proxied.ts'
import type { World } from '../../world/world.ts'

/** Requests a URL as somebody who sends real packets, which the packet filters on their way count, and a proxy logs. */
export const fetchCounted = (world: World, request: UrlRequest): UrlOutcome => {
  const outcome = fetchUrl(world, request)
  const { from } = request
  const { port } = request.to ?? request
  if (!('address' in outcome)) return outcome
  const client = sendFirstPacket(world, { from, address: outcome.address, port, protocol: 'tcp' })
  noteProxied(world, { request, outcome, client, port })
  return outcome
}
