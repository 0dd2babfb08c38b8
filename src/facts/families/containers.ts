import { operandsOf } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { type PlainRow, readPlainTable } from './plain-table.ts'
import { isCut } from './row-readers.ts'
import { unreadRows } from './unread-rows.ts'

// Docker shows the columns that --format chooses: with the word `table` under their titles.
const dockerTitles =
  /^(?:(?:CONTAINER ID|IMAGE|COMMAND|CREATED(?: AT)?|STATUS|STATE|PORTS|NAMES|SIZE|LABELS|MOUNTS|NETWORKS|LOCAL VOLUMES)(?:\s{2,}|\t+|\s*$))+$/

const isHeader = (text: string): boolean =>
  /^(?:\u001b\[\S+)?CONTAINER(?: ID)?\s+IMAGE\s/.test(text) ||
  (dockerTitles.test(text) && /\bNAMES\b/.test(text) && /\bSTAT(?:US|E)\b/.test(text))

// A name that the kubelet gave to a Docker container: k8s_NAME_POD_NAMESPACE_UID_ATTEMPT.
const fromDockerName = (name: string) => {
  const parts = name.split('_')
  if (parts[0] !== 'k8s' || parts.length < 6) return { name }
  return { name: parts[1] ?? name, pod: parts[2], namespace: parts[3], attempt: Number(parts[5]) }
}

// `Exited (137) 2 hours ago`, `Up 3 days (unhealthy)`, `Restarting (1) 5 seconds ago`
const fromDockerStatus = (status: string) => {
  const state = /^\w+/.exec(status)?.[0].toLowerCase()
  const code = /^\w+ \((\d+)\)/.exec(status)?.[1]
  return {
    state: state === 'up' ? 'running' : state,
    exitCode: code === undefined ? undefined : Number(code),
    health: /\((healthy|unhealthy|health: starting)\)/.exec(status)?.[1],
  }
}

type RowCells = PlainRow['cells']

/** Tells whether a cell can stand in its column; one that is absent or cut short can. */
const fits = (cell: string | undefined, pattern: RegExp): boolean =>
  cell === undefined || isCut(cell) || pattern.test(cell)

const identifier = /^[0-9a-f]{6,64}$/
const age = /\bago$|^\d{4}-\d\d-\d\d |^N\/A$/i

const isDocker = (cells: RowCells): boolean =>
  fits(cells['CONTAINER ID'], identifier) &&
  fits(cells.CREATED, age) &&
  fits(cells.STATUS, /^(?:Up|Exited|Created|Restarting|Paused|Dead|Removal|Initialized|Stopp)/i) &&
  /^\S+$/.test(cells.NAMES ?? '')

const dockerContainer = (cells: RowCells): FactValue =>
  record({
    id: cells['CONTAINER ID'],
    image: cells.IMAGE,
    ...fromDockerName(cells.NAMES ?? ''),
    ...fromDockerStatus(cells.STATUS ?? cells.STATE ?? ''),
    created: cells.CREATED,
    status: cells.STATUS,
  })

const states = ['created', 'running', 'exited', 'unknown']

// A state that was cut short can still be told.
const stateOf = (cell: string | undefined): string | undefined => {
  const word = (cell ?? '').toLowerCase().replace(/^container_/, '')
  const beginning = isCut(word) ? word.replace(/(?:…|\.\.\.)$/, '') : undefined
  return states.find(state => (beginning === undefined ? state === word : state.startsWith(beginning)))
}

const isCri = (cells: RowCells): boolean =>
  fits(cells.CONTAINER ?? cells['CONTAINER ID'], identifier) &&
  /^\S+$/.test(cells.IMAGE ?? '') &&
  fits(cells.CREATED, age) &&
  stateOf(cells.STATE) !== undefined &&
  /^\S+(?: \S+)*$/.test(cells.NAME ?? '') &&
  fits(cells.ATTEMPT || undefined, /^\d+$/) &&
  fits(cells['POD ID'] || undefined, identifier)

const criContainer = (cells: RowCells): FactValue =>
  record({
    id: cells.CONTAINER ?? cells['CONTAINER ID'],
    image: cells.IMAGE,
    name: cells.NAME,
    state: stateOf(cells.STATE),
    attempt: /^\d+$/.test(cells.ATTEMPT ?? '') ? Number(cells.ATTEMPT) : undefined,
    podId: cells['POD ID'] || undefined,
    pod: cells.POD || undefined,
    namespace: cells.NAMESPACE || undefined,
    created: cells.CREATED,
  })

// Behind grep the header is gone. crictl's columns then follow the words that say when and in which state.
const criRow =
  /^([0-9a-f]{10,64})\s+(\S+)\s+((?:About |Less than )?\S+ (?:\w+ )?ago)\s+(Running|Exited|Created|Unknown)\s+(\S+)\s+(\d+)\s+([0-9a-f]+)(?:\s+(\S+))?(?:\s+(\S+))?\s*$/i

const dockerRow =
  /^([0-9a-f]{12})\s+(\S+)\s+(".*?")\s+(.*?ago)\s+((?:Up|Exited|Created|Restarting|Paused|Dead)\b.*?)(?:\s{2,}.*?)?\s{2,}(\S+)\s*$/

// Where a paste has lost all but one blank between cells, ports may stand before the name.
const narrowDockerRow =
  /^([0-9a-f]{12}) (\S+) (".*?") (.*? ago) ((?:Up (?:About an? \w+|Less than a second|\d+ \w+)|Exited \(\d+\) .*? ago|Restarting \(\d+\) .*? ago|Created|Paused|Dead)(?: \([\w: ]+\))?)(?: \S.*)? (\S+)\s*$/

// How Docker says in which state a container is, between whatever else --format chooses.
const dockerStatus =
  /(?:^|[\s,;:|])(Up (?:About an? \w+|Less than a second|\d+ \w+)(?: \([\w: ]+\))?|(?:Exited|Restarting) \(\d+\) (?:About an? \w+|Less than a second|\d+ \w+) ago)(?=$|[\s,;|])/

// A name, perhaps an id and an image, in any order: as --format '{{.ID}} {{.Names}}: {{.Status}}' shows them.
const chosenRow = (text: string): FactValue | undefined => {
  const status = dockerStatus.exec(text)?.[1]
  if (status === undefined) return undefined
  const words = text
    .replace(status, ' ')
    .split(/[\s,;|]+/)
    .map(word => word.replace(/:$/, ''))
    .filter(word => word !== '')
  const id = words.find(word => /^(?:[0-9a-f]{12}|[0-9a-f]{64})$/.test(word))
  const image = words.find(word => /[:/]/.test(word))
  const names = words.filter(word => word !== id && word !== image)
  const [name = ''] = names
  if (names.length !== 1 || !/^[\w.-]+$/.test(name)) return undefined
  return record({ id, image, ...fromDockerName(name), ...fromDockerStatus(status), status })
}

const bareRow = (text: string): FactValue | undefined => {
  const cri = criRow.exec(text)
  if (cri !== null) {
    const [
      ,
      id = '',
      image = '',
      created = '',
      state = '',
      name = '',
      attempt = '',
      podId = '',
      pod,
      namespace,
    ] = cri
    return record({
      id,
      image,
      name,
      state: state.toLowerCase(),
      attempt: Number(attempt),
      podId,
      pod,
      namespace,
      created,
    })
  }
  const docker = dockerRow.exec(text) ?? narrowDockerRow.exec(text)
  if (docker === null) return chosenRow(text)
  const [, id = '', image = '', , created = '', status = '', names = ''] = docker
  return record({ id, image, ...fromDockerName(names), ...fromDockerStatus(status), created, status })
}

type Row = { readonly line: number; readonly value: FactValue | undefined }

// A row that is not aligned with its titles is told by the words that say when and in which state.
const headedRow = ({ cells }: PlainRow, text: string): FactValue | undefined => {
  if (cells.NAMES === undefined) return isCri(cells) ? criContainer(cells) : bareRow(text)
  return isDocker(cells) ? dockerContainer(cells) : bareRow(text)
}

const rowsOf = (lines: readonly TextLine[]): readonly Row[] => {
  if (!lines.some(line => isHeader(line.text)))
    return lines.map(({ number, text }) => ({ line: number, value: bareRow(text) }))
  const texts = new Map(lines.map(({ number, text }) => [number, text]))
  return readPlainTable(lines, isHeader).map(row => ({
    line: row.line,
    value: headedRow(row, texts.get(row.line) ?? ''),
  }))
}

const isRead = (row: Row): row is Located<FactValue> => row.value !== undefined

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const lines = linesOf(stdout).filter(line => !/^(?:time="|[EWI]\d{4} )/.test(line.text))
  const rows = rowsOf(lines)
  const found = rows.filter(isRead)
  const headed = lines.some(line => isHeader(line.text))
  const strange = headed
    ? lines.filter(({ number }) => rows.some(row => row.line === number && !isRead(row)))
    : []
  const unread = unreadRows(strange)
  const none = (headed && unread === nothing) || (stdout.trim() === '' && exitCode === 1)
  return combine([found.length > 0 || none ? listFact('containers', found) : nothing, unread])
}

const valueOptions = [
  '--runtime-endpoint',
  '-r',
  '--image-endpoint',
  '-i',
  '--config',
  '-H',
  '--host',
  '--context',
]

const listsContainers = (argv: CommandWords): boolean => {
  const [verb, object] = operandsOf(argv, valueOptions)
  if (argv[0] === 'crictl') return verb === 'ps'
  const isEngine = argv[0] === 'docker' || argv[0] === 'podman' || argv[0] === 'nerdctl'
  return isEngine && (verb === 'ps' || (verb === 'container' && (object === 'ls' || object === 'list')))
}

/** Containers: `crictl ps`, `docker ps` (podman, nerdctl), with -a; behind grep too, where the header is gone. */
export const containers: Parser = {
  name: 'containers',
  gives: ['containers'],
  recognises: listsContainers,
  recognisesText: text => linesOf(text).some(line => isHeader(line.text)),
  parse,
}
