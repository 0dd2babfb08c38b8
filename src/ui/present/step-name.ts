import type { Step } from '../../tree/index.ts'

/** A step's title with its section number in front, unless the title begins with it. */
export const stepName = ({ number, title }: Pick<Step, 'number' | 'title'>): string =>
  number === undefined || title.startsWith(number) ? title : `${number} ${title}`
