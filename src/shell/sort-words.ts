import type { Field } from './field.ts'
import { namesOf } from './names-of.ts'
import type { OptionUse, Tool } from './tool.ts'

/** Words of a call sorted into options and operands; those behind `--` are operands too, and `rest`. `uncertain` when a word that cannot be resolved may be an option. */
export type SortedWords = {
  readonly options: readonly OptionUse[]
  readonly operands: readonly Field[]
  readonly rest: readonly Field[] | undefined
  readonly uncertain: boolean
}

type Cursor = { readonly words: readonly Field[]; readonly at: number }
type Taken = { readonly options: readonly OptionUse[]; readonly next: number; readonly uncertain: boolean }

/** Sorts a call's words by what the tool's table says of options that take a value. */
export const sortWords = (tool: Tool, words: readonly Field[]): SortedWords => {
  const table = { valued: namesOf(tool.valued), attached: namesOf(tool.attached) }
  const options: OptionUse[] = []
  const operands: Field[] = []
  let uncertain = false
  for (let at = 0; at < words.length; ) {
    const word = words[at]
    if (word === undefined) break
    if (word.text === '--') {
      const rest = words.slice(at + 1)
      return { options, operands: [...operands, ...rest], rest, uncertain }
    }
    if (!word.prefix.startsWith('-') || word.text === '-') {
      if (tool.optionsFirst === true)
        return {
          options,
          operands: words.slice(at),
          rest: undefined,
          uncertain: uncertain || (word.text === undefined && word.prefix === ''),
        }
      operands.push(word)
      uncertain ||= word.text === undefined && word.prefix === ''
      at += 1
      continue
    }
    const take = tool.wordOptions === true ? takeWord : takePosix
    const taken = take({ words, at }, table)
    options.push(...taken.options)
    uncertain ||= taken.uncertain
    at = taken.next
  }
  return { options, operands, rest: undefined, uncertain }
}

type Take = (cursor: Cursor, table: ValueTable) => Taken

/** Options that take the next word, and letters that take only the rest of their own. */
type ValueTable = { readonly valued: ReadonlySet<string>; readonly attached: ReadonlySet<string> }

const takePosix: Take = (cursor, table) =>
  cursor.words[cursor.at]?.prefix.startsWith('--') ? takeWord(cursor, table) : takeCluster(cursor, table)

/** `--name`, `--name=value`, `--name value`; also `-name` where a dash begins a word. */
const takeWord: Take = ({ words, at }, { valued }) => {
  const word = words[at]
  const known = word?.text ?? word?.prefix ?? ''
  const equals = known.indexOf('=')
  if (equals > 0) {
    const value = word && { ...word, text: word.text?.slice(equals + 1), prefix: known.slice(equals + 1) }
    return { options: [{ name: known.slice(0, equals), value }], next: at + 1, uncertain: false }
  }
  const takes = valued.has(known)
  return {
    options: [{ name: known, value: takes ? words[at + 1] : undefined }],
    next: at + (takes ? 2 : 1),
    uncertain: word?.text === undefined,
  }
}

/** `-abc` is `-a -b -c`; a letter that takes a value takes the rest of the word or the next word. */
const takeCluster: Take = ({ words, at }, { valued, attached }) => {
  const word = words[at]
  const letters = (word?.text ?? word?.prefix ?? '').slice(1)
  const options: OptionUse[] = []
  for (const [index, letter] of [...letters].entries()) {
    const name = `-${letter}`
    const own = letters.slice(index + 1)
    if (!valued.has(name) && !attached.has(name)) {
      options.push({ name, value: undefined })
      continue
    }
    if (own === '' && attached.has(name))
      return {
        options: [...options, { name, value: undefined }],
        next: at + 1,
        uncertain: word?.text === undefined,
      }
    if (own === '' && word?.text !== undefined)
      return { options: [...options, { name, value: words[at + 1] }], next: at + 2, uncertain: false }
    const value = word && { ...word, text: word.text === undefined ? undefined : own, prefix: own }
    return { options: [...options, { name, value }], next: at + 1, uncertain: false }
  }
  return { options, next: at + 1, uncertain: word?.text === undefined }
}
