import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { readTable, type TableRow } from '../text/table.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const isHeader = (text: string): boolean => /^(?:\u001b\[\S+)?CONTAINER(?: ID)?\s+IMAGE\s/.test(text)

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

const dockerContainer = (cells: TableRow['cells']): FactValue =>
  record({
    id: cells['CONTAINER ID'],
    image: cells.IMAGE,
    ...fromDockerName(cells.NAMES ?? ''),
    ...fromDockerStatus(cells.STATUS ?? ''),
    created: cells.CREATED,
    status: cells.STATUS,
  })

const criContainer = (cells: TableRow['cells']): FactValue =>
  record({
    id: cells.CONTAINER ?? cells['CONTAINER ID'],
    image: cells.IMAGE,
    name: cells.NAME,
    state: cells.STATE?.toLowerCase().replace(/^container_/, ''),
    attempt: /^\d+$/.test(cells.ATTEMPT ?? '') ? Number(cells.ATTEMPT) : undefined,
    podId: cells['POD ID'],
    pod: cells.POD,
    namespace: cells.NAMESPACE,
    created: cells.CREATED,
  })

// Behind grep the header is gone. crictl's columns then follow the words that say when and in which state.
const criRow =
  /^([0-9a-f]{10,64})\s+(\S+)\s+((?:About |Less than )?\S+ (?:\w+ )?ago)\s+(Running|Exited|Created|Unknown)\s+(\S+)\s+(\d+)\s+([0-9a-f]+)(?:\s+(\S+))?(?:\s+(\S+))?\s*$/i

const dockerRow =
  /^([0-9a-f]{12})\s+(\S+)\s+(".*?")\s+(.*?ago)\s+((?:Up|Exited|Created|Restarting|Paused|Dead)\b.*?)(?:\s{2,}.*?)?\s{2,}(\S+)\s*$/

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
  const docker = dockerRow.exec(text)
  if (docker === null) return undefined
  const [, id = '', image = '', , created = '', status = '', names = ''] = docker
  return record({ id, image, ...fromDockerName(names), ...fromDockerStatus(status), created, status })
}

const rowsOf = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  if (!lines.some(line => isHeader(line.text))) {
    return lines.flatMap(({ number, text }) => {
      const value = bareRow(text)
      return value === undefined ? [] : [{ line: number, value }]
    })
  }
  return readTable(lines, isHeader).map(({ line, cells }) => ({
    line,
    value: cells.NAMES === undefined ? criContainer(cells) : dockerContainer(cells),
  }))
}

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const lines = linesOf(stdout).filter(line => !/^(?:time="|[EWI]\d{4} )/.test(line.text))
  const rows = rowsOf(lines)
  const none = lines.some(line => isHeader(line.text)) || (stdout.trim() === '' && exitCode === 1)
  return rows.length > 0 || none ? listFact('containers', rows) : nothing
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
