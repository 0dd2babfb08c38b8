import { readGoDuration } from '../../text/spans.ts'

/** A command line of kubectl: its words without flags, and the flags by long name; those after `--` apart. */
export type Arguments = {
  readonly words: readonly string[]
  readonly flags: ReadonlyMap<string, string>
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly rest: readonly string[]
}

const shorts: Readonly<Record<string, string>> = {
  n: 'namespace',
  o: 'output',
  l: 'selector',
  A: 'all-namespaces',
  w: 'watch',
  f: 'filename',
  c: 'container',
  p: 'previous',
  i: 'stdin',
  t: 'tty',
  h: 'help',
  q: 'quiet',
  L: 'label-columns',
  s: 'server',
  k: 'kustomize',
  R: 'recursive',
  v: 'v',
}

const switches = new Set(
  'all-namespaces watch previous stdin tty help quiet show-labels no-headers all-containers timestamps follow ignore-daemonsets delete-emptydir-data delete-local-data force rm client short all overwrite ignore-not-found show-kind now no-trunc wait containers sum disable-eviction prefix attach raw-list watch-only recursive minify flatten insecure-skip-tls-verify namespaced show-managed-fields list resolve-image-volume expose local record save-config server-side leave-stdin-open allow-missing-template-keys warnings-as-errors merge edit current share-processes force-conflicts prune windows-line-endings embed-certs deployed failed pending superseded uninstalled uninstalling'.split(
    ' ',
  ),
)

/** Flags that take a value; with the switches all that is known. */
const values = new Set(
  'namespace output selector filename container label-columns server kustomize v kubeconfig context cluster user request-timeout field-selector sort-by tail since since-time template raw grace-period timeout image restart generator overrides env port labels replicas current-replicas patch type resource-version from-literal from-file from-env-file limits requests limit-bytes cascade dry-run pod-running-timeout max-log-requests pod-selector skip-wait-for-deletion-timeout types for command subresource field-manager to-revision revision chunk-size certificate-authority client-certificate client-key token as as-group target-port protocol name cpu-percent min max cert key docker-server docker-username docker-password docker-email from schedule serviceaccount api-group verbs resource role clusterrole user group size target profile copy-to verb resource-name annotations tls-server-name username password hard min-available max-unavailable tcp node-port clusterip value description preemption-policy duration audience bound-object-kind bound-object-name rule class default-backend validate image-pull-policy patch-file prune-allowlist verbs categories external-name namespaces cluster-ip session-affinity external-ip load-balancer-ip'.split(
    ' ',
  ),
)

/** Why a command line is none: kubectl's own words. */
export type ArgumentProblem = { readonly problem: string }

/** Flags whose value is a duration. */
const durations = new Set(['timeout', 'since', 'duration', 'pod-running-timeout'])

/** What kubectl says of a value that its flag does not take. */
const valueProblem = (name: string, value: string): string | undefined => {
  const read = durations.has(name) ? readGoDuration(value) : undefined
  return read === undefined || 'ms' in read
    ? undefined
    : `error: invalid argument ${JSON.stringify(value)} for "--${name}" flag: ${read.problem}`
}

/** A flag's duration in milliseconds, as far as it was given. */
export const durationOf = ({ flags }: Pick<Arguments, 'flags'>, name: string): number | undefined => {
  const read = readGoDuration(flags.get(name) ?? '')
  return 'ms' in read ? read.ms : undefined
}

type Reading = { words: string[]; flags: Map<string, string>; lists: Map<string, string[]>; rest: string[] }

const put = ({ flags, lists }: Reading, name: string, value: string): void => {
  flags.set(name, value)
  lists.set(name, [...(lists.get(name) ?? []), value])
}

/** Reads one long flag; the number of further words that it took, or the problem. */
const readLong = (word: string, next: string | undefined, into: Reading): number | string => {
  const [name = '', ...parts] = word.slice(2).split('=')
  if (word.includes('=')) {
    if (!switches.has(name) && !values.has(name)) return `error: unknown flag: --${name}`
    const value = parts.join('=')
    put(into, name, value)
    return valueProblem(name, value) ?? 0
  }
  if (name === 'raw' && into.words[0] === 'config') return put(into, name, 'true') ?? 0
  if (name === 'command') return put(into, name, 'true') ?? 0
  if (switches.has(name)) return put(into, name, 'true') ?? 0
  if (name === 'validate') return put(into, name, 'strict') ?? 0
  if (name === 'dry-run' || name === 'cascade') return put(into, name, 'unchanged') ?? 0
  if (!values.has(name)) return `error: unknown flag: --${name}`
  if (next === undefined) return `error: flag needs an argument: --${name}`
  put(into, name, next)
  return valueProblem(name, next) ?? 1
}

const readShort = (word: string, next: string | undefined, into: Reading): number | string => {
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? ''
    const isLogs = into.words[0] === 'logs'
    const isFollow = letter === 'f' && isLogs
    const name = isFollow ? 'follow' : shorts[letter]
    if (name === undefined) return `error: unknown shorthand flag: '${letter}' in ${word}`
    if (switches.has(name)) {
      put(into, name, 'true')
      continue
    }
    const attached = word.slice(at + 1).replace(/^=/, '')
    if (attached !== '') {
      put(into, name, attached)
      return 0
    }
    if (next === undefined) return `error: flag needs an argument: '${letter}' in ${word}`
    put(into, name, next)
    return 1
  }
  return 0
}

/** Reads the words behind `kubectl`. */
export const readArguments = (args: readonly string[]): Arguments | ArgumentProblem => {
  const into: Reading = { words: [], flags: new Map(), lists: new Map(), rest: [] }
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word === '--') {
      into.rest = args.slice(at + 1)
      break
    }
    if (!word.startsWith('-') || word === '-') {
      into.words.push(word)
      continue
    }
    const took = word.startsWith('--')
      ? readLong(word, args[at + 1], into)
      : readShort(word, args[at + 1], into)
    if (typeof took === 'string') {
      const verb = into.words[0]
      return { problem: `${took}\nSee 'kubectl${verb === undefined ? '' : ` ${verb}`} --help' for usage.\n` }
    }
    at += took
  }
  return into
}
