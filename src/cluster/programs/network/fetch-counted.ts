import { countFirstPacket } from '../../network/count-first-packet.ts'
import { fetchUrl, type UrlOutcome, type UrlRequest } from '../../relations/fetch-url.ts'
import type { World } from '../../world/world.ts'

/** Requests a URL as somebody who sends real packets, which the packet filters on their way count. */
export const fetchCounted = (world: World, request: UrlRequest): UrlOutcome => {
  const outcome = fetchUrl(world, request)
  const { from, port } = request
  if ('address' in outcome) countFirstPacket(world, { from, address: outcome.address, port, protocol: 'tcp' })
  return outcome
}
