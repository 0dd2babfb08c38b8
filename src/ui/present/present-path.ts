import { windowTop } from '../layout/window-rows.ts'
import type { PathEntry } from '../scene/path-entries.ts'
import type { PathState } from '../scene/step-states.ts'
import { glyphs } from '../theme/glyphs.ts'
import { fitRow } from './fit-row.ts'
import { type Row, span } from './span.ts'
import type { Word } from './words.ts'

/** What the path shows. `selected` is absent while the keys are elsewhere. */
export type PathList = {
  readonly entries: readonly PathEntry[]
  readonly selected: number | undefined
  readonly width: number
  readonly height: number
}

const signs: Readonly<Record<PathState, Omit<Word, 'text'>>> = {
  here: { sign: glyphs.here, tone: 'accent' },
  trouble: { sign: glyphs.bad, tone: 'bad' },
  clear: { sign: glyphs.good, tone: 'good' },
  seen: { sign: glyphs.untouched, tone: 'dim' },
  ahead: { sign: ` ${glyphs.lastBranch}`, tone: 'dim' },
}

const tones: Readonly<Record<PathState, 'selected' | 'plain' | 'dim'>> = {
  here: 'selected',
  trouble: 'plain',
  clear: 'plain',
  seen: 'plain',
  ahead: 'dim',
}

const signOf = (entries: readonly PathEntry[], at: number): Omit<Word, 'text'> => {
  const state = entries[at]?.state ?? 'seen'
  const isLast = at === entries.length - 1
  return state === 'ahead' && !isLast ? { sign: ` ${glyphs.teeRight}`, tone: 'dim' } : signs[state]
}

/** The rows of the path that are in view: visited steps, the current one, and its branches below it. */
export const presentPath = ({ entries, selected, width, height }: PathList): readonly Row[] => {
  const here = entries.findIndex(entry => entry.state === 'here')
  const top = windowTop({ count: entries.length, height, selected: selected ?? here })
  return entries.slice(top, top + height).map((entry, at) => {
    const { sign, tone } = signOf(entries, top + at)
    const isSelected = top + at === selected
    const mark = isSelected ? span(`${glyphs.selected} `, 'accent') : span(`${sign} `, tone)
    return fitRow([mark, span(entry.title, isSelected ? 'selected' : tones[entry.state])], width)
  })
}
