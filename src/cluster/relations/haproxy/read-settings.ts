/** A server of a backend as the settings have it. */
export type BackendServer = {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly isChecked: boolean
  readonly isTls: boolean
  readonly intervalMs: number
  readonly rise: number
  readonly fall: number
}

/** What HTTP checks ask and what they want to be answered. */
export type HttpCheck = { readonly path: string; readonly host: string | undefined; readonly wanted: RegExp }

/** A section of the settings that takes or spreads requests. */
export type ProxySection = {
  readonly kind: 'frontend' | 'backend' | 'listen'
  readonly name: string
  readonly mode: 'http' | 'tcp'
  readonly binds: readonly {
    readonly address: string
    readonly port: number
    readonly certificate: string | undefined
    /** The line of the file that it stands in, as HAProxy tells it. */
    readonly line: number
  }[]
  readonly defaultBackend: string | undefined
  /** Requests are sent on to HTTPS. */
  readonly redirects: boolean
  readonly statsUri: string | undefined
  readonly check: HttpCheck | undefined
  readonly servers: readonly BackendServer[]
}

/** Settings that were read, with what is wrong in them, as HAProxy words it. */
export type ProxySettings = {
  readonly sections: readonly ProxySection[]
  readonly problems: readonly string[]
}

type Draft = {
  kind: string
  name: string
  mode: 'http' | 'tcp'
  binds: { address: string; port: number; certificate: string | undefined; line: number }[]
  defaultBackend: string | undefined
  redirects: boolean
  statsUri: string | undefined
  hasHttpCheck: boolean
  path: string
  host: string | undefined
  wanted: string | undefined
  servers: BackendServer[]
}

const known = new Set(
  'acl balance bind capture chroot compression cookie daemon default_backend default-server description errorfile external-check filter fullconn group hash-type http-after-response http-check http-request http-response http-reuse log log-format log-tag maxconn mode monitor-uri nbproc nbthread no option pidfile redirect retries server server-template source ssl-default-bind-ciphers ssl-default-bind-ciphersuites ssl-default-bind-options ssl-default-server-options ssl-dh-param-file stats stick stick-table ca-base crt-base tcp-check tcp-request tcp-response timeout tune.ssl.default-dh-param unique-id-format use_backend user retry-on rate-limit ulimit-n hard-stop-after'.split(
    ' ',
  ),
)
const timeouts =
  "'client', 'server', 'connect', 'check', 'queue', 'http-keep-alive', 'http-request', 'tunnel', 'tarpit', 'client-fin' and 'server-fin'"
