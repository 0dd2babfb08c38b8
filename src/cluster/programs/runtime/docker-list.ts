import type { Call, Reply } from '../../shell/program.ts'
import { readOptions } from '../../text/read-options.ts'
import type { Container, ContainerRuntime } from '../../world/container.ts'
import { agoText } from './crictl-lists.ts'
import { containerFilters, labelsOf, passesFilters } from './docker-filters.ts'
import { versionOf } from './docker-info.ts'
import { containerName } from './docker-name.ts'
import { dockerContainers } from './docker-pauses.ts'

const SHORT_ID = 12
const COMMAND_LENGTH = 20
const PADDING = 3

const options = {
  a: 'all',
  all: 'all',
  q: 'quiet',
  quiet: 'quiet',
  'no-trunc': 'no-trunc',
  l: 'latest',
  latest: 'latest',
  s: 'size',
  size: 'size',
  f: 'filter=',
  filter: 'filter=',
  format: 'format=',
  n: 'last=',
  last: 'last=',
}

const statusOf = ({ world }: Call, c: Container): string => {
  const since = (ms: number | undefined): string => agoText(world.nowMs - (ms ?? world.nowMs))
  if (c.state === 'running') return `Up ${since(c.startedMs).replace(/ ago$/, '')}`
  return c.state === 'created' ? 'Created' : `Exited (${c.exitCode ?? 0}) ${since(c.finishedMs)}`
}

const commandText = ({ command }: Container, isWhole: boolean): string => {
  const line = command.join(' ') || '/entrypoint'
  return `"${line.length > COMMAND_LENGTH && !isWhole ? `${line.slice(0, COMMAND_LENGTH - 1)}…` : line}"`
}

/** The kubelet makes containers from an image's id, and only the pause from a name. */
const imageText = ({ name, image, imageId }: Container, isWhole: boolean): string => {
  if (name === 'POD' || !imageId.startsWith('sha256:')) return image
  return isWhole ? imageId : imageId.replace('sha256:', '').slice(0, SHORT_ID)
}

const heads: Readonly<Record<string, string>> = {
  ID: 'CONTAINER ID',
  Image: 'IMAGE',
  Command: 'COMMAND',
  RunningFor: 'CREATED',
  CreatedAt: 'CREATED AT',
  Status: 'STATUS',
  State: 'STATE',
  Ports: 'PORTS',
  Names: 'NAMES',
  Labels: 'LABELS',
  Networks: 'NETWORKS',
  Mounts: 'MOUNTS',
}

const createdAt = (ms: number): string =>
  `${new Date(ms).toISOString().replace('T', ' ').slice(0, 19)} +0000 UTC`

const fieldsOf = (
  call: Call,
  runtime: ContainerRuntime,
  { c, isWhole }: { readonly c: Container; readonly isWhole: boolean },
): Readonly<Record<string, string>> => ({
  ID: isWhole ? c.id : c.id.slice(0, SHORT_ID),
  Image: imageText(c, isWhole),
  Command: commandText(c, isWhole),
  RunningFor: agoText(call.world.nowMs - c.createdMs),
  CreatedAt: createdAt(c.createdMs),
  Status: statusOf(call, c),
  State: c.state,
  Ports: '',
  Names: containerName(runtime, c),
  Labels: Object.entries(labelsOf(runtime, c))
    .map(([key, value]) => `${key}=${value}`)
    .join(','),
  Networks: '',
  Mounts: '',
})

const USUAL = ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names']
  .map(field => `{{.${field}}}`)
  .join('\t')

const filled = (template: string, fields: Readonly<Record<string, string>>): string =>
  template.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (_all, field: string) => fields[field] ?? '')

/** Docker's columns: before 20.10 each took twenty places at least, since then ten. */
const inColumns = (rows: readonly string[], least: number): string => {
  const cells = rows.map(row => row.split('\t'))
  const widths: number[] = []
  for (const row of cells)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? least, cell.length + PADDING)
  return cells
    .map(
      row =>
        `${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('')}\n`,
    )
    .join('')
}

const isOld = (runtime: ContainerRuntime): boolean => Number.parseInt(versionOf(runtime), 10) < 20

/** `docker ps`: those that run, or all, chosen by filters, as a table or by a template. */
export const listContainers = (call: Call, runtime: ContainerRuntime, args: readonly string[]): Reply => {
  const read = readOptions(options, args)
  if (read.unknown !== undefined)
    return { stderr: `unknown flag: ${read.unknown}\nSee 'docker ps --help'.\n`, exit: 125 }
  const filters = read.options.get('filter') ?? []
  const strange = filters.find(filter => !containerFilters.includes(filter.split('=')[0] ?? ''))
  if (strange !== undefined)
    return { stderr: `Error response from daemon: Invalid filter '${strange.split('=')[0]}'\n`, exit: 1 }
  const has = (option: string): boolean => read.options.has(option)
  const most = has('latest') ? 1 : Number(read.options.get('last')?.at(-1) ?? Infinity)
  const isAll = has('all') || most !== Infinity || filters.some(filter => filter.startsWith('status='))
  const shown = dockerContainers(runtime)
    .filter(c => (isAll || c.state === 'running') && passesFilters(runtime, c, filters))
    .sort((a, b) => b.createdMs - a.createdMs)
    .slice(0, most)
    .map(c => fieldsOf(call, runtime, { c, isWhole: has('no-trunc') }))
  if (has('quiet')) return { stdout: shown.map(({ ID }) => `${ID}\n`).join('') }
  const given = (read.options.get('format')?.at(-1) ?? `table ${USUAL}`).replaceAll('\\t', '\t')
  if (!given.startsWith('table '))
    return { stdout: shown.map(fields => `${filled(given, fields)}\n`).join('') }
  const template = given.slice('table '.length)
  const rows = [heads, ...shown].map(fields => filled(template, fields))
  return { stdout: inColumns(rows, isOld(runtime) ? 20 : 10) }
}
