import { resolvePath } from '../../files/paths.ts'
import { proxyUnitOf } from '../../relations/haproxy/proxy-state.ts'
import { complaintsOf, HAPROXY_VERSION } from '../../services/haproxy/haproxy.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'

const version = `HAProxy version ${HAPROXY_VERSION} 2023/12/11 - https://haproxy.org/\nStatus: long-term supported branch - will stop receiving fixes around Q2 2026.\nKnown bugs: http://www.haproxy.org/bugs/bugs-2.4.24.html\n`

const check = (call: Call, file: string): Reply => {
  const pid = call.machine.nextPid + 11
  const complaints = complaintsOf(call.machine, resolvePath(call.cwd, file), pid)
  return complaints.length === 0
    ? { stdout: 'Configuration file is valid\n' }
    : { stderr: complaints.map(line => `${line}\n`).join(''), exit: 1 }
}

/** haproxy(1): checks settings and tells its version; as a service it runs by its unit. */
export const haproxyProgram: Program = {
  names: ['haproxy'],
  isInstalled: ({ machine, container }) => container === undefined && proxyUnitOf(machine) !== undefined,
  run: call => {
    const { args } = call
    if (args.some(arg => /^-vv?$/.test(arg))) return { stdout: version }
    const at = args.indexOf('-f')
    const file = at < 0 ? args.find(arg => arg.startsWith('-f'))?.slice(2) : args[at + 1]
    if (file === undefined || file === '')
      return {
        stdout: `${version}Usage : haproxy [-f <cfgfile|cfgdir>]* [ -vdVD ] [ -n <maxconn> ] [ -N <maxpconn> ]\n`,
        exit: 1,
      }
    if (args.includes('-c')) return check(call, file)
    return {
      stderr: `[ALERT]    (${call.machine.nextPid}) : Starting proxy: cannot bind socket (Address already in use) [0.0.0.0:80]\n`,
      exit: 1,
    }
  },
}
