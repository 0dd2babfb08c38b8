import type { DnsAnswer } from '../../network/dns-answer.ts'
import { resolverSettingsOf } from '../../network/resolver-settings.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { ATTEMPTS, authorityNote, failureText, foundRows } from './answer-texts.ts'
import { reverseName } from './dig-query.ts'
import { type Looked, lookUp, searchUp } from './dns-query.ts'

/** Whether a post's tools are those of busybox, by the image that its container was made from. */
export const hasBusybox = ({ container }: Call): boolean =>
  /[/-](?:busybox|alpine)[:@]/.test(container?.image ?? '')

type Query = { readonly name: string; readonly server: string | undefined }

const isSilent = ({ kind }: DnsAnswer): boolean => kind === 'timeout' || kind === 'port-refused'

const unanswered = ({ answer, server, tookMs }: Looked): Reply => {
  const isRefused = answer.kind === 'port-refused'
  return {
    stdout: ';; connection timed out; no servers could be reached\n\n',
    stderr: isRefused ? `nslookup: write to '${server}': Connection refused\n`.repeat(2) : '',
    exit: 1,
    tookMs: isRefused ? 10 : tookMs * ATTEMPTS,
  }
}

const failedText = ({ answer, name }: Looked): string =>
  answer.kind === 'no-data'
    ? `*** Can't find ${name}: No answer\n\n`
    : `** server can't find ${name}: ${failureText[answer.kind] ?? 'SERVFAIL'}\n\n`

const foundText = (name: string, answer: Extract<DnsAnswer, { kind: 'found' }>): string =>
  `${authorityNote(answer)}${foundRows(name, answer)}\n`

/** The last release of busybox that asks the system's resolver. */
const LAST_BY_RESOLVER = 28

/** Whether a container's busybox is so old that it asks as other programs do: with the search domains, and for names of addresses too. */
const asksResolver = ({ container }: Call): boolean => {
  const [, minor] = /[/-]busybox:1\.(\d+)/.exec(container?.image ?? '') ?? []
  return minor !== undefined && Number(minor) <= LAST_BY_RESOLVER
}

/** Addresses in a row each, with the names that a server knows for them. */
const namedAddresses = (call: Call, found: readonly string[], server: string): readonly string[] =>
  found.map((address, at) => {
    const { answer } = lookUp(call, { name: reverseName(address), type: 'PTR', servers: [server] })
    const [owner = ''] = answer.kind === 'found' ? answer.addresses : []
    return `Address ${at + 1}: ${address} ${owner}`.trimEnd()
  })

const askResolver = (call: Call, query: Query): Reply => {
  const { answer, server, tookMs } = searchUp(call, query)
  const rows = (heading: string, name: string, found: readonly string[]): string =>
    asText([`${heading.padEnd(10)} ${name}`, ...namedAddresses(call, found, server)])
  const head = `${rows('Server:', server, [server])}\n`
  return answer.kind === 'found'
    ? { stdout: head + rows('Name:', query.name, answer.addresses), tookMs }
    : { stdout: head, stderr: `nslookup: can't resolve '${query.name}'\n`, exit: 1, tookMs }
}

/** Looks up a name as busybox does: one with a dot as it is, another below each search domain, for both kinds of addresses; it tells every failure. */
export const askAsBusybox = (call: Call, { name, server }: Query): Reply => {
  if (asksResolver(call)) return askResolver(call, { name, server })
  const settings = resolverSettingsOf(call.machine)
  const servers = server === undefined ? settings.servers : [server]
  const isWhole = name.includes('.') || settings.search.length === 0
  const names = isWhole ? [name.replace(/\.$/, '')] : settings.search.map(domain => `${name}.${domain}`)
  const all = names.map(full => lookUp(call, { name: full, type: 'A', servers }))
  const silent = all.find(({ answer }) => isSilent(answer))
  if (silent !== undefined) return unanswered(silent)
  const failed = all.filter(({ answer }) => answer.kind !== 'found').map(failedText)
  const told = all.map(looked =>
    looked.answer.kind === 'found' ? foundText(looked.name, looked.answer) : failedText(looked),
  )
  const asked = all[0]?.server ?? ''
  return {
    stdout: `Server:\t\t${asked}\nAddress:\t${asked}:53\n\n${[...told, ...failed].join('')}`,
    exit: failed.length === 0 ? 0 : 1,
    tookMs: Math.max(...all.map(({ tookMs }) => tookMs)),
  }
}
