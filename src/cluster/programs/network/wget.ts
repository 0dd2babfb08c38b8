import { readText, writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { publicAuthority } from '../../network/site-certificate.ts'
import { decodeCertificates } from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import type { UrlOutcome } from '../../relations/fetch-url.ts'
import { reasonOf } from '../../relations/http-head.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { fetchCounted } from './fetch-counted.ts'
import { readOptions } from './option-reader.ts'
import { readUrl } from './read-curl.ts'

const table = {
  switches: [
    'q',
    'c',
    'S',
    'v',
    'd',
    'spider',
    'no-check-certificate',
    'quiet',
    'no-clobber',
    'no-verbose',
    'server-response',
  ],
  valued: [
    'O',
    'T',
    't',
    'P',
    'o',
    'header',
    'timeout',
    'tries',
    'post-data',
    'user-agent',
    'ca-certificate',
  ],
}

const pairs: Readonly<Record<string, string>> = { '-nv': '--no-verbose', '-nc': '--no-clobber' }

/** An option of two letters by its long name: to other programs these would be two options. */
const spelledOut = (word: string): string => pairs[word] ?? word

type Url = NonNullable<ReturnType<typeof readUrl>>
/** How a request went on in wget's words: what is told at once, a last error, and the status. */
type Story = { readonly told: string; readonly error: string; readonly exit: number; readonly tookMs: number }

const PATIENCE_MS = 900_000
const NEAR_MS = 15
const reasons = {
  refused: ['Connection refused', 2],
  timeout: ['Connection timed out', PATIENCE_MS],
  'no-route': ['No route to host', 3_060],
  'unreachable-network': ['Network is unreachable', 2],
  'black-hole': ['Invalid argument', 2],
} as const

const certificateReasons = {
  expired: 'Issued certificate has expired.',
  'not-yet-valid': 'Issued certificate not yet valid.',
  'unknown-authority': "Unable to locally verify the issuer's authority.",
  'name-mismatch': 'no certificate subject alternative name matches the requested host name.',
} as const

const GRUMBLE_EXIT = 4
const TLS_EXIT = 5
const SERVER_EXIT = 8

const statusText = (status: number): string => reasonOf(status) || 'Unknown'

const connecting = ({ host, port }: Url, address: string): string =>
  host === address
    ? `Connecting to ${host}:${port}... `
    : `Resolving ${host} (${host})... ${address}\nConnecting to ${host} (${host})|${address}|:${port}... `

/** What wget of the GNU project says of an outcome. */
const tell = (url: Url, outcome: UrlOutcome, limitMs: number): Story => {
  if (outcome.kind === 'no-host')
    return {
      told: `Resolving ${url.host} (${url.host})... failed: ${outcome.resolution.kind === 'failed' ? 'Temporary failure in name resolution' : 'Name or service not known'}.\n`,
      error: `wget: unable to resolve host address ‘${url.host}’\n`,
      exit: GRUMBLE_EXIT,
      tookMs: outcome.resolution.tookMs,
    }
  const start = connecting(url, outcome.address)
  if (outcome.kind === 'no-connection') {
    const [reason, tookMs] = reasons[outcome.because]
    return {
      told: `${start}failed: ${reason}.\n`,
      error: '',
      exit: GRUMBLE_EXIT,
      tookMs: Math.min(tookMs, limitMs),
    }
  }
  if (outcome.kind === 'bad-certificate')
    return {
      told: `${start}connected.\n`,
      error: `ERROR: cannot verify ${url.host}'s certificate, issued by ‘CN=${outcome.certificate.issuer}’:\n  ${certificateReasons[outcome.problem]}\nTo connect to ${url.host} insecurely, use \`--no-check-certificate'.\n`,
      exit: TLS_EXIT,
      tookMs: NEAR_MS,
    }
  if (outcome.kind === 'no-tls' || outcome.kind === 'no-client')
    return {
      told: `${start}connected.\n`,
      error: 'Unable to establish SSL connection.\n',
      exit: GRUMBLE_EXIT,
      tookMs: NEAR_MS,
    }
  const sent = `${start}connected.\nHTTP request sent, awaiting response... `
  if (outcome.kind === 'silent')
    return {
      told: `${sent}Read error (Connection timed out) in headers.\n`,
      error: '',
      exit: GRUMBLE_EXIT,
      tookMs: limitMs,
    }
  const { status } = outcome.answer
  const tookMs = NEAR_MS + outcome.connection.latencyMs * 3
  return {
    told: `${sent}${status} ${statusText(status)}\n`,
    error: '',
    exit: status >= 400 ? SERVER_EXIT : 0,
    tookMs,
  }
}

/** What the wget of busybox says of an outcome, as containers have it. */
const tellBriefly = (url: Url, outcome: UrlOutcome, story: Story): string => {
  if (outcome.kind === 'no-host') return `wget: bad address '${url.host}'\n`
  if (outcome.kind === 'no-connection')
    return outcome.because === 'timeout'
      ? 'wget: download timed out\n'
      : `wget: can't connect to remote host (${outcome.address}): ${reasons[outcome.because][0]}\n`
  if (outcome.kind === 'answered' && story.exit !== 0)
    return `wget: server returned error: HTTP/1.1 ${outcome.answer.status} ${statusText(outcome.answer.status)}\n`
  return story.exit === 0 ? '' : 'wget: error getting response: Connection reset by peer\n'
}

const timeText = (call: Call): string =>
  new Date(machineNowMs(call.world, call.machine)).toISOString().replace('T', ' ').slice(0, 19)

const saved = (call: Call, { url, body, target }: { url: Url; body: string; target: string | undefined }) => {
  if (target === '-') return { stdout: body, note: '', name: '-' }
  const name = target ?? (url.path.split('/').at(-1)?.split('?')[0] || 'index.html')
  if (name !== '/dev/null')
    writeText(call.machine.files, resolvePath(call.cwd, name), { text: body, mtimeMs: call.world.nowMs })
  const note = `\n${timeText(call)} (11.4 MB/s) - ‘${name}’ saved [${body.length}/${body.length}]\n\n`
  return { stdout: '', name, note: `Length: ${body.length} [text/html]\nSaving to: ‘${name}’\n${note}` }
}

const run = (call: Call): Reply => {
  const { flags, values, words, unknown } = readOptions(call.args.map(spelledOut), table)
  if (unknown !== undefined)
    return {
      stderr: `wget: unrecognized option '${unknown}'\nUsage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`,
      exit: 2,
    }
  const url = readUrl(words[0] ?? '')
  if (url === undefined)
    return {
      stderr: "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
      exit: 1,
    }
  const file = values.get('ca-certificate') ?? '/etc/ssl/certs/ca-certificates.crt'
  const authorities = [
    ...(values.has('ca-certificate') ? [] : [publicAuthority]),
    ...decodeCertificates(readText(call.machine.files, resolvePath(call.cwd, file))),
  ]
  const outcome = fetchCounted(call.world, {
    from: call.machine,
    agent: 'Wget',
    method: values.has('post-data') ? 'POST' : 'GET',
    ...url,
    authorities: flags.has('no-check-certificate') ? undefined : authorities,
    client: undefined,
  })
  const seconds = values.get('T') ?? values.get('timeout')
  const limitMs = seconds === undefined ? PATIENCE_MS : Number(seconds) * 1_000
  const story = tell(url, outcome, limitMs)
  const isQuiet = flags.has('q') || flags.has('quiet')
  if (call.container !== undefined) {
    const stderr = tellBriefly(url, outcome, story)
    const body = outcome.kind === 'answered' && story.exit === 0 ? outcome.answer.body : ''
    const { stdout } = saved(call, { url, body, target: flags.has('spider') ? '/dev/null' : values.get('O') })
    return { stdout, stderr, exit: story.exit === 0 ? 0 : 1, tookMs: story.tookMs }
  }
  const head = `--${timeText(call)}--  ${url.scheme}://${url.host}${words[0]?.includes(`:${url.port}`) === true ? `:${url.port}` : ''}${url.path}\n`
  if (outcome.kind !== 'answered' || story.exit !== 0) {
    const late = story.exit === SERVER_EXIT && outcome.kind === 'answered'
    const last = late
      ? `${timeText(call)} ERROR ${outcome.answer.status}: ${statusText(outcome.answer.status)}.\n\n`
      : story.error
    return {
      stderr: isQuiet ? story.error : `${head}${story.told}${last}`,
      exit: story.exit,
      tookMs: story.tookMs,
    }
  }
  const target = flags.has('spider') ? '/dev/null' : values.get('O')
  const { body } = outcome.answer
  const { stdout, note, name } = saved(call, { url, body, target })
  const told = flags.has('no-verbose')
    ? `${timeText(call)} URL:${words[0]} [${body.length}/${body.length}] -> "${name}" [1]\n`
    : `${head}${story.told}${note}`
  return { stdout, stderr: isQuiet ? '' : told, tookMs: story.tookMs }
}

/** wget(1): GNU's on machines, busybox's in containers. */
export const wget: Program = { names: ['wget'], isInstalled: everywhere, run }
