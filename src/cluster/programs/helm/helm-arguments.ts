import { type OptionTable, readOptions } from '../../text/read-options.ts'
import { readGoDuration } from '../../text/spans.ts'

const plain = [
  'all',
  'all-namespaces',
  'atomic',
  'cleanup-on-fail',
  'create-namespace',
  'debug',
  'deployed',
  'devel',
  'failed',
  'force',
  'force-update',
  'generate-name',
  'help',
  'ignore-not-found',
  'install',
  'keep-history',
  'no-headers',
  'no-hooks',
  'pending',
  'reset-then-reuse-values',
  'reset-values',
  'reuse-values',
  'short',
  'show-resources',
  'skip-crds',
  'superseded',
  'uninstalled',
  'uninstalling',
  'versions',
  'wait',
  'wait-for-jobs',
]

const valued = [
  'as',
  'description',
  'filter',
  'history-max',
  'kube-context',
  'kubeconfig',
  'max',
  'namespace',
  'output',
  'repo',
  'revision',
  'set',
  'set-string',
  'timeout',
  'values',
  'version',
]

const table: OptionTable = {
  ...Object.fromEntries(plain.map(name => [name, name])),
  ...Object.fromEntries(valued.map(name => [name, `${name}=`])),
  'dry-run': 'dry-run?',
  A: 'all-namespaces',
  a: 'all',
  q: 'short',
  i: 'install',
  g: 'generate-name',
  n: 'namespace=',
  o: 'output=',
  f: 'values=',
  h: 'help',
  l: 'filter=',
}

/** The words behind `helm`. */
export type HelmArguments = {
  readonly words: readonly string[]
  readonly has: (name: string) => boolean
  readonly namespace: string | undefined
  readonly output: string
  readonly values: readonly string[]
  readonly set: readonly string[]
  readonly version: string | undefined
  readonly revision: number | undefined
  readonly timeoutMs: number | undefined
  /** What tells of the cluster, as kubectl takes it. */
  readonly forCluster: readonly string[]
}

/** Reads Helm's arguments; gives its own words about an option that it does not have. */
export const readHelmArguments = (args: readonly string[]): HelmArguments | string => {
  const { options, words, unknown, lacking } = readOptions(table, args)
  if (unknown !== undefined)
    return unknown.startsWith('--')
      ? `Error: unknown flag: ${unknown}\n`
      : `Error: unknown shorthand flag: '${unknown.slice(1)}' in ${unknown}\n`
  if (lacking !== undefined) return `Error: flag needs an argument: ${lacking}\n`
  const one = (name: string): string | undefined => options.get(name)?.at(-1)
  const names = { kubeconfig: 'kubeconfig', 'kube-context': 'context', as: 'as', namespace: 'namespace' }
  const revision = one('revision')
  const timeout = readGoDuration(one('timeout') ?? '5m')
  return {
    words,
    has: name => options.has(name),
    namespace: one('namespace'),
    output: one('output') ?? 'table',
    values: options.get('values') ?? [],
    set: [...(options.get('set') ?? []), ...(options.get('set-string') ?? [])],
    version: one('version'),
    revision: revision === undefined ? undefined : Number(revision),
    timeoutMs: 'ms' in timeout ? timeout.ms : undefined,
    forCluster: Object.entries(names).flatMap(([own, name]) => {
      const value = one(own)
      return value === undefined ? [] : [`--${name}=${value}`]
    }),
  }
}
