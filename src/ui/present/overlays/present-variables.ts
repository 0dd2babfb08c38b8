import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { cellWidth, graphemes } from '../cells.ts'
import { clipRow, fitRow } from '../fit-row.ts'
import { fieldRow } from '../present-field.ts'
import { type Row, row, span } from '../span.ts'

type Variables = Extract<Overlay, { kind: 'variables' }>

/** The form for placeholders: a row for each, the chosen one with its cursor and with what the runbook says about it. */
export const presentVariables = ({ asked, at, intent }: Variables, width: number): readonly Row[] => {
  const longest = Math.min(24, Math.max(...asked.map(entry => cellWidth(entry.name))))
  const { about = '', suggestions = [] } = asked[at] ?? {}
  return [
    row(
      intent === undefined
        ? 'Values that the commands of this step use'
        : 'The command needs these values before it can run',
      'dim',
    ),
    [],
    ...asked.map(({ name, field: given, isSecret }, index): Row => {
      const field = isSecret ? { ...given, text: glyphs.masked.repeat(graphemes(given.text).length) } : given
      const isHere = index === at
      const label = [
        span(isHere ? `${glyphs.selected} ` : '  ', 'accent'),
        ...fitRow([span(name, isHere ? 'selected' : 'plain')], longest),
      ]
      const room = width - longest - 4
      const value = isHere
        ? fieldRow('', field, room)
        : [span(' '), span(field.text === '' ? glyphs.dash : field.text, 'dim')]
      return fitRow([...label, span(' '), ...value], width)
    }),
    [],
    row(about === '' ? 'The runbook says nothing about this value.' : about, 'dim'),
    ...(suggestions.length === 0
      ? []
      : [clipRow([span('Suggested  ', 'accent'), span(suggestions.join(' · '))], width)]),
  ]
}
