import { decodeBase64 } from '../../text/base64.ts'
import { readOptions } from './option-reader.ts'

/** What was asked of curl. Times are milliseconds. */
export type CurlRequest = {
  readonly urls: readonly string[]
  readonly isSilent: boolean
  readonly showsErrors: boolean
  readonly isVerbose: boolean
  readonly showsHead: boolean
  /** Whether it goes on to where an answer sends it. */
  readonly follows: boolean
  readonly onlyHead: boolean
  readonly skipsVerify: boolean
  readonly failsOnStatus: boolean
  readonly output: string | undefined
  /** Where the heads of the answers go. */
  readonly headOutput: string | undefined
  readonly usesRemoteName: boolean
  readonly writeOut: string | undefined
  readonly limitMs: number | undefined
  readonly connectLimitMs: number | undefined
  readonly proxy: string | undefined
  readonly noProxy: string | undefined
  readonly cacert: string | undefined
  readonly cert: string | undefined
  readonly method: string
  readonly key: string | undefined
  readonly token: string | undefined
  /** The name and the password, joined by a colon, of --user; `login` takes them from a header too. */
  readonly user: string | undefined
  readonly login: string | undefined
  readonly headers: readonly string[]
  /** Where it goes for a host and port: `HOST:PORT:ADDRESS` of --resolve, `HOST:PORT:HOST:PORT` of --connect-to. */
  readonly resolves: readonly string[]
  readonly connects: readonly string[]
}

const table = {
  switches: [
    's',
    'S',
    'v',
    'i',
    'I',
    'k',
    'f',
    'L',
    'O',
    'g',
    '4',
    '6',
    'N',
    '#',
    'silent',
    'show-error',
    'verbose',
    'include',
    'head',
    'insecure',
    'fail',
    'location',
    'remote-name',
    'compressed',
    'http1.1',
    'http2',
    'ipv4',
    'no-progress-meter',
    'progress-bar',
  ],
  valued: [
    'o',
    'w',
    'm',
    'x',
    'H',
    'X',
    'd',
    'E',
    'u',
    'A',
    'e',
    'b',
    'T',
    'D',
    'dump-header',
    'output',
    'write-out',
    'max-time',
    'connect-timeout',
    'proxy',
    'noproxy',
    'header',
    'request',
    'data',
    'cert',
    'key',
    'cacert',
    'capath',
    'user',
    'resolve',
    'connect-to',
    'retry',
    'retry-delay',
    'user-agent',
    'unix-socket',
    'cert-type',
    'interface',
  ],
}

const secondsOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Math.round(Number(text) * 1000)

/** Reads curl's arguments; gives curl's own words about an option that it does not have. */
export const readCurl = (args: readonly string[]): CurlRequest | string => {
  const { flags, values, words, unknown } = readOptions(args, table)
  if (unknown !== undefined)
    return `curl: option ${unknown}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n`
  const has = (...names: readonly string[]): boolean => names.some(name => flags.has(name))
  const value = (...names: readonly string[]): string | undefined =>
    names.map(name => values.get(name)).find(found => found !== undefined)
  const each = (...names: readonly string[]): readonly string[] =>
    args.flatMap((word, at) => (names.includes(word) ? [args[at + 1] ?? ''] : []))
  const headers = each('-H', '--header')
  const authorization = (scheme: string): string | undefined =>
    headers
      .map(header => new RegExp(`^authorization:\\s*${scheme}\\s+(\\S+)`, 'i').exec(header)?.[1])
      .find(given => given !== undefined)
  const user = value('u', 'user')
  const onlyHead = has('I', 'head')
  return {
    urls: words,
    isSilent: has('s', 'silent'),
    showsErrors: !has('s', 'silent') || has('S', 'show-error'),
    isVerbose: has('v', 'verbose'),
    showsHead: has('i', 'include') || onlyHead,
    follows: has('L', 'location'),
    onlyHead,
    skipsVerify: has('k', 'insecure'),
    failsOnStatus: has('f', 'fail'),
    output: value('o', 'output'),
    headOutput: value('D', 'dump-header'),
    usesRemoteName: has('O', 'remote-name'),
    writeOut: value('w', 'write-out'),
    limitMs: secondsOf(value('m', 'max-time')),
    connectLimitMs: secondsOf(value('connect-timeout')),
    proxy: value('x', 'proxy'),
    noProxy: value('noproxy'),
    cacert: value('cacert'),
    cert: value('E', 'cert'),
    method:
      value('X', 'request') ?? (value('d', 'data') === undefined ? (onlyHead ? 'HEAD' : 'GET') : 'POST'),
    key: value('key'),
    token: authorization('bearer'),
    user,
    login: user ?? decodeBase64(authorization('basic') ?? ''),
    headers,
    resolves: each('--resolve'),
    connects: each('--connect-to'),
  }
}

/** The host and port that a request dials where --resolve or --connect-to says so for those of its URL. */
export const dialedBy = (
  { resolves, connects }: CurlRequest,
  { host, port }: { readonly host: string; readonly port: number },
) => {
  for (const entry of connects) {
    const [fromHost = '', fromPort = '', toHost = '', toPort = ''] = entry.split(':')
    if ((fromHost === '' || fromHost === host) && (fromPort === '' || Number(fromPort) === port))
      return { host: toHost || host, port: Number(toPort || port) }
  }
  const known = resolves
    .map(entry => /^[+]?([^:]+):(\d+):\[?([^,\]]+)/.exec(entry))
    .find(read => (read?.[1] === host || read?.[1] === '*') && Number(read?.[2]) === port)
  return known?.[3] === undefined ? undefined : { host: known[3], port }
}

/** A URL in its parts; `undefined` when it is none that curl would take. */
export const readUrl = (text: string) => {
  const read = /^(?:(https?):\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?([/?][^#]*)?/.exec(text)
  if (read === null) return undefined
  const scheme = read[1] === 'https' ? ('https' as const) : ('http' as const)
  const path = read[4] ?? '/'
  return {
    scheme,
    host: read[2] ?? '',
    port: Number(read[3] ?? (scheme === 'https' ? 443 : 80)),
    path: path.startsWith('/') ? path : `/${path}`,
  }
}
