/** Tells which of many texts occur in a line: gives each index at most once, in no order. Letters count without case. */
export type LiteralFinder = (line: string) => readonly number[]

/** A state of the automaton while it is built: where each character leads, and which texts end here. */
type State = { readonly next: Map<number, number>; ends: readonly number[]; fallback: number }

// Letters that occur in no text share class 0, as does all that is not ASCII: it leads back to the beginning.
type Alphabet = { readonly size: number; readonly classOf: Uint8Array }

const isCapital = (code: number): boolean => code >= 65 && code <= 90

const alphabetOf = (texts: readonly string[]): Alphabet => {
  const classOf = new Uint8Array(128)
  let size = 1
  for (const letter of new Set(texts.join(''))) {
    classOf[letter.charCodeAt(0)] = size
    size += 1
  }
  for (let code = 0; code < 128; code += 1) if (isCapital(code)) classOf[code] = classOf[code + 32] ?? 0
  return { size, classOf }
}

const growTrie = (texts: readonly string[], { classOf }: Alphabet): State[] => {
  const states: State[] = [{ next: new Map(), ends: [], fallback: 0 }]
  for (const [index, text] of texts.entries()) {
    let at = 0
    for (const letter of text) {
      const code = classOf[letter.charCodeAt(0)] ?? 0
      const known = states[at]?.next.get(code)
      if (known === undefined) {
        states.push({ next: new Map(), ends: [], fallback: 0 })
        states[at]?.next.set(code, states.length - 1)
      }
      at = known ?? states.length - 1
    }
    const end = states[at]
    if (end !== undefined) end.ends = [...end.ends, index]
  }
  return states
}

// Breadth first, so that the state to fall back to is finished before it is needed.
const makeTable = (states: readonly State[], { size }: Alphabet): Int32Array => {
  const table = new Int32Array(states.length * size)
  const queue = [0]
  for (const at of queue) {
    const state = states[at]
    if (state === undefined) continue
    const row = at * size
    // What leads nowhere from here leads where it does from the state to fall back to.
    if (at !== 0) table.copyWithin(row, state.fallback * size, (state.fallback + 1) * size)
    for (const [code, target] of state.next) {
      const child = states[target]
      if (child === undefined) continue
      child.fallback = table[row + code] ?? 0
      child.ends = [...child.ends, ...(states[child.fallback]?.ends ?? [])]
      table[row + code] = target
      queue.push(target)
    }
  }
  return table
}

/** Builds an automaton (Aho–Corasick) over texts in small letters, none empty; it looks at each character of a line once. */
export const createLiteralFinder = (texts: readonly string[]): LiteralFinder => {
  const alphabet = alphabetOf(texts)
  const states = growTrie(texts, alphabet)
  const table = makeTable(states, alphabet)
  const ends = states.map(state => (state.ends.length === 0 ? undefined : state.ends))
  const { size, classOf } = alphabet
  return line => {
    let found: Set<number> | undefined
    let at = 0
    for (let index = 0; index < line.length; index += 1) {
      at = table[at * size + (classOf[line.charCodeAt(index)] ?? 0)] ?? 0
      const here = ends[at]
      if (here === undefined) continue
      found ??= new Set()
      for (const text of here) found.add(text)
    }
    return found === undefined ? none : [...found]
  }
}

const none: readonly number[] = []
