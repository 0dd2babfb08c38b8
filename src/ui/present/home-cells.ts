import { formatCounted } from '../../base/index.ts'
import type { SessionSummary } from '../../runtime/index.ts'
import type { HomeEntry } from '../scene/home-entries.ts'
import { glyphs } from '../theme/glyphs.ts'

/** What a line of the home list says: its name, more about it, and remarks, tried from the longest to the shortest. */
export type HomeCells = { readonly name: string; readonly about: string; readonly right: readonly string[] }

/** An instant as date and minute, in universal time as journals have it. */
const formatInstant = (instant: string): string => instant.slice(0, 16).replace('T', ' ')

const statusTexts: Readonly<Record<SessionSummary['status'], string>> = {
  healthy: `${glyphs.good} healthy`,
  resolved: `${glyphs.good} resolved`,
  'problem-found': `${glyphs.bad} problem found`,
  escalated: `${glyphs.warn} escalated`,
  asked: `${glyphs.unknown} stopped to ask`,
  failed: `${glyphs.bad} failed`,
  interrupted: `${glyphs.warn} interrupted`,
  left: `${glyphs.untouched} left`,
  open: `${glyphs.waiting} still open`,
}

const sessionText = ({ header, status, commands }: SessionSummary): string =>
  `${statusTexts[status]}  ${header.target}  ${formatCounted(commands, 'command')}`

const drillCells = ({ drill, isOffered }: Extract<HomeEntry, { kind: 'drill' }>): HomeCells => {
  const { title, level, layer, parMinutes, best } = drill
  const score = best === undefined ? [] : [`best ${best}`]
  const short = [...(isOffered ? ['next for you'] : score), `level ${level}`]
  const full = [
    ...(isOffered ? ['next for you'] : []),
    ...score,
    layer,
    `${parMinutes} min`,
    `level ${level}`,
  ]
  const join = (parts: readonly string[]): string => parts.join(` ${glyphs.separator} `)
  return { name: title, about: '', right: [join(full), join(short), `level ${level}`] }
}

/** The texts of a line of the home list. */
export const homeCells = (entry: HomeEntry): HomeCells => {
  switch (entry.kind) {
    case 'runbook': {
      const { title, summary, steps } = entry.runbook
      return { name: title, about: summary ?? '', right: [formatCounted(steps, 'step')] }
    }
    case 'symptom':
      return { name: entry.say, about: '', right: entry.title === undefined ? [] : [entry.title] }
    case 'drill':
      return drillCells(entry)
    case 'session': {
      const { summary, title } = entry
      return {
        name: `${formatInstant(summary.header.startedAt)}  ${title}`,
        about: '',
        right: [sessionText(summary), statusTexts[summary.status]],
      }
    }
  }
}
