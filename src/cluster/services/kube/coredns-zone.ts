import type { DnsQuestion, OwnZone } from '../../network/dns-answer.ts'
import { isOldCoredns } from '../../relations/coredns-access.ts'
import type { Container } from '../../world/container.ts'

/** The zone of the cluster's names. */
export const clusterZone = 'cluster.local'

/** The zone that a question to CoreDNS falls into; releases before 1.4 say that they would ask others too. */
export const corednsZone = ({ type }: DnsQuestion, container: Container | undefined): OwnZone => ({
  name: type === 'PTR' ? 'in-addr.arpa' : clusterZone,
  recurses: container === undefined || isOldCoredns(container),
})
