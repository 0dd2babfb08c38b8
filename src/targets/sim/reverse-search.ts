import type { Interface, Key } from 'node:readline'

/** A line of the history that holds what is looked for, and where in it that stands. */
export type HistoryHit = { readonly at: number; readonly line: string; readonly column: number }

/** The newest line before a place of the history (oldest first) that holds a text; `undefined` when none does. */
export const searchBack = (
  history: readonly string[],
  wanted: string,
  before: number,
): HistoryHit | undefined => {
  const at = history.slice(0, Math.max(0, before)).findLastIndex(line => line.includes(wanted))
  const line = history[at]
  return line === undefined ? undefined : { at, line, column: line.lastIndexOf(wanted) }
}

/** A search that is under way. */
type Search = {
  readonly wanted: string
  readonly hit: HistoryHit | undefined
  readonly isFailing: boolean
  /** What stood there before. */
  readonly prompt: string
  readonly begun: string
}

/** The reader with what it lets be replaced of its dealing with keys, as Node's own REPL replaces it. */
type KeyedReader = Interface & {
  line: string
  cursor: number
  _ttyWrite: (text: string | undefined, key: Key) => void
}

const isText = (text: string | undefined, key: Key): text is string =>
  text !== undefined && text >= ' ' && text !== '\x7f' && key.ctrl !== true && key.meta !== true

const isControl = (key: Key, name: string): boolean => key.ctrl === true && key.name === name

/** The lines that are searched, oldest first, and whether a line is wanted now. */
export type SearchMeans = { readonly history: readonly string[]; readonly isReading: () => boolean }

class ReverseSearch {
  private search: Search | undefined
  private readonly reader: KeyedReader
  private readonly write: KeyedReader['_ttyWrite']
  private readonly means: SearchMeans

  constructor(reader: KeyedReader, means: SearchMeans) {
    this.reader = reader
    this.means = means
    this.write = reader._ttyWrite.bind(reader)
  }

  private draw(prompt: string, line: string, column: number): void {
    this.reader.setPrompt(prompt)
    this.reader.line = line
    this.reader.cursor = column
    this.reader.prompt(true)
  }

  private show(search: Search): void {
    const { hit, isFailing, wanted } = search
    this.search = search
    const prompt = `(${isFailing ? 'failed ' : ''}reverse-i-search)\`${wanted}': `
    this.draw(prompt, hit?.line ?? '', hit?.column ?? 0)
  }

  private look(search: Search, wanted: string, before: number): void {
    const hit = wanted === '' ? undefined : searchBack(this.means.history, wanted, before)
    this.show({ ...search, wanted, hit: hit ?? search.hit, isFailing: hit === undefined && wanted !== '' })
  }

  private end({ prompt }: Search, line: string, column: number): void {
    this.search = undefined
    this.draw(prompt, line, column)
  }

  private continue(search: Search, text: string | undefined, key: Key): void {
    const { begun, hit, wanted } = search
    const newest = this.means.history.length
    if (isControl(key, 'r')) this.look(search, wanted, hit?.at ?? newest)
    else if (isText(text, key)) this.look(search, wanted + text, (hit?.at ?? newest) + 1)
    else if (key.name === 'backspace') this.look({ ...search, hit: undefined }, wanted.slice(0, -1), newest)
    else if (isControl(key, 'g')) this.end(search, begun, begun.length)
    else {
      this.end(search, hit?.line ?? begun, hit?.column ?? begun.length)
      if (key.name !== 'escape') this.write(text, key)
    }
  }

  press(text: string | undefined, key: Key): void {
    if (this.search !== undefined) this.continue(this.search, text, key)
    else if (isControl(key, 'r') && this.means.isReading()) {
      const { line: begun } = this.reader
      this.show({ wanted: '', hit: undefined, isFailing: false, prompt: this.reader.getPrompt(), begun })
    } else this.write(text, key)
  }
}

/**
 * Ctrl-R as in bash: what is typed then is looked for in the lines before, Ctrl-R again goes to an older one, Enter runs what was
 * found, Ctrl-G gives up, any other key takes it over to be changed.
 */
export const withReverseSearch = (reader: Interface, means: SearchMeans): void => {
  const keyed = reader as KeyedReader
  // A Node without it has the shell without the search.
  if (typeof keyed._ttyWrite !== 'function') return
  const search = new ReverseSearch(keyed, means)
  keyed._ttyWrite = (text, key) => search.press(text, key)
}
