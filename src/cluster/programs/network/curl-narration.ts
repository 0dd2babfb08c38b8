import type { Certificate, CertificateProblem } from '../../relations/certificate.ts'
import type { UrlOutcome } from '../../relations/fetch-url.ts'
import { headLines, reasonOf } from '../../relations/http-head.ts'
import { connectFailures } from './connect-failures.ts'
import type { CurlRequest, readUrl } from './read-curl.ts'

type Told = {
  readonly request: CurlRequest
  readonly url: NonNullable<ReturnType<typeof readUrl>>
  readonly date: string
  /** The release of curl. */
  readonly release: string
}

const gmt = (ms: number): string => {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(ms).toUTCString()) ?? []
  return `${month} ${String(Number(day)).padStart(2)} ${time} ${year} GMT`
}

const certificateLines = (
  certificate: Certificate,
  host: string,
  skipsVerify: boolean,
): readonly string[] => [
  '* Server certificate:',
  `*  subject: ${[...certificate.organizations.map(o => `O=${o}`), `CN=${certificate.commonName}`].join('; ')}`,
  `*  start date: ${gmt(certificate.notBeforeMs)}`,
  `*  expire date: ${gmt(certificate.notAfterMs)}`,
  ...(skipsVerify ? [] : [`*  subjectAltName: host "${host}" matched cert's "${host}"`]),
  `*  issuer: CN=${certificate.issuer}`,
  skipsVerify
    ? '*  SSL certificate verify result: unable to get local issuer certificate (20), continuing anyway.'
    : '*  SSL certificate verify ok.',
]

const handshake = [
  '* ALPN, offering h2',
  '* ALPN, offering http/1.1',
  '* TLSv1.0 (OUT), TLS header, Certificate Status (22):',
  '* TLSv1.3 (OUT), TLS handshake, Client hello (1):',
]

const finished = [
  '* TLSv1.3 (IN), TLS handshake, Server hello (2):',
  '* TLSv1.3 (IN), TLS handshake, Certificate (11):',
  '* TLSv1.3 (IN), TLS handshake, CERT verify (15):',
  '* TLSv1.3 (IN), TLS handshake, Finished (20):',
  '* TLSv1.3 (OUT), TLS handshake, Finished (20):',
  '* SSL connection using TLSv1.3 / TLS_AES_128_GCM_SHA256',
  '* ALPN, server accepted to use http/1.1',
]

const exchange = (
  outcome: Extract<UrlOutcome, { kind: 'answered' }>,
  { request, url, date, release }: Told,
): readonly string[] => [
  ...(request.user === undefined
    ? []
    : [`* Server auth using Basic with user '${request.user.split(':')[0]}'`]),
  `> ${request.method} ${url.path} HTTP/1.1`,
  ...(request.headers.some(header => /^host:/i.test(header))
    ? []
    : [`> Host: ${url.host}${url.port === 443 || url.port === 80 ? '' : `:${url.port}`}`]),
  ...(request.user === undefined ? [] : [`> Authorization: Basic ${btoa(request.user)}`]),
  `> User-Agent: curl/${release}`,
  '> Accept: */*',
  ...request.headers.map(header => `> ${header}`),
  '> ',
  '* Mark bundle as not supporting multiuse',
  `< HTTP/1.1 ${outcome.answer.status} ${reasonOf(outcome.answer.status)}`,
  ...headLines(outcome.answer, date).map(line => `< ${line}`),
  '< ',
  `* Connection #0 to host ${url.host} left intact`,
]

const reasons = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  'no-route': 'No route to host',
  'unreachable-network': 'Network is unreachable',
  'black-hole': 'Invalid argument',
} as const

/** The alert with which OpenSSL ends a handshake over a certificate; the name in it is looked at only after one that went well. */
const alerts: Readonly<Record<CertificateProblem, readonly string[]>> = {
  expired: ['* TLSv1.3 (OUT), TLS alert, certificate expired (557):'],
  'not-yet-valid': ['* TLSv1.3 (OUT), TLS alert, bad certificate (554):'],
  'unknown-authority': ['* TLSv1.3 (OUT), TLS alert, unknown CA (560):'],
  'name-mismatch': [],
}

const linesOf = (outcome: UrlOutcome, told: Told): readonly string[] => {
  const { host, port, scheme } = told.url
  if (outcome.kind === 'no-host') return [`* Could not resolve host: ${host}`, '* Closing connection 0']
  const trying = `*   Trying ${outcome.address}:${port}...`
  if (outcome.kind === 'no-connection')
    return [
      trying,
      `* connect to ${outcome.address} port ${port} failed: ${reasons[outcome.because]}`,
      `* Failed to connect to ${host} port ${port} after ${connectFailures[outcome.because].tookMs} ms: ${reasons[outcome.because]}`,
      '* Closing connection 0',
    ]
  const connected = [trying, `* Connected to ${host} (${outcome.address}) port ${port} (#0)`]
  if (outcome.kind === 'no-tls') return [...connected, ...handshake, '* Closing connection 0']
  const secured = scheme === 'https' ? [...handshake, ...finished] : []
  if (outcome.kind === 'bad-certificate')
    return [
      ...connected,
      ...handshake,
      ...finished.slice(0, 2),
      ...alerts[outcome.problem],
      '* Closing connection 0',
    ]
  const certificate = outcome.kind === 'answered' ? outcome.certificate : undefined
  const shown = certificate === undefined ? [] : certificateLines(certificate, host, told.request.skipsVerify)
  if (outcome.kind !== 'answered') return [...connected, ...secured, '* Closing connection 0']
  return [...connected, ...secured, ...shown, ...exchange(outcome, told)]
}

/** What `curl -v` tells of a request, on its standard error. */
export const narrate = (outcome: UrlOutcome, told: Told): string =>
  linesOf(outcome, told)
    .map(line => `${line}\n`)
    .join('')
