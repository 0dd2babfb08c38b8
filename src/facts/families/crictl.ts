import { combine, complain, listFact, nothing, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { bareDocument } from './bare-document.ts'
import { containers } from './containers.ts'
import { readCriContainer, readCriImages, readCriSandbox } from './cri-container.ts'
import { readCriInfo } from './cri-info.ts'
import { at, isObject, lineOf, listAt, parseYaml, textAt } from './json-value.ts'
import { asBytes, asNumber, asSeconds, asText, matching } from './row-readers.ts'
import { type RuntimeCommand, runtimeCommand } from './runtime-command.ts'
import { type TableKind, tableFacts } from './table-facts.ts'

const id = matching(/^[0-9a-f]{8,64}$/, asText('id'))

const tables: readonly TableKind[] = [
  {
    fact: 'podSandboxes',
    header: /^POD ID\|CREATED/,
    columns: {
      'POD ID': id,
      CREATED: asSeconds('ageSeconds'),
      STATE: cell => ({ state: cell.toLowerCase() }),
      NAME: asText('name'),
      NAMESPACE: asText('namespace'),
      ATTEMPT: asNumber('attempt'),
      RUNTIME: cell => (cell === '(default)' ? {} : { runtime: cell }),
    },
    standard: 'POD ID|CREATED|STATE|NAME|NAMESPACE|ATTEMPT|RUNTIME',
  },
  {
    fact: 'images',
    header: /^IMAGE\|TAG\|/,
    columns: {
      IMAGE: asText('image'),
      TAG: asText('tag'),
      DIGEST: asText('digest'),
      'IMAGE ID': id,
      PINNED: asText('pinned'),
      SIZE: asBytes('size'),
    },
    standard: 'IMAGE|TAG|IMAGE ID|SIZE',
  },
  {
    fact: 'containers',
    header: /^CONTAINER\|(?:NAME\|)?CPU/,
    columns: {
      CONTAINER: id,
      NAME: asText('name'),
      'CPU %': asNumber('cpuPercent'),
      MEM: asBytes('memory'),
      DISK: asBytes('disk'),
      INODES: asNumber('inodes'),
      SWAP: asBytes('swap'),
    },
    standard: 'CONTAINER|NAME|CPU %|MEM|DISK|INODES',
  },
]

const tableVerbs: Readonly<Record<string, string>> = {
  pods: 'podSandboxes',
  images: 'images',
  image: 'images',
  img: 'images',
  stats: 'containers',
}

const jsonList = (name: string, rows: readonly FactValue[], text: string): Parsed =>
  listFact(
    name,
    rows.map(value => ({ line: lineOf(text, String((value as { id?: FactValue }).id)), value })),
  )

const fromDocument = (document: unknown, verb: string, text: string): Parsed => {
  const status = at(document, 'status')
  if (isObject(at(document, 'config')) || (verb === 'info' && isObject(status)))
    return singleFact('runtime', { line: 1, value: readCriInfo(document) })
  if (Array.isArray(at(document, 'containers')))
    return jsonList('containers', listAt(document, 'containers').map(readListed), text)
  if (Array.isArray(at(document, 'items')))
    return jsonList('podSandboxes', listAt(document, 'items').map(readCriSandbox), text)
  if (Array.isArray(at(document, 'images')))
    return jsonList('images', listAt(document, 'images').flatMap(readCriImages), text)
  if (textAt(status, 'state')?.startsWith('SANDBOX_'))
    return jsonList('podSandboxes', [readCriSandbox(status)], text)
  if (textAt(status, 'state')?.startsWith('CONTAINER_'))
    return jsonList('containers', [readCriContainer(status, at(document, 'info'))], text)
  return nothing
}

const readListed = (container: unknown): FactValue => readCriContainer(container)

// `Version: 0.1.0`, `RuntimeName: containerd` …
const versionFacts = (text: string): Parsed => {
  const field = (name: string): string | undefined => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(text)?.[1]
  const name = field('RuntimeName')
  const version = field('RuntimeVersion')
  if (name === undefined || version === undefined) return nothing
  return singleFact('runtime', {
    line: lineOf(text, 'RuntimeName'),
    value: { name, version, apiVersion: field('RuntimeApiVersion') ?? '' },
  })
}

// `crictl stats` clears the screen before it prints.
const withoutScreenCodes = (text: string): string => text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '')

const isJson = (command: RuntimeCommand | undefined, text: string): boolean =>
  /^\s*[[{]/.test(text) || command?.output === 'yaml'

const unknownRuntime = (stderr: string): string | undefined =>
  /unknown service runtime\.\S+|validate service connection: .*/.exec(stderr)?.[0]

const parse = (input: ParserInput): Parsed => {
  const { argv, stdout, stderr, exitCode } = input
  const command = runtimeCommand(argv)
  const text = withoutScreenCodes(stdout)
  const refused = unknownRuntime(`${stderr}\n${stdout}`)
  if (refused !== undefined)
    return complain('E_FACTS_NO_ANSWER', `The runtime does not serve: ${refused.slice(0, 160)}`)
  const document = bareDocument(text)
  if (isJson(command, document)) return fromDocument(parseYaml(document)[0], command?.verb ?? '', document)
  if (command?.verb === 'ps') return containers.parse(input)
  if (command?.verb === 'version' || /^RuntimeName:/m.test(text)) return versionFacts(text)
  const listed = tableFacts({
    tables,
    lines: linesOf(text),
    asked: tableVerbs[command?.verb ?? ''],
    exitCode,
  })
  // Without a command the containers may be listed below the pods.
  const isMore = command === undefined && containers.recognisesText(text)
  return isMore ? combine([listed, containers.parse(input)]) : listed
}

const readsItself = ['inspect', 'inspectp', 'info', 'version', ...Object.keys(tableVerbs)]

/**
 * Pods, images, usage and the state of the container runtime as crictl tells them: `pods`, `images`, `stats`, `inspect`, `inspectp`,
 * `info`, `version`, any listing with -o json, and what a distribution's own crictl lists (`k3s crictl ps`).
 */
export const crictl: Parser = {
  name: 'crictl',
  gives: ['podSandboxes', 'images', 'containers', 'runtime'],
  recognises: argv => {
    const command = runtimeCommand(argv)
    if (command?.program !== 'crictl') return false
    return (
      readsItself.includes(command.verb) ||
      (command.verb === 'ps' && (argv[0] !== 'crictl' || /^(?:json|yaml)$/.test(command.output ?? '')))
    )
  },
  recognisesText: text =>
    /^(?:\u001b\[\S*H)?(?:RuntimeName:|POD ID\s+CREATED|IMAGE\s+TAG\s+IMAGE ID|CONTAINER\s+(?:NAME\s+)?CPU)/m.test(
      text,
    ) || /"(?:state|type)": "(?:CONTAINER_|SANDBOX_|RuntimeReady)/.test(text),
  parse,
}
