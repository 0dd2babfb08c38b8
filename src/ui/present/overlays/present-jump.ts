import { formatCounted } from '../../../base/index.ts'
import { findStep } from '../../../session/index.ts'
import { clamp, windowTop } from '../../layout/window-rows.ts'
import { mostHits, type SearchEntry, searchEntries } from '../../scene/search-entries.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import { glyphs } from '../../theme/glyphs.ts'
import { clipRow, fitRow, spreadRow } from '../fit-row.ts'
import { oneLine } from '../one-line.ts'
import { fieldRow } from '../present-field.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import { presentPreview } from '../present-preview.ts'
import { type Row, row, span } from '../span.ts'
import { wrapText } from '../wrap-row.ts'

const mostRows = 22

/** From this width on the chosen entry is told beside the list. */
const previewFrom = 90
const separator = 3

type Jump = Extract<Overlay, { kind: 'jump' }>

const entryRow = ({ kind, name, where }: SearchEntry, isChosen: boolean, width: number): Row => {
  const left = [
    span(isChosen ? `${glyphs.selected} ` : '  ', 'accent'),
    span(name, isChosen ? 'selected' : 'plain'),
  ]
  const said = kind === 'step' ? where : `${kind} ${glyphs.separator} ${where}`
  return spreadRow({ left, right: clipRow([span(said, 'dim')], Math.floor(width / 3)), width })
}

const stepRows = ({ ref }: SearchEntry, { services, markdown }: Moment, width: number): readonly Row[] => {
  const step = ref && findStep(services.context.library, ref)
  if (step === undefined) return []
  const commands = step.commands.map(
    ({ run }): Row => clipRow([span('$ ', 'dim'), span(oneLine(run))], width),
  )
  return [
    ...wrapText(step.title, width, 'strong'),
    [],
    ...commands.slice(0, 6),
    [],
    ...markdown(step.explanation, width),
  ]
}

const causeRows = ({ cause = '', ref }: SearchEntry, { services }: Moment, width: number): readonly Row[] => {
  const { knowledge, library } = services.context
  const known = knowledge.causes.get(cause)
  const step = ref && findStep(library, ref)
  return [
    ...wrapText(known?.title ?? cause, width, 'strong'),
    [],
    ...wrapText(known?.meaning ?? '', width),
    [],
    ...wrapText(
      step === undefined ? 'No runbook here goes on from it.' : `Goes on at: ${step.title}`,
      width,
      'dim',
    ),
  ]
}

const previewRows = (entry: SearchEntry | undefined, moment: Moment, width: number): readonly Row[] => {
  if (entry === undefined) return []
  if (entry.home !== undefined) return presentPreview(entry.home, moment.services, width)
  return entry.kind === 'cause' ? causeRows(entry, moment, width) : stepRows(entry, moment, width)
}

const countWords = (count: number, wanted: string): string => {
  if (count === 0) return 'Nothing holds these words. Try fewer words, or a part of one.'
  const isCut = count === mostHits && wanted.trim() !== ''
  return isCut ? `The best ${count} hits. A further word leaves fewer.` : formatCounted(count, 'hit')
}

/** The search: the field, how many fit, the best of them, and beside them what the chosen one is about. */
export const presentJump = (
  { field, selected }: Jump,
  moment: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const found = searchEntries(moment, field.text)
  const listHeight = clamp(height - 2, 1, mostRows)
  const chosen = clamp(selected, 0, found.length - 1)
  const top = windowTop({ count: found.length, height: listHeight, selected: chosen })
  const listWidth = width < previewFrom ? width : Math.floor(width * 0.55)
  const rows = found
    .slice(top, top + listHeight)
    .map((entry, at) => entryRow(entry, top + at === chosen, listWidth))
  const preview =
    listWidth === width ? undefined : previewRows(found[chosen], moment, width - listWidth - separator)
  const said = countWords(found.length, field.text)
  const lines = Array.from({ length: listHeight }, (_, at): Row => {
    const line = rows[at] ?? []
    if (preview === undefined) return line
    return [...fitRow(line, listWidth), span(` ${glyphs.vertical} `, 'rule'), ...(preview[at] ?? [])]
  })
  return [fieldRow('/', field, width), row(said, 'dim'), ...lines]
}
