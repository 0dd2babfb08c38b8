import { type CommandWords, commandWordsOf } from '../facts/index.ts'
import { asUsual, withUsualNames } from './usual-names.ts'

/**
 * Groups of sources that patterns can name at once: `log` is whatever shows log lines, `objects` what shows Kubernetes objects
 * and their events.
 */
export const sourceGroups: Readonly<Record<string, readonly string[]>> = {
  log: [
    'journalctl',
    'dmesg',
    'systemctl status',
    'crictl logs',
    'docker logs',
    'podman logs',
    'nerdctl logs',
    'kubectl logs',
    'kubectl describe',
    'kubectl get',
    'tail',
    'head',
    'cat',
    'less',
    'more',
    'stern',
    'grep',
    'egrep',
    'zgrep',
    'zcat',
    'ausearch',
    'rctl',
    'gravity',
    'helm',
  ],
  objects: ['kubectl describe', 'kubectl get', 'kubectl events', 'kubectl apply', 'kubectl logs'],
  files: ['cat', 'less', 'head', 'tail', 'grep', 'egrep'],
}

/** The single sources that a list of sources and groups stands for. */
export const expandSources = (sources: readonly string[]): readonly string[] =>
  sources.flatMap(source => sourceGroups[source] ?? [source])

const names = (argv: CommandWords, source: string): boolean => {
  const [program, ...words] = source.split(' ')
  return (
    argv[0] === program &&
    words.every(word => (word.startsWith('!') ? !argv.includes(word.slice(1)) : argv.includes(word)))
  )
}

// What carries a command into a pod may fail itself, and then its own words are shown.
const carrierOf = (command: string): readonly CommandWords[] => {
  const verb = /(?:^|[\s/;|&(])kubectl\s[^|;&]*?\s?\b(exec|run|debug|cp)\s/.exec(withUsualNames(command))?.[1]
  return verb === undefined ? [] : [['kubectl', verb]]
}

const logsOfContainers: readonly CommandWords[] = ['kubectl', 'crictl', 'docker', 'podman'].map(program => [
  program,
  'logs',
])

// A file below /var/log holds what a runtime or the journal would show as well.
const keptIn = (argv: CommandWords): readonly CommandWords[] => {
  if (![...(sourceGroups.files ?? []), 'zcat', 'zgrep'].includes(argv[0] ?? '')) return []
  if (argv.some(word => /\/(?:log|docker)\/(?:containers|pods)\/./.test(word))) return logsOfContainers
  return argv.some(word => word.startsWith('/var/log/')) ? [['journalctl']] : []
}

// Compose shows what its containers write until it is stopped.
const followedBy = (argv: CommandWords): readonly CommandWords[] =>
  /^(?:docker|podman|nerdctl)(?:-compose)?$/.test(argv[0] ?? '') &&
  argv.some(word => word.endsWith('compose')) &&
  argv.includes('up')
    ? [['docker', 'logs']]
    : []

/** Tells whether a command line shows one of the sources. `kubectl !logs` is kubectl without that word. */
export type SourceTest = (sources: readonly string[]) => boolean

/**
 * The sources that a command line shows. No sources means any; a line whose commands cannot be told (none given, a script,
 * output rewritten by awk) may be any source.
 */
export const sourceTest = (command: string): SourceTest => {
  const shown = commandWordsOf(command)
  const others = shown.flatMap(argv => [...asUsual(argv), ...keptIn(argv), ...followedBy(argv)])
  const candidates = shown.length === 0 ? shown : [...shown, ...others, ...carrierOf(command)]
  return sources =>
    sources.length === 0 ||
    candidates.length === 0 ||
    candidates.some(argv => sources.some(source => names(argv, source)))
}
