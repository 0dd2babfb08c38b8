import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { silenceText } from './bind-release.ts'
import { searchUp, serverAddress } from './dns-query.ts'

const run = (call: Call): Reply => {
  const [name, server] = call.args.filter(word => !word.startsWith('-'))
  if (name === undefined) return { stderr: 'Usage: host [-aCdilrTvVw] hostname [server]\n', exit: 1 }
  const looked = searchUp(call, {
    name,
    server: server === undefined ? undefined : serverAddress(call, server),
  })
  const { answer, tookMs } = looked
  switch (answer.kind) {
    case 'found':
      return {
        stdout:
          (answer.alias === undefined ? '' : `${looked.name} is an alias for ${answer.alias}.\n`) +
          answer.addresses.map(address => `${answer.alias ?? looked.name} has address ${address}\n`).join(''),
        tookMs,
      }
    case 'no-data':
      return { stdout: `${name} has no A record\n`, tookMs }
    case 'no-name':
      return { stdout: `Host ${name} not found: 3(NXDOMAIN)\n`, exit: 1, tookMs }
    case 'server-failure':
      return { stdout: `Host ${name} not found: 2(SERVFAIL)\n`, exit: 1, tookMs }
    case 'query-refused':
      return { stdout: `Host ${name} not found: 5(REFUSED)\n`, exit: 1, tookMs }
    case 'port-refused':
    case 'timeout': {
      const reason = answer.kind === 'timeout' ? 'timed out' : 'connection refused'
      const errors = looked.silent.map(one => `;; communications error to ${one}#53: ${reason}`)
      return { stdout: `${silenceText(call.machine, errors)}\n`, exit: 1, tookMs: tookMs * 2 }
    }
  }
}

/** host(1) of BIND. */
export const host: Program = { names: ['host'], isInstalled: everywhere, run }
