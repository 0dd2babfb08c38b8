import { readText, writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { publicAuthority } from '../../network/site-certificate.ts'
import { decodeCertificates, encodeKey } from '../../relations/certificate.ts'
import { fetchUrl, type UrlOutcome } from '../../relations/fetch-url.ts'
import { headLines, locationOf, reasonOf } from '../../relations/http-head.ts'
import type { HeldListener } from '../../relations/listeners.ts'
import { isBefore, releaseOf } from '../../relations/userland.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import { askOverHttp, type Credentials } from './ask-over-http.ts'
import { failureOf } from './curl-failures.ts'
import { narrate } from './curl-narration.ts'
import { proxyFor } from './curl-proxy.ts'
import { otherScheme, type Sent } from './curl-schemes.ts'
import { fetchCounted } from './fetch-counted.ts'
import { type CurlRequest, dialedBy, readCurl, readUrl } from './read-curl.ts'

type Url = NonNullable<ReturnType<typeof readUrl>>

const certificatesIn = (call: Call, path: string | undefined) =>
  path === undefined ? [] : decodeCertificates(readText(call.machine.files, resolvePath(call.cwd, path)))

/** The authorities that curl checks with: those of --cacert in place of the system's. */
const authoritiesOf = (call: Call, { skipsVerify, cacert }: CurlRequest) => {
  if (skipsVerify) return undefined
  return cacert === undefined
    ? [publicAuthority, ...certificatesIn(call, '/etc/ssl/certs/ca-certificates.crt')]
    : certificatesIn(call, cacert)
}

/** Sends the request, over a proxy where the environment or -x names one; `stuckAt` is that proxy where it gets no further. */
const send = (
  call: Call,
  request: CurlRequest,
  url: Url,
): { readonly outcome: UrlOutcome; readonly stuckAt?: Url } => {
  const proxy = proxyFor(request, url, call.env)
  const client = certificatesIn(call, request.cert)[0]
  const [named] = request.headers.flatMap(header => /^host:\s*(\S+)/i.exec(header)?.[1] ?? [])
  const hostHeader = named === undefined ? {} : { hostHeader: named }
  const [agent = `curl/${releaseOf(call.machine, 'curl')}`] = request.headers.flatMap(
    header => /^user-agent:\s*(.+)/i.exec(header)?.[1] ?? [],
  )
  const { method, login } = request
  const shared = { from: call.machine, agent, method, login, path: url.path, ...hostHeader }
  const to = dialedBy(request, url)
  const direct = { ...shared, ...url, to, authorities: authoritiesOf(call, request), client }
  if (proxy === undefined) return { outcome: fetchCounted(call.world, direct) }
  const reached = fetchCounted(call.world, {
    ...shared,
    ...proxy,
    path: '/',
    authorities: undefined,
    client: undefined,
  })
  return reached.kind === 'answered'
    ? { outcome: fetchUrl(call.world, direct) }
    : { outcome: reached, stuckAt: proxy }
}

const variables = (url: Url, outcome: UrlOutcome, tookMs: number): Readonly<Record<string, string>> => {
  const status = outcome.kind === 'answered' ? String(outcome.answer.status) : '000'
  const seconds = (tookMs / 1000).toFixed(6)
  return {
    http_code: status,
    response_code: status,
    time_total: seconds,
    time_connect: (tookMs / 3000).toFixed(6),
    time_namelookup: '0.001204',
    time_appconnect: (tookMs / 2000).toFixed(6),
    time_starttransfer: seconds,
    remote_ip: 'address' in outcome ? outcome.address : '',
    remote_port: String(url.port),
    size_download: outcome.kind === 'answered' ? String(outcome.answer.body.length) : '0',
    url_effective: `${url.scheme}://${url.host}${url.path}`,
    ssl_verify_result: outcome.kind === 'bad-certificate' ? '20' : '0',
  }
}

const writeOut = (template: string, known: Readonly<Record<string, string>>): string =>
  template
    .replace(/%\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole)
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')

const headersOf = ({ answer }: Extract<UrlOutcome, { kind: 'answered' }>, date: string): string =>
  [`HTTP/1.1 ${answer.status} ${reasonOf(answer.status)}`, ...headLines(answer, date), '', ''].join('\r\n')

const save = (call: Call, path: string, body: string): void => {
  if (path === '/dev/null' || path === '-') return
  writeText(call.machine.files, resolvePath(call.cwd, path), { text: body, mtimeMs: call.world.nowMs })
}

const apiServices: ReadonlySet<string> = new Set(['kube-apiserver', 'k3s'])

const NEAR_MS = 12

type Asker = { readonly server: string; readonly credentials: Credentials }

const asItself = (call: Call, request: CurlRequest, url: Url): Asker => {
  const keyPath = request.key ?? request.cert
  return {
    server: `${url.scheme}://${url.host}:${url.port}`,
    credentials: {
      client: certificatesIn(call, request.cert)[0],
      keyText:
        keyPath === undefined ? undefined : readText(call.machine.files, resolvePath(call.cwd, keyPath)),
      token: request.token,
    },
  }
}

const asProxy = ({ host, port, certificate }: NonNullable<HeldListener['proxies']>): Asker => {
  const [client] = decodeCertificates(certificate)
  const keyText = client === undefined ? undefined : encodeKey(client.keyId)
  return { server: `https://${host}:${port}`, credentials: { client, keyText, token: undefined } }
}

/** What the API server answers depends on who asks: the request itself, or the proxy that it goes through. */
const asWhoever = (
  call: Call,
  { request, url }: { readonly request: CurlRequest; readonly url: Url },
  outcome: UrlOutcome,
): UrlOutcome => {
  if (outcome.kind !== 'answered' || outcome.answer.status !== 403) return outcome
  const { held } = outcome.connection
  const service = held?.container?.service ?? held?.unit?.service ?? ''
  if (held?.proxies === undefined && !apiServices.has(service)) return outcome
  const { server, credentials } =
    held?.proxies === undefined ? asItself(call, request, url) : asProxy(held.proxies)
  const asked = { server, path: url.path, method: request.method }
  return { ...outcome, answer: askOverHttp(call, asked, credentials) }
}

/** What -v tells of names that --resolve has given. */
const cached = ({ resolves }: CurlRequest, { host, port }: Url): string => {
  const added = resolves.map(entry => `* Added ${entry} to DNS cache\n`)
  const isFound = resolves.some(entry => entry.startsWith(`${host}:${port}:`))
  return added.join('') + (isFound ? `* Hostname ${host} was found in DNS cache\n` : '')
}

const sendOne = (call: Call, request: CurlRequest, text: string): Sent => {
  const foreign = otherScheme(call, request, text)
  if (foreign !== undefined) return foreign
  const url = readUrl(text)
  if (url === undefined)
    return {
      stdout: '',
      stderr: `curl: (3) URL using bad/illegal format or missing URL\n`,
      exit: 3,
      tookMs: 5,
    }
  const sent = send(call, request, url)
  const outcome = asWhoever(call, { request, url }, sent.outcome)
  const failure = failureOf(outcome, {
    request,
    url: sent.stuckAt ?? url,
    isProxy: sent.stuckAt !== undefined,
  })
  const tookMs =
    failure?.tookMs ?? (outcome.kind === 'answered' ? NEAR_MS + outcome.connection.latencyMs * 3 : NEAR_MS)
  const answers = outcome.kind === 'answered' ? outcome.connection.machine : undefined
  const date = new Date(call.world.nowMs + (answers?.clockOffsetMs ?? 0)).toUTCString()
  const told = request.isVerbose
    ? cached(request, url) +
      narrate(outcome, { request, url, date, release: releaseOf(call.machine, 'curl') })
    : ''
  const after =
    request.writeOut === undefined ? '' : writeOut(request.writeOut, variables(url, outcome, tookMs))
  if (failure !== undefined || outcome.kind !== 'answered') {
    const error = request.showsErrors && failure !== undefined ? `${failure.text}\n` : ''
    return { stdout: after, stderr: told + error, exit: failure?.exit ?? 52, tookMs }
  }
  const { answer } = outcome
  if (request.failsOnStatus && answer.status >= 400) {
    const error = request.showsErrors ? `curl: (22) The requested URL returned error: ${answer.status}\n` : ''
    return { stdout: after, stderr: told + error, exit: 22, tookMs }
  }
  const shown = (request.showsHead ? headersOf(outcome, date) : '') + (request.onlyHead ? '' : answer.body)
  const target = request.usesRemoteName ? (url.path.split('/').at(-1) ?? 'index.html') : request.output
  if (target !== undefined) save(call, target, shown)
  const head = request.headOutput === undefined ? '' : headersOf(outcome, date)
  return {
    stdout:
      (request.headOutput === '-' ? head : '') +
      (target === undefined || target === '-' ? shown : '') +
      after,
    stderr: told,
    exit: 0,
    tookMs,
    location: locationOf(answer),
    head,
  }
}

const MOST_REDIRECTS = 50

/** Sends a request, and with -L on to wherever the answers lead. */
const follow = (call: Call, request: CurlRequest, text: string): Sent => {
  let sent = sendOne(call, request, text)
  let { stdout, stderr, tookMs, head = '' } = sent
  for (let count = 0; request.follows && sent.location !== undefined && count < MOST_REDIRECTS; count += 1) {
    sent = sendOne(call, request, sent.location)
    stdout = request.showsHead || request.headOutput === '-' ? stdout + sent.stdout : sent.stdout
    head += sent.head ?? ''
    stderr += sent.stderr
    tookMs += sent.tookMs
  }
  if (request.headOutput !== undefined) save(call, request.headOutput, head)
  return { ...sent, stdout, stderr, tookMs }
}

const versionText = (machine: Machine): string => {
  const release = releaseOf(machine, 'curl')
  return isBefore(machine, 'curl', '7.30')
    ? `curl ${release} (x86_64-redhat-linux-gnu) libcurl/${release} NSS/3.44 zlib/1.2.7 libidn/1.28 libssh2/1.8.0\n`
    : `curl ${release} (x86_64-pc-linux-gnu) libcurl/${release} OpenSSL/3.0.2 zlib/1.2.11\n`
}

const run = (call: Call): Reply => {
  if (call.args.includes('--version') || call.args.includes('-V'))
    return { stdout: versionText(call.machine) }
  const request = readCurl(call.args)
  if (typeof request === 'string') return { stderr: request, exit: 2 }
  if (request.urls.length === 0)
    return {
      stderr: "curl: no URL specified!\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
      exit: 2,
    }
  const sent = request.urls.map(url => follow(call, request, url))
  return {
    stdout: sent.map(one => one.stdout).join(''),
    stderr: sent.map(one => one.stderr).join(''),
    exit: sent.at(-1)?.exit ?? 0,
    tookMs: sent.reduce((sum, one) => sum + one.tookMs, 0),
  }
}

/** curl(1). */
export const curl: Program = { names: ['curl'], isInstalled: everywhere, run }
