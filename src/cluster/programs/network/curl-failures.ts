import type { UrlOutcome } from '../../relations/fetch-url.ts'
import { connectFailures } from './connect-failures.ts'
import type { CurlRequest, readUrl } from './read-curl.ts'

type Url = Pick<NonNullable<ReturnType<typeof readUrl>>, 'host' | 'port'> & { readonly scheme?: string }
type Asked = {
  readonly request: CurlRequest
  /** Where it went: to the server, or to the proxy in between. */
  readonly url: Url
  readonly isProxy?: boolean
}

/** What curl says of a failed request, its exit status, and how long it took. */
export type CurlFailure = { readonly text: string; readonly exit: number; readonly tookMs: number }

const CONNECT_PATIENCE_MS = 130_000

const certificateTexts = {
  expired: 'certificate has expired',
  'not-yet-valid': 'certificate is not yet valid',
  'unknown-authority': 'unable to get local issuer certificate',
} as const

const MORE = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`

const timedOut = ({ request, url }: Asked, patienceMs: number): CurlFailure => {
  const { limitMs, connectLimitMs } = request
  const limit = Math.min(limitMs ?? Infinity, connectLimitMs ?? Infinity)
  if (limit < patienceMs)
    return {
      text: `curl: (28) Connection timed out after ${limit + 1} milliseconds`,
      exit: 28,
      tookMs: limit,
    }
  const text = `curl: (28) Failed to connect to ${url.host} port ${url.port} after ${patienceMs} ms: Connection timed out`
  return { text, exit: 28, tookMs: patienceMs }
}

const ROUND_TRIPS = 3

/** An answer that comes too late for the limits that were set. */
const late = (latencyMs: number, asked: Asked): CurlFailure | undefined => {
  const { limitMs = Infinity, connectLimitMs = Infinity } = asked.request
  if (latencyMs > Math.min(limitMs, connectLimitMs)) return timedOut(asked, CONNECT_PATIENCE_MS)
  if (latencyMs * ROUND_TRIPS <= limitMs) return undefined
  const text = `curl: (28) Operation timed out after ${limitMs + 1} milliseconds with 0 bytes received`
  return { text, exit: 28, tookMs: limitMs }
}

/** A host whose name nobody knows, or not soon enough. */
export const unresolved = (tookMs: number, { request, url, isProxy }: Asked): CurlFailure => {
  const limit = request.limitMs ?? Infinity
  if (isProxy === true && tookMs <= limit)
    return { text: `curl: (5) Could not resolve proxy: ${url.host}`, exit: 5, tookMs }
  return tookMs > limit
    ? { text: `curl: (28) Resolving timed out after ${limit} milliseconds`, exit: 28, tookMs: limit }
    : { text: `curl: (6) Could not resolve host: ${url.host}`, exit: 6, tookMs }
}

/** A server that did not take the connection. */
export const unconnected = (
  because: Extract<UrlOutcome, { kind: 'no-connection' }>['because'],
  asked: Asked,
): CurlFailure => {
  if (because === 'timeout') return timedOut(asked, CONNECT_PATIENCE_MS)
  const { host, port } = asked.url
  const { text, tookMs } = connectFailures[because]
  return {
    text: `curl: (7) Failed to connect to ${host} port ${port} after ${tookMs} ms: ${text}`,
    exit: 7,
    tookMs,
  }
}

const EMPTY: CurlFailure = { text: 'curl: (52) Empty reply from server', exit: 52, tookMs: 8 }

/** The failure that an outcome is to curl; `undefined` when there was an answer. */
export const failureOf = (outcome: UrlOutcome, asked: Asked): CurlFailure | undefined => {
  const { host, port } = asked.url
  switch (outcome.kind) {
    case 'answered':
      return late(outcome.connection.latencyMs, asked)
    case 'no-host':
      return unresolved(outcome.resolution.tookMs, asked)
    case 'no-connection':
      return unconnected(outcome.because, asked)
    case 'no-tls':
      if (asked.url.scheme === 'http') return EMPTY
      return outcome.because === 'not-tls'
        ? { text: 'curl: (35) error:0A00010B:SSL routines::wrong version number', exit: 35, tookMs: 8 }
        : {
            text: `curl: (35) OpenSSL SSL_connect: Connection reset by peer in connection to ${host}:${port} `,
            exit: 35,
            tookMs: 8,
          }
    case 'bad-certificate': {
      if (outcome.problem === 'name-mismatch')
        return {
          text: `curl: (60) SSL: no alternative certificate subject name matches target host name '${host}'\n${MORE}`,
          exit: 60,
          tookMs: 12,
        }
      const isSelfSigned = outcome.certificate.issuerKeyId === outcome.certificate.keyId
      const reason = isSelfSigned ? 'self-signed certificate' : certificateTexts[outcome.problem]
      return { text: `curl: (60) SSL certificate problem: ${reason}\n${MORE}`, exit: 60, tookMs: 12 }
    }
    case 'no-client':
      return {
        text: 'curl: (56) OpenSSL SSL_read: error:0A000412:SSL routines::sslv3 alert bad certificate, errno 0',
        exit: 56,
        tookMs: 12,
      }
    case 'silent': {
      const limit = asked.request.limitMs
      return limit === undefined
        ? { ...EMPTY, tookMs: 60_000 }
        : {
            text: `curl: (28) Operation timed out after ${limit + 1} milliseconds with 0 bytes received`,
            exit: 28,
            tookMs: limit,
          }
    }
  }
}
