import type { DnsQuestion } from '../../network/dns-answer.ts'
import { resolverSettingsOf } from '../../network/resolver-settings.ts'
import { localTime } from '../../relations/clock.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { bindRelease, hasOldBind, silenceText } from './bind-release.ts'
import { type Query, readQuery } from './dig-query.ts'
import { AUTHORITY_BYTES, authorityOf, recordsOf, shortRows, warnings, zoneOf } from './dig-records.ts'
import { type Looked, lookUp, serverAddress } from './dns-query.ts'
import { questionText } from './record-text.ts'

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
