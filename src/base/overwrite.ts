const LONGEST_CODE = 68

const colour = /\x1b\[[0-9;:]*m/g
const colourAtEnd = /\x1b\[[0-9;:]*m$/
const lastCharacter = /[\s\S]$/u

/** The colours that hold at the end of a text: its codes since the last reset, each once. */
export const coloursOf = (text: string): string => {
  const codes = text.match(colour) ?? []
  const reset = codes.findLastIndex(code => code === '\x1b[0m' || code === '\x1b[m')
  return [...new Set(codes.slice(Math.max(reset, 0)))].join('')
}

/** A text without its last `count` characters; its colour codes stay. */
export const takeBack = (text: string, count: number): string => {
  let kept = ''
  let rest = text
  for (let left = count; left > 0 && rest !== ''; ) {
    const tail = rest.slice(-LONGEST_CODE)
    const code = colourAtEnd.exec(tail)?.[0]
    const cut = code ?? lastCharacter.exec(tail)?.[0] ?? ''
    rest = rest.slice(0, -cut.length)
    if (code === undefined) left -= 1
    else kept = code + kept
  }
  return rest + kept
}
