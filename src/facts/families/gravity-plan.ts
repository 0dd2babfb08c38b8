import { hasLong, operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { isObject, lineOf, listAt, parseYaml, textAt, textsAt } from './json-value.ts'

type Phase = {
  readonly line: number
  readonly depth: number
  readonly fields: Record<string, FactValue | undefined>
}

// `✓ node-1   Bootstrap node   Completed   10.4.0.2   /init   Wed Jul 29 16:03 UTC`: the state splits what stands before and after.
const statePattern = /\s(Unstarted|In Progress|Completed|Failed|Rolled Back|Unknown)\s/
const headPattern = /^(\s*)(\S) (\S+)(.*)$/
const timePattern = /^(?:-|[A-Z][a-z]{2} .*\d(?: [A-Z]{2,5})?)$/

const given = (cell: string | undefined): string | undefined => (cell === '-' ? undefined : cell)

const stateOf = (state: string | undefined): string | undefined => state?.toLowerCase().replace(' ', '-')

const tailFields = (cells: readonly string[]): Phase['fields'] | undefined => {
  const [node, requires, ...updated] = cells
  const isShort = timePattern.test(cells.join(' '))
  const time = isShort ? cells.join(' ') : updated.join(' ')
  if (!timePattern.test(time)) return undefined
  if (isShort) return { updated: given(time) }
  return { node: given(node), requires: given(requires)?.split(',') ?? [], updated: given(time) }
}

const phaseOf = ({ number, text }: TextLine): Phase | undefined => {
  const found = statePattern.exec(text)
  const head = found === null ? null : headPattern.exec(text.slice(0, found.index))
  if (found === null || head === null) return undefined
  const rest = text.slice(found.index + found[0].length).trim()
  const tail = tailFields(rest.split(/\s+/))
  if (tail === undefined) return undefined
  const [, indent = '', , name, description = ''] = head
  const fields = { name, description: description.trim() || undefined, state: stateOf(found[1]), ...tail }
  return { line: number, depth: indent.length, fields }
}

// Phases below another are indented; their path names those above them.
const withPaths = (phases: readonly Phase[]): readonly Phase[] => {
  const above: { depth: number; path: string }[] = []
  return phases.map(phase => {
    while ((above.at(-1)?.depth ?? -1) >= phase.depth) above.pop()
    const path = `${above.at(-1)?.path ?? ''}/${phase.fields.name}`
    above.push({ depth: phase.depth, path })
    const { name, ...fields } = phase.fields
    return { ...phase, fields: { id: path, ...fields } }
  })
}

// `The /checks phase ("Execute preflight checks") has failed`, and the reason indented below it.
const failureIn = (lines: readonly TextLine[]) => {
  const start = lines.findIndex(({ text }) => /^The \/\S+ phase .*has failed/.test(text))
  const id = /^The (\/\S+) phase/.exec(lines[start]?.text ?? '')?.[1]
  if (id === undefined) return undefined
  const rest = lines.slice(start + 1)
  const end = rest.findIndex(({ text }) => !/^\s/.test(text))
  const reason = (end < 0 ? rest : rest.slice(0, end)).map(({ text }) => text.trim()).join(' ')
  return { id, reason }
}

const textRows = (stdout: string): readonly Located<FactValue>[] => {
  const lines = linesOf(stdout)
  const failure = failureIn(lines)
  return withPaths(lines.flatMap(line => phaseOf(line) ?? [])).map(({ line, fields }) => ({
    line,
    value: record({ ...fields, error: failure?.id === fields.id ? failure?.reason : undefined }),
  }))
}

const leaves = (phase: unknown): readonly unknown[] => [phase, ...listAt(phase, 'phases').flatMap(leaves)]

const documentRows = (stdout: string): readonly Located<FactValue>[] =>
  listAt(parseYaml(stdout)[0], 'phases')
    .flatMap(leaves)
    .filter(isObject)
    .map(phase => ({
      line: lineOf(stdout, textAt(phase, 'id') ?? ''),
      value: record({
        id: textAt(phase, 'id'),
        description: textAt(phase, 'description'),
        state: (textAt(phase, 'state') ?? 'unstarted').replace('_', '-'),
        node: textAt(phase, 'data', 'server', 'advertise_ip'),
        requires: textsAt(phase, 'requires'),
        updatedAt: textAt(phase, 'updated'),
        error: textAt(phase, 'error', 'message'),
      }),
    }))

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const isDocument =
    hasLong(argv, 'output') || hasLong(argv, 'format') || /^\s*\{/.test(stdout) || /^phases:/m.test(stdout)
  const rows = isDocument ? documentRows(stdout) : textRows(stdout)
  return rows.length === 0 ? nothing : listFact('gravityPhases', rows)
}

const valueOptions = ['--state-dir', '--operation-id', '--output', '-o', '--phase']

const acts = ['execute', 'rollback', 'resume', 'complete', 'set', 'init']

/** The plan of an install, upgrade, join or removal: `gravity plan`, its short form, JSON and YAML, with the reason of a failure. */
export const gravityPlan: Parser = {
  name: 'gravity-plan',
  gives: ['gravityPhases'],
  recognises: argv => {
    const [verb, act = ''] = argv[0] === 'gravity' ? operandsOf(argv, valueOptions) : []
    return verb === 'plan' && !acts.includes(act)
  },
  recognisesText: text => /^Phase\s+(?:Description\s+)?State\s+(?:Node\s+Requires\s+)?Updated/m.test(text),
  parse,
}
