import { glyphs } from '../theme/glyphs.ts'

/** A command as one row: its line ends as a sign, tabs as spaces, other control characters as a question mark. */
export const oneLine = (line: string): string =>
  line
    .replace(/\s*\n\s*/g, ` ${glyphs.return} `)
    .replace(/\t/g, ' ')
    .replace(/[\x00-\x1f\x7f-\x9f]/g, glyphs.unknown)
