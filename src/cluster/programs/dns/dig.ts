import type { DnsQuestion } from '../../network/dns-answer.ts'
import { resolverSettingsOf } from '../../network/resolver-settings.ts'
import { localTime } from '../../relations/clock.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { bindRelease, hasOldBind, silenceText } from './bind-release.ts'
import { type Looked, lookUp, serverAddress } from './dns-query.ts'
import { questionText, recordText } from './record-text.ts'

const types = new Set(['A', 'AAAA', 'PTR', 'SRV', 'ANY', 'NS', 'MX', 'TXT', 'SOA', 'CNAME'])

type Query = {
  readonly name: string
  readonly type: string
  readonly server: string | undefined
  readonly isShort: boolean
  readonly onlyAnswer: boolean
  readonly tries: number
  readonly waitMs: number
}

const reverseName = (address: string): string => `${address.split('.').reverse().join('.')}.in-addr.arpa`

/** What `-x` asks: the name of an address. */
const reversed = (args: readonly string[]): readonly string[] => {
  const at = args.indexOf('-x')
  const address = args[at + 1]
  return at < 0 || address === undefined
    ? args
    : [...args.slice(0, at), reverseName(address), 'PTR', ...args.slice(at + 2)]
}

const readQuery = (given: readonly string[]): Query => {
  const args = reversed(given)
  const plus = args.filter(word => word.startsWith('+')).map(word => word.slice(1))
  const words = args.filter(word => !word.startsWith('+') && !word.startsWith('@') && !word.startsWith('-'))
  const typeWord = words.find(word => types.has(word.toUpperCase()))
  const optionValue = (key: string): number | undefined => {
    const found = plus.find(word => word.startsWith(`${key}=`))
    return found === undefined ? undefined : Number(found.slice(key.length + 1))
  }
  return {
    name: (words.find(word => word !== typeWord) ?? '.').replace(/\.$/, ''),
    type: (typeWord ?? 'A').toUpperCase(),
    server: args.find(word => word.startsWith('@'))?.slice(1),
    isShort: plus.includes('short'),
    onlyAnswer: plus.includes('noall'),
    tries: optionValue('tries') ?? (optionValue('retry') ?? 2) + 1,
    waitMs: (optionValue('time') ?? optionValue('timeout') ?? 5) * 1000,
  }
}

const idOf = ({ nowMs }: Call['world']): number => 10_000 + (Math.floor(nowMs / 13) % 50_000)

const unanswered = (call: Call, query: Query, { silent, answer }: Looked): Reply => {
  const server = silent.at(-1) ?? ''
  const isRefused = answer.kind === 'port-refused'
  const each = `;; communications error to ${server}#53: ${isRefused ? 'connection refused' : 'timed out'}`
  const text = silenceText(
    call.machine,
    Array.from({ length: query.tries }, () => each),
  )
  const tookMs = isRefused && !hasOldBind(call.machine) ? 5 : query.tries * query.waitMs * silent.length
  if (query.isShort) return { stdout: `${text}\n`, exit: 9, tookMs }
  const head = `; <<>> DiG ${bindRelease(call.machine)} <<>> ${call.args.join(' ')}\n;; global options: +cmd`
  const [last = '', ...before] = text.split('\n').reverse()
  const errors = before
    .reverse()
    .map(line => `${line}\n`)
    .join('')
  return { stdout: `${errors}\n${head}\n${last}\n\n`, exit: 9, tookMs }
}

const statusOf = ({ answer }: Looked): string =>
  ({
    found: 'NOERROR',
    'no-data': 'NOERROR',
    'no-name': 'NXDOMAIN',
    'server-failure': 'SERVFAIL',
    'query-refused': 'REFUSED',
  })[answer.kind as 'found'] ?? 'SERVFAIL'

/** What a record leads to: a name with its last dot. */
const dataOf = (found: string, type: string): string => (type === 'PTR' ? `${found}.` : found)

const recordsOf = ({ answer, name }: Looked, type: string): readonly string[] =>
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

const shortRows = (
  { addresses, alias }: Extract<Looked['answer'], { kind: 'found' }>,
  type: string,
): string =>
  [...(alias === undefined ? [] : [`${alias}.`]), ...addresses.map(found => dataOf(found, type))]
    .map(row => `${row}\n`)
    .join('')

