/** Takes signs off both ends of a text. A pattern would take quadratic time on long runs of them in the middle. */
export const trimSigns = (text: string, leading: string, trailing: string): string => {
  let from = 0
  let to = text.length
  while (from < to && leading.includes(text[from] ?? '')) from += 1
  while (to > from && trailing.includes(text[to - 1] ?? '')) to -= 1
  return text.slice(from, to)
}

/** A text on one line, its blanks single. */
export const oneLine = (text: string): string =>
  text
    .split(/\s/)
    .filter(word => word !== '')
    .join(' ')
