import { resolverSettingsOf } from '../../network/resolver-settings.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { ATTEMPTS, authorityNote, failureText, foundRows } from './answer-texts.ts'
import { hasOldBind, silenceText } from './bind-release.ts'
import { askAsBusybox, hasBusybox } from './busybox-nslookup.ts'
import { type Looked, searchUp, serverAddress } from './dns-query.ts'

const errorsOf = ({ silent, answer }: Looked): readonly string[] =>
  silent.flatMap(server =>
    answer.kind === 'port-refused'
      ? [`;; communications error to ${server}#53: connection refused`]
      : Array.from({ length: ATTEMPTS }, () => `;; communications error to ${server}#53: timed out`),
  )

const run = (call: Call): Reply => {
  const words = call.args.filter(word => !word.startsWith('-'))
  const [name, server] = words
  if (name === undefined) return { stderr: '', stdout: '> ', exit: 0 }
  const address = server === undefined ? undefined : serverAddress(call, server)
  if (server !== undefined && address === undefined)
    return { stderr: `nslookup: couldn't get address for '${server}': not found\n`, exit: 1 }
  if (hasBusybox(call)) return askAsBusybox(call, { name, server: address })
  const looked = searchUp(call, { name, server: address })
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
    return { stdout: `${head}${authorityNote(answer)}${foundRows(looked.name, answer)}\n`, tookMs }
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
