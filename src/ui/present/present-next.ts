import { windowTop } from '../layout/window-rows.ts'
import type { Choice, Standing } from '../scene/choices.ts'
import { glyphs } from '../theme/glyphs.ts'
import { cellWidth } from './cells.ts'
import { fitRow } from './fit-row.ts'
import { type Row, span } from './span.ts'
import type { Word } from './words.ts'

/** What the list of ways on shows. `selected` is absent while the keys are elsewhere. */
export type NextList = {
  readonly choices: readonly Choice[]
  readonly selected: number | undefined
  readonly width: number
  readonly height: number
}

/** A title gets at most so much of the width, and the less of it where the words on when to go there need the room. */
const titleShare = { most: 0.4, least: 0.3 }
/** Columns of what stands beside the title, the standing and the words: signs and gaps. */
const besides = 10

const titleWidthOf = (choices: readonly Choice[], room: number, width: number): number => {
  const longest = Math.max(8, ...choices.map(choice => cellWidth(choice.title)))
  const label = Math.max(...choices.map(choice => cellWidth(choice.label)))
  const least = Math.max(12, Math.floor(width * titleShare.least))
  const most = Math.max(least, Math.floor(width * titleShare.most))
  return Math.min(longest, most, Math.max(least, room - label))
}

/** The sign and the word of a standing. */
export const standingWords: Readonly<Record<Standing, Word>> = {
  recommended: { sign: glyphs.recommended, text: 'recommended', tone: 'good' },
  holds: { sign: glyphs.good, text: 'also fits', tone: 'plain' },
  'ruled-out': { sign: glyphs.untouched, text: 'ruled out', tone: 'dim' },
  unknown: { sign: glyphs.unknown, text: 'unknown', tone: 'warn' },
  open: { sign: glyphs.untouched, text: 'unchecked', tone: 'dim' },
  choice: { sign: glyphs.separator, text: 'your choice', tone: 'accent' },
  free: { sign: ' ', text: '', tone: 'dim' },
}

/** When to go there in the author's words, then what speaks for it or against it: what is cut is the evidence. */
export const reasonOf = ({ standing, because, label }: Choice): string => {
  const evidence = standing === 'choice' ? '' : because
  return [label, evidence].filter(text => text !== '').join(` ${glyphs.dash} `)
}

const titleTone = ({ standing }: Choice, isSelected: boolean): 'selected' | 'dim' | 'plain' => {
  if (isSelected || standing === 'recommended') return 'selected'
  return standing === 'ruled-out' ? 'dim' : 'plain'
}

type Columns = { readonly title: number; readonly standing: number }

const rowOf = (choice: Choice, isSelected: boolean, columns: Columns): Row => {
  const { sign, text, tone } = standingWords[choice.standing]
  const reason = reasonOf(choice)
  return [
    span(isSelected ? `${glyphs.selected} ` : '  ', 'accent'),
    span(`${choice.key.padEnd(1)} `, 'accent'),
    span(`${sign} `, tone),
    ...fitRow([span(choice.title, titleTone(choice, isSelected))], columns.title),
    ...(columns.standing === 0 ? [] : [span('  '), ...fitRow([span(text, tone)], columns.standing)]),
    ...(reason === '' ? [] : [span(`  ${reason}`, 'dim')]),
  ]
}

/** The rows of the ways on that are in view: key, title, standing and the reason for it. */
export const presentNext = ({ choices, selected, width, height }: NextList): readonly Row[] => {
  const standing = Math.max(...choices.map(choice => standingWords[choice.standing].text.length))
  const columns = { title: titleWidthOf(choices, width - standing - besides, width), standing }
  const recommended = choices.findIndex(choice => choice.standing === 'recommended')
  const top = windowTop({ count: choices.length, height, selected: selected ?? Math.max(0, recommended) })
  return choices
    .slice(top, top + height)
    .map((choice, at) => fitRow(rowOf(choice, top + at === selected, columns), width))
}
