import { type Alphabet, alphabetOf, childOf, growTrie } from './literal-trie.ts'

/** Tells which of many texts occur in a line: gives each index at most once, in no order. Letters count without case. */
export type LiteralFinder = (line: string) => readonly number[]

const FIRST_ROWS = 256

const none: readonly number[] = []

const joined = (own: readonly number[] | undefined, more: readonly number[] | undefined) =>
  own === undefined || more === undefined ? (own ?? more) : [...own, ...more]

/** An automaton (Aho–Corasick) that finds out where a letter leads when it first comes: most inputs see few of its many states. */
class Automaton {
  readonly alphabet: Alphabet
  /** A row for each state that was seen. An entry is 0 until it is known; then the next row and one, negative where texts end there. */
  table: Int32Array
  /** The state of each row, and the row of each state that has one, by one more. */
  private readonly states: number[] = [0]
  private readonly rowOf: Int32Array
  private readonly trie: ReturnType<typeof growTrie>
  private readonly fallbacks: Int32Array

  constructor(texts: readonly string[]) {
    this.alphabet = alphabetOf(texts)
    this.trie = growTrie(texts, this.alphabet)
    const count = this.trie.letter.length
    this.fallbacks = new Int32Array(count)
    this.rowOf = new Int32Array(count)
    this.rowOf[0] = 1
    this.table = new Int32Array(FIRST_ROWS * this.alphabet.size)
  }

  /** The texts that end in the state of a row. */
  endsAt(row: number): readonly number[] {
    return this.trie.ends[this.states[row / this.alphabet.size] ?? 0] ?? none
  }

  /** Finds out an entry of the table. */
  learn(row: number, code: number): number {
    const next = this.follow(this.states[row / this.alphabet.size] ?? 0, code)
    const place = this.placeOf(next) * this.alphabet.size + 1
    const entry = this.trie.ends[next] === undefined ? place : -place
    this.table[row + code] = entry
    return entry
  }

  private placeOf(state: number): number {
    const known = this.rowOf[state] ?? 0
    if (known > 0) return known - 1
    this.states.push(state)
    this.rowOf[state] = this.states.length
    const needed = this.states.length * this.alphabet.size
    if (needed > this.table.length) {
      const larger = new Int32Array(2 * this.table.length)
      larger.set(this.table)
      this.table = larger
    }
    return this.states.length - 1
  }

  private stateAfter(state: number, code: number): number {
    const row = this.placeOf(state) * this.alphabet.size
    const entry = this.table[row + code] || this.learn(row, code)
    return this.states[(Math.abs(entry) - 1) / this.alphabet.size] ?? 0
  }

  private follow(state: number, code: number): number {
    const { trie, fallbacks } = this
    const child = childOf(trie, state, code)
    // The state of the longest end of what was read that begins a text too.
    const shorter = state === 0 ? 0 : this.stateAfter(fallbacks[state] ?? 0, code)
    if (child === 0) return shorter
    fallbacks[child] = shorter
    trie.ends[child] = joined(trie.ends[child], trie.ends[shorter])
    return child
  }
}

/** Builds a finder of texts in small letters, none empty; it looks at each character of a line once. */
export const createLiteralFinder = (texts: readonly string[]): LiteralFinder => {
  const automaton = new Automaton(texts)
  const { classOf } = automaton.alphabet
  return line => {
    let { table } = automaton
    let found: Set<number> | undefined
    let row = 0
    for (let index = 0; index < line.length; index += 1) {
      const code = classOf[line.charCodeAt(index)] ?? 0
      let entry = table[row + code] ?? 0
      if (entry === 0) {
        entry = automaton.learn(row, code)
        table = automaton.table
      }
      if (entry > 0) {
        row = entry - 1
        continue
      }
      row = -entry - 1
      found ??= new Set()
      for (const text of automaton.endsAt(row)) found.add(text)
    }
    return found === undefined ? none : [...found]
  }
}
