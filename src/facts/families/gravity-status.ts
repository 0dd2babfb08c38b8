import { operandsOf } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { parseAgo } from './durations.ts'
import { readGravityJson } from './gravity-status-json.ts'

type Draft = { readonly line: number; readonly fields: Record<string, FactValue | undefined> }

const valueBehind = (lines: readonly TextLine[], title: string): string | undefined => {
  const pattern = new RegExp(`^\\s*${title}:\\s+(\\S.*?)\\s*$`)
  for (const { text } of lines) {
    const value = pattern.exec(text)?.[1]
    if (value !== undefined && value !== '<unknown>') return value
  }
  return undefined
}

// The join token stands here too; it is a secret and never becomes a fact.
const clusterFact = (lines: readonly TextLine[]): Parsed => {
  const line = lines.find(({ text }) => /^Cluster status:\s/.test(text))
  if (line === undefined) return nothing
  const application = valueBehind(lines, '(?:Application|Cluster image)')
  const versions = /^(\S+) \(client\) \/ (\S+) \(server\)/.exec(valueBehind(lines, 'Gravity version') ?? '')
  const value = record({
    name: valueBehind(lines, 'Cluster name'),
    status: valueBehind(lines, 'Cluster status'),
    application: application?.split(', version ')[0],
    applicationVersion: application?.split(', version ')[1],
    clientVersion: versions?.[1],
    serverVersion: versions?.[2] === 'n/a' ? undefined : versions?.[2],
  })
  return singleFact('gravityCluster', { line: line.number, value })
}

// `* node-1 (10.0.0.1, node)` until 6.1, `* node-1 / 10.0.0.1 / node` after.
const nodeLine = /^\s+\* (\S+) (?:\((\d[\d.]+)(?:, ([^)]+))?\)|\/ (\d[\d.]+)(?: \/ (\S+))?)\s*$/

const probeLine = /^\s+\[([^\]]+)\]\s+(.*?)\s*$/

const addProbe = ({ fields }: Draft, text: string): void => {
  const match = probeLine.exec(text)
  if (match === null) return
  const name = /[×✗x✖]/.test(match[1] ?? '') ? 'failedProbes' : 'warnings'
  fields[name] = [...((fields[name] as readonly string[] | undefined) ?? []), match[2] ?? '']
}

const nodeRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const drafts: Draft[] = []
  let role = 'node'
  for (const { number, text } of lines) {
    const match = nodeLine.exec(text)
    if (/^\s+Masters:/.test(text)) role = 'master'
    else if (/^\s+Nodes:/.test(text)) role = 'node'
    else if (match !== null) {
      const [, name, ip = match[4], profile = match[5]] = match
      drafts.push({
        line: number,
        fields: { name: name === '<unknown>' ? undefined : name, ip, profile, role },
      })
    }
    const draft = drafts.at(-1)
    if (draft === undefined) continue
    draft.fields.status ??= /^\s+Status:\s+(\w+)/.exec(text)?.[1]
    draft.fields.remoteAccess ??= /^\s+Remote access:\s+(\w+)/.exec(text)?.[1]
    addProbe(draft, text)
  }
  return drafts.map(({ line, fields }) => ({
    line,
    value: record({ ...fields, healthy: fields.status === 'healthy' }),
  }))
}

const operationFields = (text: string): Record<string, FactValue | undefined> => {
  const id = /^\s+ID:\s+(\S+)/.exec(text)?.[1]
  const started = /^\s+started:\s+(.*?)(?: \((.*)\))?\s*$/i.exec(text)
  const ended = /^\s+(completed|failed):\s+(.*?)(?: \((.*)\))?\s*$/i.exec(text)
  const progress = /^\s+(?:(.*), )?(\d+)% complete/.exec(text)
  return {
    ...(id === undefined ? {} : { id }),
    ...(started === null ? {} : { started: started[1], startedSeconds: parseAgo(started[2] ?? '') }),
    ...(ended === null ? {} : { state: ended[1]?.toLowerCase(), endedSeconds: parseAgo(ended[3] ?? '') }),
    ...(progress === null ? {} : { progressPercent: Number(progress[2]), message: progress[1] }),
  }
}

// `* operation_shrink (71266b23-…)` in older releases, a sentence in newer ones, whose id stands on its own line.
const operationOf = (text: string): Record<string, FactValue | undefined> | undefined => {
  const match = /^\s+\* (.*?)(?: \(([0-9a-f-]{36})\))?\s*$/.exec(text)
  return match === null || nodeLine.test(text) || /:$/.test(text)
    ? undefined
    : { description: match[1], id: match[2] }
}

const operationRows = (lines: readonly TextLine[]): readonly Located<FactValue>[] => {
  const drafts: Draft[] = []
  let section = ''
  for (const { number, text } of lines) {
    if (/^\S/.test(text)) section = text
    const isActive = section.startsWith('Active operations')
    if (!isActive && !section.startsWith('Last completed operation')) continue
    const operation = operationOf(text)
    if (operation !== undefined) drafts.push({ line: number, fields: { active: isActive, ...operation } })
    const draft = drafts.at(-1)
    if (draft !== undefined) Object.assign(draft.fields, operationFields(text))
  }
  return drafts.map(({ line, fields }) => ({ line, value: record(fields) }))
}

const listIfAny = (name: string, rows: readonly Located<FactValue>[]): Parsed =>
  rows.length === 0 ? nothing : listFact(name, rows)

const valueOptions = ['--state-dir', '--operation-id', '--output', '-o', '--system-log-file']

const parse = ({ stdout }: ParserInput): Parsed => {
  if (/^\s*\{/.test(stdout)) return readGravityJson(stdout)
  const lines = linesOf(stdout.replaceAll('\t', ' '))
  return combine([
    clusterFact(lines),
    listIfAny('gravityNodes', nodeRows(lines)),
    listIfAny('gravityOperations', operationRows(lines)),
  ])
}

/** The state of a Gravity cluster, its nodes with the probes that fail, and its operations: `gravity status`, releases 5 to 7, JSON too. */
export const gravityStatus: Parser = {
  name: 'gravity-status',
  gives: ['gravityCluster', 'gravityNodes', 'gravityOperations'],
  recognises: argv =>
    argv[0] === 'gravity' && operandsOf(argv, valueOptions)[0] === 'status' && !argv.includes('--token'),
  recognisesText: text =>
    /^Cluster status:\s+\w+/m.test(text) ||
    (/^Cluster nodes:/m.test(text) && /^[ \t]+Status:[ \t]+\w+/m.test(text)),
  parse,
}
