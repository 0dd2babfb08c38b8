import { formatCounted } from '../../base/index.ts'
import { keyOf } from '../keys/key-of.ts'
import type { HomeEntry } from '../scene/home-entries.ts'
import type { AppServices } from '../services.ts'
import { glyphs } from '../theme/glyphs.ts'
import { type Row, row, span } from './span.ts'
import { wrapRow, wrapText } from './wrap-row.ts'

const listed = (title: string, items: readonly string[], width: number): readonly Row[] =>
  items.length === 0
    ? []
    : [
        [],
        row(title, 'dim'),
        ...items.flatMap(item => wrapRow(row(`${glyphs.bullet} ${item}`), { width, hang: '  ' })),
      ]

const runbookRows = (name: string, services: AppServices, width: number): readonly Row[] => {
  const tree = services.context.library.trees.get(name)
  if (tree === undefined) return []
  const commands = tree.steps.reduce((sum, step) => sum + step.commands.length, 0)
  return [
    ...wrapText(tree.title, width, 'strong'),
    [],
    ...(tree.summary === undefined ? [] : [...wrapText(tree.summary, width), []]),
    row(`${formatCounted(tree.steps.length, 'step')}, ${formatCounted(commands, 'command')}`, 'dim'),
    ...listed(
      'Asks for',
      tree.variables.map(v => (v.about === undefined ? v.name : `${v.name}: ${v.about}`)),
      width,
    ),
    ...listed('Needs', tree.requires.length === 0 ? [] : [tree.requires.join(', ')], width),
  ]
}

const sessionRows = (entry: Extract<HomeEntry, { kind: 'session' }>, width: number): readonly Row[] => {
  const { header, steps, commands, path } = entry.summary
  return [
    ...wrapText(entry.title, width, 'strong'),
    [],
    row(`${formatCounted(steps, 'step')}, ${formatCounted(commands, 'command')} on ${header.host}`),
    ...(header.readOnly ? [row('read-only')] : []),
    [],
    [span('journal', 'dim')],
    ...wrapText(path, width, 'dim'),
  ]
}

const drillRows = (
  entry: Extract<HomeEntry, { kind: 'drill' }>,
  services: AppServices,
  width: number,
): readonly Row[] => {
  const { title, level, levelMeans, layer, parMinutes, world, best } = entry.drill
  const score = best === undefined ? 'You have not finished it yet.' : `Your best score is ${best} of 100.`
  return [
    ...wrapText(title, width, 'strong'),
    [],
    ...wrapText(`Level ${level}: ${levelMeans}.`, width),
    ...wrapText(`A fault in the layer ${layer} of a simulated ${world} cluster.`, width),
    ...wrapText(`A practised engineer takes ${parMinutes} minutes of its time. ${score}`, width),
    [],
    ...wrapText(
      `${keyOf(services, 'home-open')} shows what the pager says. Find the cause and repair it: in the runbook, in a shell, or both. Nothing real can break.`,
      width,
      'dim',
    ),
  ]
}

/** What the chosen entry of the home screen is about. */
export const presentPreview = (
  entry: HomeEntry | undefined,
  services: AppServices,
  width: number,
): readonly Row[] => {
  if (entry === undefined) return []
  if (entry.kind === 'session') return sessionRows(entry, width)
  if (entry.kind === 'drill') return drillRows(entry, services, width)
  const name = entry.kind === 'runbook' ? entry.runbook.name : entry.ref.runbook
  return runbookRows(name, services, width)
}
