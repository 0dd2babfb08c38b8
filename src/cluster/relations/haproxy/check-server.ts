import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { connect } from '../connect.ts'
import { fetchUrl } from '../fetch-url.ts'
import { reasonOf } from '../http-head.ts'
import type { BackendServer, ProxySection } from './read-settings.ts'

/** What one check of a server finds, as HAProxy names it. */
export type CheckResult = {
  readonly check: string
  readonly code: number | undefined
  readonly info: string
  readonly durationMs: number
}

/** Without a timeout of its own a check ends when the next is due. */
const timedOutMs = ({ intervalMs }: BackendServer): number => intervalMs + 1

/** What the codes of checks mean in HAProxy's words. */
export const checkWords: Readonly<Record<string, string>> = {
  L4OK: 'Layer4 check passed',
  L4CON: 'Layer4 connection problem',
  L4TOUT: 'Layer4 timeout',
  L6RSP: 'Layer6 invalid response',
  L7OK: 'Layer7 check passed',
  L7STS: 'Layer7 wrong status',
  L7TOUT: 'Layer7 timeout',
}

/** The numbers by which `show servers state` names the codes of checks. */
export const checkNumbers: Readonly<Record<string, number>> = {
  L4OK: 6,
  L4TOUT: 7,
  L4CON: 8,
  L6RSP: 11,
  L7TOUT: 12,
  L7OK: 15,
  L7STS: 17,
}

/** Whether a check passed. */
export const isGood = ({ check }: Pick<CheckResult, 'check'>): boolean => check.endsWith('OK')

const unreachable: Readonly<Record<string, CheckResult>> = {
  refused: { check: 'L4CON', code: undefined, info: 'Connection refused', durationMs: 0 },
  'no-route': { check: 'L4CON', code: undefined, info: 'No route to host', durationMs: 1_020 },
  'unreachable-network': { check: 'L4CON', code: undefined, info: 'Network is unreachable', durationMs: 0 },
  'black-hole': { check: 'L4CON', code: undefined, info: 'Invalid argument', durationMs: 0 },
}

/** Checks a server as its backend says: whether its port answers, and where HTTP is asked, whether the answer is the wanted one. */
export const checkServer = (
  world: World,
  from: Machine,
  { section, server }: { readonly section: ProxySection; readonly server: BackendServer },
): CheckResult => {
  const { address, port } = server
  const dialed = connect(world, { from, address, port, protocol: 'tcp' })
  if (dialed.kind === 'timeout')
    return { check: 'L4TOUT', code: undefined, info: '', durationMs: timedOutMs(server) }
  const failed = unreachable[dialed.kind]
  if (failed !== undefined) return failed
  if (section.check === undefined) return { check: 'L4OK', code: undefined, info: '', durationMs: 0 }
  const { path, host, wanted } = section.check
  const outcome = fetchUrl(world, {
    from,
    scheme: server.isTls ? 'https' : 'http',
    host: address,
    port,
    path,
    method: 'GET',
    hostHeader: host,
    authorities: undefined,
    client: undefined,
  })
  if (outcome.kind === 'no-tls')
    return { check: 'L6RSP', code: undefined, info: 'SSL handshake failure', durationMs: 3 }
  if (outcome.kind !== 'answered')
    return { check: 'L7TOUT', code: undefined, info: '', durationMs: timedOutMs(server) }
  const code = outcome.answer.status
  return wanted.test(String(code))
    ? { check: 'L7OK', code, info: '', durationMs: 4 }
    : {
        check: 'L7STS',
        code,
        info: reasonOf(code) || `HTTP status check returned code <${code}>`,
        durationMs: 4,
      }
}
