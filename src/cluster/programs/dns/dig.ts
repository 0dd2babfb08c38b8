import type { DnsQuestion } from '../../network/dns-answer.ts'
import { resolverSettingsOf } from '../../network/resolver-settings.ts'
import { localTime } from '../../relations/clock.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { bindRelease, hasOldBind, silenceText } from './bind-release.ts'
import { type Looked, lookUp, serverAddress } from './dns-query.ts'

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

const readQuery = (args: readonly string[]): Query => {
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
  const tookMs = isRefused ? 5 : query.tries * query.waitMs * silent.length
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

const recordsOf = ({ answer, name }: Looked, type: string): readonly string[] =>
  answer.kind === 'found'
    ? [
        ...(answer.alias === undefined
          ? []
          : [`${`${name}.`.padEnd(23)}\t${answer.ttlS}\tIN\tCNAME\t${answer.alias}.`]),
        ...answer.addresses.map(
          address => `${`${answer.alias ?? name}.`.padEnd(23)}\t${answer.ttlS}\tIN\t${type}\t${address}`,
        ),
      ]
    : []

const shortRows = ({ addresses, alias }: Extract<Looked['answer'], { kind: 'found' }>): string =>
  [...(alias === undefined ? [] : [`${alias}.`]), ...addresses].map(row => `${row}\n`).join('')

const whole = (call: Call, query: Query, looked: Looked): string => {
  const records = recordsOf(looked, query.type)
  const isOld = hasOldBind(call.machine)
  const { weekday, monthName, day, time, zone, year } = localTime(call.host, call.world.nowMs)
  return [
    '',
    `; <<>> DiG ${bindRelease(call.machine)} <<>> ${call.args.join(' ')}`,
    ';; global options: +cmd',
    ';; Got answer:',
    `;; ->>HEADER<<- opcode: QUERY, status: ${statusOf(looked)}, id: ${idOf(call.world)}`,
    `;; flags: qr rd ra; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: 0, ADDITIONAL: 1`,
    '',
    ';; OPT PSEUDOSECTION:',
    `; EDNS: version: 0, flags:; udp: ${isOld ? 4096 : 1232}`,
    ';; QUESTION SECTION:',
    `;${`${query.name}.`.padEnd(23)}\tIN\t${query.type}`,
    '',
    ...(records.length === 0 ? [] : [';; ANSWER SECTION:', ...records, '']),
    `;; Query time: ${Math.max(1, Math.round(looked.tookMs))} msec`,
    `;; SERVER: ${looked.server}#53(${looked.server})${isOld ? '' : ' (UDP)'}`,
    `;; WHEN: ${weekday} ${monthName} ${day} ${time} ${zone} ${year}`,
    `;; MSG SIZE  rcvd: ${40 + query.name.length + records.length * 16}`,
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
      stdout: looked.answer.kind === 'found' ? shortRows(looked.answer) : '',
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
