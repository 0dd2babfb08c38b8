import type { DnsAnswer } from '../../network/dns-answer.ts'
import { resolverSettingsOf } from '../../network/resolver-settings.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { hasOldBind, silenceText } from './bind-release.ts'
import { type Looked, searchUp, serverAddress } from './dns-query.ts'

const ATTEMPTS = 3

const errorsOf = ({ silent, answer }: Looked): readonly string[] =>
  silent.flatMap(server =>
    answer.kind === 'port-refused'
      ? [`;; communications error to ${server}#53: connection refused`]
      : Array.from({ length: ATTEMPTS }, () => `;; communications error to ${server}#53: timed out`),
  )

const failureText: Readonly<Record<string, string>> = {
  'no-name': 'NXDOMAIN',
  'server-failure': 'SERVFAIL',
  'query-refused': 'REFUSED',
}

/** Whether a post's tools are those of busybox, by the image that its container was made from. */
const hasBusybox = ({ container }: Call): boolean => /\/(?:busybox|alpine)[:@]/.test(container?.image ?? '')

const foundRows = (name: string, { addresses, alias }: Extract<DnsAnswer, { kind: 'found' }>): string =>
  (alias === undefined ? '' : `${name}\tcanonical name = ${alias}.\n`) +
  addresses.map(found => `Name:\t${alias ?? name}\nAddress: ${found}\n`).join('')

/** What busybox makes of an answer: it asks for both kinds of addresses, and tells each failure. */
const briefly = (name: string, { answer, server, name: full, tookMs }: Looked): Reply => {
  if (answer.kind === 'timeout' || answer.kind === 'port-refused') {
    const refused =
      answer.kind === 'port-refused' ? `nslookup: write to '${server}': Connection refused\n`.repeat(2) : ''
    return {
      stdout: ';; connection timed out; no servers could be reached\n\n',
      stderr: refused,
      exit: 1,
      tookMs: answer.kind === 'timeout' ? tookMs * ATTEMPTS : 10,
    }
  }
  const head = `Server:\t\t${server}\nAddress:\t${server}:53\n\n`
  if (answer.kind === 'found') {
    const isOwn = full.endsWith('.cluster.local')
    const rows = foundRows(full, answer)
    return { stdout: `${head}${isOwn ? '' : 'Non-authoritative answer:\n'}${rows}\n`, tookMs }
  }
  const failed =
    answer.kind === 'no-data'
      ? `*** Can't find ${name}: No answer\n\n`
      : `** server can't find ${name}: ${failureText[answer.kind] ?? 'SERVFAIL'}\n\n`
  return { stdout: `${head}${failed.repeat(2)}`, exit: 1, tookMs }
}

const run = (call: Call): Reply => {
  const words = call.args.filter(word => !word.startsWith('-'))
  const [name, server] = words
  if (name === undefined) return { stderr: '', stdout: '> ', exit: 0 }
  const address = server === undefined ? undefined : serverAddress(call, server)
  if (server !== undefined && address === undefined)
    return { stderr: `nslookup: couldn't get address for '${server}': not found\n`, exit: 1 }
  const looked = searchUp(call, { name, server: address })
  if (hasBusybox(call)) return briefly(name, looked)
  const { answer, tookMs } = looked
  if (answer.kind === 'timeout' || answer.kind === 'port-refused') {
    const spent = answer.kind === 'timeout' || hasOldBind(call.machine) ? tookMs * ATTEMPTS : 5
    return {
      stdout: `${silenceText(call.machine, errorsOf(looked))}\n\n`,
      exit: 1,
      tookMs: spent,
    }
  }
  const shown =
    server ?? resolverSettingsOf(call.machine).servers.find(one => one === looked.server) ?? looked.server
  const head = `Server:\t\t${shown}\nAddress:\t${looked.server}#53\n\n`
  if (answer.kind === 'found') {
    const isOwn = looked.name.endsWith('.cluster.local')
    const rows = foundRows(looked.name, answer)
    return { stdout: `${head}${isOwn ? '' : 'Non-authoritative answer:\n'}${rows}\n`, tookMs }
  }
  if (answer.kind === 'no-data')
    return { stdout: `${head}*** Can't find ${name}: No answer\n\n`, exit: 1, tookMs }
  return {
    stdout: `${head}** server can't find ${name}: ${failureText[answer.kind] ?? 'SERVFAIL'}\n\n`,
    exit: 1,
    tookMs,
  }
}

/** nslookup(1) of BIND, and of busybox in its images. */
export const nslookup: Program = { names: ['nslookup'], isInstalled: everywhere, run }
