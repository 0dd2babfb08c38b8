import type { StepLayout } from '../layout/arrange-step.ts'
import { glyphs } from '../theme/glyphs.ts'
import { type Row, row } from './span.ts'

/** The column between the left side and the rest, with joints where rules meet it. */
export const presentDivider = ({ divider, rules }: StepLayout): readonly Row[] => {
  if (divider === undefined) return []
  return Array.from({ length: divider.height }, (_, at) => {
    const y = divider.y + at
    const isLeft = rules.some(rule => rule.y === y && rule.x < divider.x)
    const isRight = rules.some(rule => rule.y === y && rule.x > divider.x)
    if (at === 0) return row(glyphs.teeDown, 'rule')
    if (isLeft && isRight) return row(glyphs.cross, 'rule')
    return row(isLeft ? glyphs.teeLeft : isRight ? glyphs.teeRight : glyphs.vertical, 'rule')
  })
}
