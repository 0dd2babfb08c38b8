import type { Rectangle } from '../layout/rectangle.ts'
import type { Row } from './span.ts'
import { wrapText } from './wrap-row.ts'

const sentence =
  'Choose what to look into and press Enter. Commands that only read run at once; everything else asks first.'

/** The sentences at the top of the home screen, as far as there is room. */
export const presentIntro = ({ width, height }: Rectangle): readonly Row[] => {
  if (height < 3) return []
  return [[], ...wrapText(sentence, width).slice(0, height - 2)]
}
