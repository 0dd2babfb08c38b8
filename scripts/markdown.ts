/** Stands in every generated document. */
export const note = '<!-- Made by "npm run docs" from the tables that the program uses. -->'

const escapeCell = (text: string): string => text.replaceAll('|', '\\|')

/** A Markdown table of titles and rows. */
export const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows].map(row => `| ${row.map(escapeCell).join(' | ')} |`).join('\n')
