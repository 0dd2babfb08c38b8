import type { Call } from '../../shell/program.ts'
import type { Looked } from './dns-query.ts'
import { recordText } from './record-text.ts'

/** What a record leads to: a name with its last dot. */
const dataOf = (found: string, type: string): string => (type === 'PTR' ? `${found}.` : found)

/** The records that answer a question, as dig prints them. */
export const recordsOf = ({ answer, name }: Looked, type: string): readonly string[] =>
  answer.kind === 'found'
    ? [
        ...(answer.alias === undefined
          ? []
          : [recordText(name, { ttlS: answer.ttlS, type: 'CNAME', data: `${answer.alias}.` })]),
        ...answer.addresses.map(found =>
          recordText(answer.alias ?? name, { ttlS: answer.ttlS, type, data: dataOf(found, type) }),
        ),
      ]
    : []

/** The same by `+short`. */
export const shortRows = (
  { addresses, alias }: Extract<Looked['answer'], { kind: 'found' }>,
  type: string,
): string =>
  [...(alias === undefined ? [] : [`${alias}.`]), ...addresses.map(found => dataOf(found, type))]
    .map(row => `${row}\n`)
    .join('')

const NEGATIVE_TTL_S = 30
/** What such a record takes of an answer. */
export const AUTHORITY_BYTES = 84

/** What a server adds to an answer that its own zone has nothing for. */
export const authorityOf = ({ world }: Call, { answer }: Looked): readonly string[] => {
  if ((answer.kind !== 'no-name' && answer.kind !== 'no-data') || answer.zone === undefined) return []
  const { name } = answer.zone
  const serial = Math.floor(world.nowMs / 1000)
  const data = `ns.dns.${name}. hostmaster.${name}. ${serial} 7200 1800 86400 ${NEGATIVE_TTL_S}`
  return [recordText(name, { ttlS: NEGATIVE_TTL_S, type: 'SOA', data })]
}

/** The zone that a server answers from itself. */
export const zoneOf = ({ answer }: Looked) => ('zone' in answer ? answer.zone : undefined)

/** What dig says of names that are for multicast. */
export const warnings = (name: string): readonly string[] =>
  /(^|\.)local$/.test(name)
    ? [
        ';; WARNING: .local is reserved for Multicast DNS',
        ';; You are currently testing what happens when an mDNS query is leaked to DNS',
      ]
    : []