const NEGATIVE_TTL_S = 30
const AUTHORITY_BYTES = 84

/** What a server adds to an answer that its own zone has nothing for. */
const authorityOf = ({ world }: Call, { answer }: Looked): readonly string[] => {
  if ((answer.kind !== 'no-name' && answer.kind !== 'no-data') || answer.zone === undefined) return []
  const { name } = answer.zone
  const serial = Math.floor(world.nowMs / 1000)
  const data = `ns.dns.${name}. hostmaster.${name}. ${serial} 7200 1800 86400 ${NEGATIVE_TTL_S}`
  return [recordText(name, { ttlS: NEGATIVE_TTL_S, type: 'SOA', data })]
}

const zoneOf = ({ answer }: Looked) => ('zone' in answer ? answer.zone : undefined)

const warnings = (name: string): readonly string[] =>
  /(^|\.)local$/.test(name)
    ? [
        ';; WARNING: .local is reserved for Multicast DNS',
        ';; You are currently testing what happens when an mDNS query is leaked to DNS',
      ]
    : []

const whole = (call: Call, query: Query, looked: Looked): string => {
  const records = recordsOf(looked, query.type)
  const authority = authorityOf(call, looked)
  const own = zoneOf(looked)
  const recurses = own?.recurses ?? true
  const isOld = hasOldBind(call.machine)
  const { weekday, monthName, day, time, zone, year } = localTime(call.host, call.world.nowMs)
  return [
    '',
    `; <<>> DiG ${bindRelease(call.machine)} <<>> ${call.args.join(' ')}`,
    ';; global options: +cmd',
    ';; Got answer:',
    ...warnings(query.name),
    `;; ->>HEADER<<- opcode: QUERY, status: ${statusOf(looked)}, id: ${idOf(call.world)}`,
    `;; flags: qr${own === undefined ? '' : ' aa'} rd${recurses ? ' ra' : ''}; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: ${authority.length}, ADDITIONAL: 1`,
    ...(recurses ? [] : [';; WARNING: recursion requested but not available']),
    '',
    ';; OPT PSEUDOSECTION:',
    `; EDNS: version: 0, flags:; udp: ${isOld ? 4096 : 1232}`,
    ';; QUESTION SECTION:',
    questionText(query.name, query.type),
    '',
    ...(records.length === 0 ? [] : [';; ANSWER SECTION:', ...records, '']),
    ...(authority.length === 0 ? [] : [';; AUTHORITY SECTION:', ...authority, '']),
    `;; Query time: ${Math.max(1, Math.round(looked.tookMs))} msec`,
    `;; SERVER: ${looked.server}#53(${looked.server})${isOld ? '' : ' (UDP)'}`,
    `;; WHEN: ${weekday} ${monthName} ${day} ${time} ${zone} ${year}`,
    `;; MSG SIZE  rcvd: ${40 + query.name.length + records.length * 16 + authority.length * AUTHORITY_BYTES}`,
    '',
    '',
  ].join('\n')
}

const run = (call: Call): Reply => {
  const query = readQuery(call.args)
  if (call.args.length === 1 && call.args[0] === '-v') return { stderr: `DiG ${bindRelease(call.machine)}\n` }
  const named = query.server === undefined ? undefined : serverAddress(call, query.server)
  if (query.server !== undefined && named === undefined)
    return { stderr: `dig: couldn't get address for '${query.server}': not found\n`, exit: 10 }
  const servers = named === undefined ? resolverSettingsOf(call.machine).servers : [named]
  const type = query.type === 'ANY' ? 'A' : (query.type as DnsQuestion['type'])
  const looked = lookUp(call, { name: query.name, type, servers })
  if (looked.answer.kind === 'timeout' || looked.answer.kind === 'port-refused')
    return unanswered(call, query, looked)
  const { tookMs } = looked
  if (query.isShort)
    return {
      stdout: looked.answer.kind === 'found' ? shortRows(looked.answer, query.type) : '',
      tookMs,
    }
  if (query.onlyAnswer)
    return {
      stdout: recordsOf(looked, query.type)
        .map(line => `${line}\n`)
        .join(''),
      tookMs,
    }
  return { stdout: whole(call, query, looked), tookMs }
}

/** dig(1) of BIND. */
export const dig: Program = { names: ['dig'], isInstalled: everywhere, run }
