import { windowTop } from '../../layout/window-rows.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { cellWidth, graphemes } from '../cells.ts'
import { clipRow, fitRow } from '../fit-row.ts'
import { fieldRow } from '../present-field.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { type Row, span } from '../span.ts'
import { wrapText } from '../wrap-row.ts'

type Variables = Extract<Overlay, { kind: 'variables' }>

/** The form for placeholders: a row for each, the chosen one with its cursor and with what the runbook says about it. */
export const presentVariables = (
  { asked, at, intent }: Variables,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const longest = Math.min(24, Math.max(...asked.map(entry => cellWidth(entry.name))))
  const { about = '', suggestions = [] } = asked[at] ?? {}
  const head = wrapText(
    intent === undefined
      ? 'Values that the commands of this step use'
      : 'The command needs these values before it can run',
    width,
    'dim',
  )
  const foot = [
    ...wrapText(about === '' ? 'The runbook says nothing about this value.' : about, width, 'dim'),
    ...(suggestions.length === 0
      ? []
      : [clipRow([span('Suggested  ', 'accent'), span(suggestions.join(' · '))], width)]),
  ]
  const room = Math.max(1, height - head.length - foot.length)
  const top = windowTop({ count: asked.length, height: room, selected: at })
  return [
    ...head,
    [],
    ...asked.slice(top, top + room).map(({ name, field: given, isSecret }, place): Row => {
      const field = isSecret ? { ...given, text: glyphs.masked.repeat(graphemes(given.text).length) } : given
      const isHere = top + place === at
      const label = [
        span(isHere ? `${glyphs.selected} ` : '  ', 'accent'),
        ...fitRow([span(name, isHere ? 'selected' : 'plain')], longest),
      ]
      const valueWidth = width - longest - 4
      const value = isHere
        ? fieldRow('', field, valueWidth)
        : [span(' '), span(field.text === '' ? glyphs.dash : field.text, 'dim')]
      return fitRow([...label, span(' '), ...value], width)
    }),
    [],
    ...foot,
  ]
}
