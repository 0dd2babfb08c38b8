import { bannerAt } from '../../relations/banner.ts'
import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Call } from '../../shell/program.ts'
import { connectFailures } from './connect-failures.ts'
import { type CurlFailure, unconnected, unresolved } from './curl-failures.ts'
import type { CurlRequest } from './read-curl.ts'

/** What came of one URL. */
export type Sent = {
  /** The head of the answer, where it is asked for by itself. */
  readonly head?: string
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  readonly tookMs: number
  /** Where the answer sends its client. */
  readonly location?: string | undefined
}

/** Without a limit it waits for the other side, which has nothing to say. */
const PATIENCE_MS = 300_000

const reachTelnet = (
  call: Call,
  request: CurlRequest,
  url: { readonly host: string; readonly port: number },
): Sent => {
  const { host, port } = url
  const told = (text: string): string => (request.isVerbose ? text : '')
  const failed = ({ text, exit, tookMs }: CurlFailure, way = ''): Sent => ({
    stdout: '',
    stderr: `${told(`${way}* ${text.replace(/^curl: \(\d+\) /, '')}\n* Closing connection 0\n`)}${request.showsErrors ? `${text}\n` : ''}`,
    exit,
    tookMs,
  })
  const resolution = resolveName(call.world, call.machine, host)
  if (resolution.kind !== 'found') return failed(unresolved(resolution.tookMs, { request, url }))
  const { address } = resolution
  const reached = connect(call.world, { from: call.machine, address, port, protocol: 'tcp' })
  const trying = `*   Trying ${address}:${port}...\n`
  if (reached.kind !== 'open') {
    const why = connectFailures[reached.kind].text
    const refused = reached.kind === 'timeout' ? '' : `* connect to ${address} port ${port} failed: ${why}\n`
    return failed(unconnected(reached.kind, { request, url }), trying + refused)
  }
  const banner = bannerAt(call.world, call.machine, { host, port: String(port) })
  const tookMs = request.limitMs ?? PATIENCE_MS
  const text = `curl: (28) Operation timed out after ${tookMs} milliseconds with ${banner.length} bytes received`
  const connected = `* Connected to ${host} (${address}) port ${port} (#0)\n`
  return { ...failed({ text, exit: 28, tookMs }, trying + connected), stdout: banner }
}

/** A URL of another scheme than the web's: telnet, which many try ports with, or one that curl does not have. */
export const otherScheme = (call: Call, request: CurlRequest, text: string): Sent | undefined => {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return undefined
  const [, host, port = '23'] = /^telnet:\/\/([^:/]+)(?::(\d+))?\/?$/i.exec(text) ?? []
  if (host !== undefined) return reachTelnet(call, request, { host, port: Number(port) })
  const problem = `Protocol "${scheme}" not supported or disabled in libcurl`
  const stderr = request.showsErrors ? `curl: (1) ${problem}\n` : ''
  return { stdout: '', stderr, exit: 1, tookMs: 2 }
}