const timeoutNames = new Set(timeouts.match(/[\w-]+(?=')/g) ?? [])

const secondsMs = (text: string | undefined, fallback: number): number => {
  const read = /^(\d+)(us|ms|s|m|h)?$/.exec(text ?? '')
  const unit = { us: 0.001, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[read?.[2] ?? 'ms'] ?? 1
  return read === null ? fallback : Number(read[1]) * unit
}

const after = (words: readonly string[], word: string): string | undefined => {
  const at = words.indexOf(word)
  return at < 0 ? undefined : words[at + 1]
}

const readServer = ([, name = '', target = '', ...options]: readonly string[]): BackendServer => ({
  name,
  address: target.replace(/:\d+$/, ''),
  port: Number(/:(\d+)$/.exec(target)?.[1] ?? 80),
  isChecked: options.includes('check'),
  isTls: options.includes('ssl'),
  intervalMs: secondsMs(after(options, 'inter'), 2_000),
  rise: Number(after(options, 'rise') ?? 2),
  fall: Number(after(options, 'fall') ?? 3),
})

const draft = (kind: string, name: string, mode: 'http' | 'tcp'): Draft => ({
  kind,
  name,
  mode,
  binds: [],
  defaultBackend: undefined,
  redirects: false,
  statsUri: undefined,
  hasHttpCheck: false,
  path: '/',
  host: undefined,
  wanted: undefined,
  servers: [],
})

type Apply = (section: Draft, words: readonly string[], line: number) => void

const applyCheck: Apply = (section, words) => {
  if (words[1] === 'send') {
    section.path = after(words, 'uri') ?? section.path
    const host = words.findIndex((word, at) => word === 'hdr' && words[at + 1]?.toLowerCase() === 'host')
    if (host >= 0) section.host = words[host + 2]
  }
  if (words[1] === 'expect' && (words[2] === 'status' || words[2] === 'rstatus'))
    section.wanted = words.slice(3).join(' ')
}

const applyOption: Apply = (section, words) => {
  if (words[1] !== 'httpchk') return
  section.hasHttpCheck = true
  section.path = words.slice(2).find(word => word.startsWith('/')) ?? section.path
}

const appliers: Readonly<Record<string, Apply>> = {
  mode: (section, words) => {
    section.mode = words[1] === 'tcp' ? 'tcp' : 'http'
  },
  bind: (section, words, line) => {
    const [, host = '', port] = /^(.*):(\d+)$/.exec(words[1] ?? '') ?? []
    const address = host === '' || host === '*' ? '0.0.0.0' : host
    section.binds.push({
      address,
      port: Number(port ?? 0),
      certificate: words.includes('ssl') ? after(words, 'crt') : undefined,
      line,
    })
  },
  default_backend: (section, words) => {
    section.defaultBackend = words[1]
  },
  server: (section, words) => {
    section.servers.push(readServer(words))
  },
  redirect: (section, words) => {
    section.redirects = words.includes('https')
  },
  'http-request': (section, words) => {
    if (words[1] === 'redirect') section.redirects = words.includes('https')
  },
  stats: (section, words) => {
    if (words[1] === 'uri') section.statsUri = words[2]
  },
  option: applyOption,
  'http-check': applyCheck,
}

const wantedStatus = (text: string | undefined): RegExp => {
  if (text === undefined) return /^[23]\d\d$/
  const parts = text.split(',').map(part => {
    const range = /^(\d)\d\d-(\d)\d\d$/.exec(part.trim())
    return range === null ? part.trim() : `[${range[1]}-${range[2]}]\\d\\d`
  })
  return new RegExp(`^(${parts.join('|')})$`)
}

const finish = (section: Draft): ProxySection => ({
  kind: section.kind as ProxySection['kind'],
  name: section.name,
  mode: section.mode,
  binds: section.binds,
  defaultBackend: section.defaultBackend,
  redirects: section.redirects,
  statsUri: section.statsUri,
  check: section.hasHttpCheck
    ? { path: section.path, host: section.host, wanted: wantedStatus(section.wanted) }
    : undefined,
  servers: section.servers,
})

const lineProblem = (words: readonly string[], section: Draft | undefined): string | undefined => {
  const [word = ''] = words
  if (section === undefined) return `unknown keyword '${word}' out of section.`
  if (!known.has(word) && !word.startsWith('tune.'))
    return `unknown keyword '${word}' in '${section.kind}' section`
  if (word === 'timeout' && !timeoutNames.has(words[1] ?? ''))
    return `'timeout' supports ${timeouts} (got '${words[1] ?? ''}')`
  if (word === 'server' && words.length < 3)
    return "'server' expects <name> and <addr>[:<port>] as arguments."
  return undefined
}

const missingBackends = (sections: readonly ProxySection[]): readonly string[] =>
  sections
    .filter(({ defaultBackend }) => defaultBackend !== undefined)
    .filter(one => !sections.some(other => other.kind !== 'frontend' && other.name === one.defaultBackend))
    .map(one => `Proxy '${one.name}': unable to find required default_backend: '${one.defaultBackend}'.`)

/** Reads haproxy.cfg as HAProxy does; `path` is what it calls the file in its complaints. */
export const readProxySettings = (text: string, path: string): ProxySettings => {
  const drafts: Draft[] = []
  const problems: string[] = []
  let mode: 'http' | 'tcp' = 'tcp'
  for (const [at, line] of text.split('\n').entries()) {
    const words =
      line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .match(/"[^"]*"|\S+/g) ?? []
    const [word = '', name = ''] = words
    if (word === '') continue
    if (
      /^(global|defaults|frontend|backend|listen|peers|resolvers|userlist|program|mailers|cache)$/.test(word)
    ) {
      drafts.push(draft(word, name, mode))
      continue
    }
    const section = drafts.at(-1)
    const problem = lineProblem(words, section)
    if (problem !== undefined) problems.push(`parsing [${path}:${at + 1}] : ${problem}`)
    else if (section !== undefined) appliers[word]?.(section, words, at + 1)
    if (section?.kind === 'defaults') mode = section.mode
  }
  const sections = drafts.filter(({ kind }) => /^(frontend|backend|listen)$/.test(kind)).map(finish)
  return { sections, problems: [...problems, ...(problems.length > 0 ? [] : missingBackends(sections))] }
}
