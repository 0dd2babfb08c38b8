import type { Frame, ScanState } from './scan-state.ts'

const stops: Readonly<Partial<Record<Frame, RegExp>>> = {
  single: /'/g,
  ansi: /[\\']/g,
  double: /[\\"$`]/g,
  parameter: /[\\}"'$`]/g,
}

const opens = (text: string, at: number): readonly [frame: Frame, length: number] | undefined => {
  const two = text.slice(at, at + 2)
  if (two === '$(') return text[at + 2] === '(' ? ['arithmetic', 3] : ['paren', 2]
  if (two === '${') return ['parameter', 2]
  if (text[at] === '`') return ['backtick', 1]
  return undefined
}

/** Opens what begins with `$` or a backtick at an offset, if anything does; gives the offset behind it. */
export const openExpansion = (state: ScanState, text: string, at: number): number => {
  const opened = opens(text, at)
  if (opened === undefined) return at + 1
  const [frame, length] = opened
  state.frames.push(frame)
  if (frame === 'arithmetic') state.frames.push(frame)
  if (frame !== 'parameter') state.atCommand = true
  return at + length
}

const closersOf: Readonly<Partial<Record<Frame, string>>> = {
  single: "'",
  ansi: "'",
  double: '"',
  parameter: '}',
}

/** Goes on inside quotes or `${…}` from an offset to the next character that matters; gives the offset behind it. */
export const scanQuoted = (state: ScanState, text: string, at: number): number => {
  const frame = state.frames.at(-1) ?? 'single'
  const stop = stops[frame]
  if (stop === undefined) return text.length
  stop.lastIndex = at
  const found = stop.exec(text)
  if (found === null) return text.length
  const [character] = found
  if (character === '\\') return Math.min(text.length, found.index + 2)
  if (character === closersOf[frame]) {
    state.frames.pop()
    return found.index + 1
  }
  if (character === '$' || character === '`') return openExpansion(state, text, found.index)
  state.frames.push(character === '"' ? 'double' : 'single')
  return found.index + 1
}
