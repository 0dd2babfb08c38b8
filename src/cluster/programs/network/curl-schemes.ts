import { bannerAt } from '../../relations/banner.ts'
import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Call } from '../../shell/program.ts'
import { connectFailures } from './connect-failures.ts'
import type { CurlRequest } from './read-curl.ts'

/** What came of one URL. */
export type Sent = {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  readonly tookMs: number
}

/** Without a limit it waits for the other side, which has nothing to say. */
const PATIENCE_MS = 300_000
const SYN_PATIENCE_MS = 130_000
const NO_ARP_MS = 3_000

const reachTelnet = (
  call: Call,
  request: CurlRequest,
  at: { readonly host: string; readonly port: string },
): Sent => {
  const { host, port } = at
  const told = (text: string): string => (request.isVerbose ? text : '')
  const failed = (exit: number, text: string, tookMs: number): Sent => ({
    stdout: '',
    stderr: `${told(`* ${text}\n* Closing connection 0\n`)}${request.showsErrors ? `curl: (${exit}) ${text}\n` : ''}`,
    exit,
    tookMs,
  })
  const resolved = resolveName(call.world, call.machine, host)
  if (resolved.kind !== 'found') return failed(6, `Could not resolve host: ${host}`, resolved.tookMs)
  const { address } = resolved
  const reached = connect(call.world, { from: call.machine, address, port: Number(port), protocol: 'tcp' })
  const trying = told(`*   Trying ${address}:${port}...\n`)
  const limitMs = request.limitMs
  if (reached.kind === 'timeout') {
    const connectMs = Math.min(request.connectLimitMs ?? SYN_PATIENCE_MS, limitMs ?? SYN_PATIENCE_MS)
    const sent = failed(28, `Connection timed out after ${connectMs} milliseconds`, connectMs)
    return { ...sent, stderr: trying + sent.stderr }
  }
  if (reached.kind !== 'open') {
    const why = connectFailures[reached.kind]
    const tookMs = reached.kind === 'no-route' ? NO_ARP_MS : 2
    const sent = failed(7, `Failed to connect to ${host} port ${port} after ${tookMs} ms: ${why}`, tookMs)
    return {
      ...sent,
      stderr: `${trying}${told(`* connect to ${address} port ${port} failed: ${why}\n`)}${sent.stderr}`,
    }
  }
  const banner = bannerAt(call.world, call.machine, at)
  const waitedMs = limitMs ?? PATIENCE_MS
  const sent = failed(
    28,
    `Operation timed out after ${waitedMs} milliseconds with ${banner.length} bytes received`,
    waitedMs,
  )
  const connected = told(`* Connected to ${host} (${address}) port ${port} (#0)\n`)
  return { ...sent, stdout: banner, stderr: trying + connected + sent.stderr }
}

/** A URL of another scheme than the web's: telnet, which many try ports with, or one that curl does not have. */
export const otherScheme = (call: Call, request: CurlRequest, text: string): Sent | undefined => {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return undefined
  const [, host, port = '23'] = /^telnet:\/\/([^:/]+)(?::(\d+))?\/?$/i.exec(text) ?? []
  if (host !== undefined) return reachTelnet(call, request, { host, port })
  const problem = `Protocol "${scheme}" not supported or disabled in libcurl`
  const stderr = request.showsErrors ? `curl: (1) ${problem}\n` : ''
  return { stdout: '', stderr, exit: 1, tookMs: 2 }
}
