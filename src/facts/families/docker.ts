import { listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { bareDocument } from './bare-document.ts'
import { criInstant } from './cri-container.ts'
import { at, flagAt, lineOf, listAt, numberAt, parseJson, textAt } from './json-value.ts'
import { asBytes, asSeconds, asText } from './row-readers.ts'
import { runtimeCommand } from './runtime-command.ts'
import { type TableKind, tableFacts } from './table-facts.ts'

// As many digits of an id as `docker ps` shows.
const shown = (id: string | undefined): string | undefined => id?.slice(0, 12)

// A name that the kubelet gave: k8s_NAME_POD_NAMESPACE_UID_ATTEMPT.
const nameOf = (path: string | undefined) => {
  const name = path?.replace(/^\//, '')
  const parts = name?.split('_') ?? []
  if (parts[0] !== 'k8s' || parts.length < 6) return { name }
  return { name: parts[1], pod: parts[2], namespace: parts[3], attempt: Number(parts[5]) }
}

const containerOf = (document: unknown): FactValue => {
  const status = textAt(document, 'State', 'Status')
  const running = flagAt(document, 'State', 'Running') === true
  return record({
    id: shown(textAt(document, 'Id')),
    ...nameOf(textAt(document, 'Name')),
    image: textAt(document, 'Config', 'Image'),
    state: status ?? (running ? 'running' : 'exited'),
    exitCode: running ? undefined : numberAt(document, 'State', 'ExitCode'),
    reason: flagAt(document, 'State', 'OOMKilled') === true ? 'OOMKilled' : undefined,
    message: textAt(document, 'State', 'Error'),
    health: textAt(document, 'State', 'Health', 'Status'),
    pid: numberAt(document, 'State', 'Pid') || undefined,
    restarts: numberAt(document, 'RestartCount'),
    restartPolicy: textAt(document, 'HostConfig', 'RestartPolicy', 'Name'),
    memoryLimit: numberAt(document, 'HostConfig', 'Memory') || undefined,
    createdAt: criInstant(textAt(document, 'Created')),
    startedAt: criInstant(textAt(document, 'State', 'StartedAt')),
    finishedAt: criInstant(textAt(document, 'State', 'FinishedAt')),
    ip: textAt(document, 'NetworkSettings', 'IPAddress'),
    logPath: textAt(document, 'LogPath'),
  })
}

const inspected = (text: string): Parsed => {
  const documents = listAt({ list: parseJson(text) }, 'list').filter(
    document => at(document, 'State') !== undefined,
  )
  if (documents.length === 0) return /^\s*\[\]\s*$/.test(text) ? listFact('containers', []) : nothing
  return listFact(
    'containers',
    documents.map(document => ({
      line: lineOf(text, textAt(document, 'Id') ?? ''),
      value: containerOf(document),
    })),
  )
}

const infoOf = (text: string): Parsed => {
  const field = (title: string): string | undefined =>
    new RegExp(`^ *${title}: *(\\S.*)$`, 'm').exec(text)?.[1]?.trim()
  const count = (title: string): number | undefined => {
    const value = field(title)
    return value === undefined || !/^\d+$/.test(value) ? undefined : Number(value)
  }
  const version = field('Server Version')
  if (version === undefined) return nothing
  const value = record({
    name: 'docker',
    version,
    cgroupDriver: field('Cgroup Driver'),
    cgroupVersion: count('Cgroup Version'),
    storageDriver: field('Storage Driver'),
    loggingDriver: field('Logging Driver'),
    defaultRuntime: field('Default Runtime'),
    rootDirectory: field('Docker Root Dir'),
    containerCount: count('Containers'),
    runningCount: count('Running'),
    stoppedCount: count('Stopped'),
    httpsProxy: field('HTTPS Proxy'),
    warnings: [...text.matchAll(/^WARNING: (.*)$/gm)].map(match => match[1] ?? ''),
  })
  return singleFact('runtime', { line: lineOf(text, 'Server Version'), value })
}

const imageTables: readonly TableKind[] = [
  {
    fact: 'images',
    header: /^REPOSITORY\|TAG\|(?:DIGEST\|)?IMAGE ID/,
    columns: {
      REPOSITORY: asText('image'),
      TAG: asText('tag'),
      DIGEST: asText('digest'),
      'IMAGE ID': asText('id'),
      CREATED: asSeconds('ageSeconds'),
      SIZE: asBytes('size'),
    },
    standard: 'REPOSITORY|TAG|IMAGE ID|CREATED|SIZE',
  },
]

const parse = ({ argv, stdout, exitCode }: ParserInput): Parsed => {
  const verb = runtimeCommand(argv)?.verb
  if (verb === 'info' || /^ *Server Version: /m.test(stdout)) return infoOf(stdout)
  const document = bareDocument(stdout)
  if (/^\s*\[/.test(document)) return inspected(document)
  return tableFacts({ tables: imageTables, lines: linesOf(stdout), asked: 'images', exitCode })
}

const verbs = ['inspect', 'info', 'images']

/** Docker's own word on containers, images and itself: `docker inspect`, `docker images`, `docker info` (podman and nerdctl too). */
export const docker: Parser = {
  name: 'docker',
  gives: ['containers', 'images', 'runtime'],
  recognises: argv => {
    const command = runtimeCommand(argv)
    if (command === undefined || command.program === 'crictl' || command.program === 'ctr') return false
    const isListing = ['image', 'container', 'system'].includes(command.verb)
    const verb = isListing ? command.operands[0] : command.verb
    return (
      command.output === undefined &&
      (verbs.includes(verb ?? '') || (command.verb === 'image' && verb === 'ls'))
    )
  },
  recognisesText: text =>
    /^REPOSITORY\s+TAG\s+/m.test(text) || /^ *Server Version: /m.test(text) || /^\[\s*\{\s*"Id":/.test(text),
  parse,
}
