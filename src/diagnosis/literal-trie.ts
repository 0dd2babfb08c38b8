/** Classes of letters. Letters that occur in no text share class 0, as does all that is not ASCII: it leads back to the beginning. */
export type Alphabet = { readonly size: number; readonly classOf: Uint8Array }

const isCapital = (code: number): boolean => code >= 65 && code <= 90

/** The letters of texts in small letters, capitals with them. */
export const alphabetOf = (texts: readonly string[]): Alphabet => {
  const classOf = new Uint8Array(128)
  let size = 1
  for (const text of texts)
    for (let place = 0; place < text.length; place += 1) {
      const code = text.charCodeAt(place)
      if (classOf[code] !== 0) continue
      classOf[code] = size
      size += 1
    }
  for (let code = 0; code < 128; code += 1) if (isCapital(code)) classOf[code] = classOf[code + 32] ?? 0
  return { size, classOf }
}

/** The texts as a tree of letters. State 0 is the beginning, which is nobody's child: 0 also says that there is none. */
export type Trie = {
  readonly firstChild: Int32Array
  readonly sibling: Int32Array
  readonly letter: Uint8Array
  readonly ends: (readonly number[] | undefined)[]
}

/** The state that a letter leads to in the tree; 0 when it leads nowhere. */
export const childOf = ({ firstChild, sibling, letter }: Trie, at: number, code: number): number => {
  let child = firstChild[at] ?? 0
  while (child !== 0 && letter[child] !== code) child = sibling[child] ?? 0
  return child
}

/** Grows the tree of texts. */
export const growTrie = (texts: readonly string[], { classOf }: Alphabet): Trie => {
  const most = texts.reduce((sum, text) => sum + text.length, 1)
  const [firstChild, sibling, letter] = [new Int32Array(most), new Int32Array(most), new Uint8Array(most)]
  const ends = Array.from({ length: most }, () => undefined)
  const trie: Trie = { firstChild, sibling, letter, ends }
  let count = 1
  for (const [index, text] of texts.entries()) {
    let at = 0
    for (let place = 0; place < text.length; place += 1) {
      const code = classOf[text.charCodeAt(place)] ?? 0
      let child = childOf(trie, at, code)
      if (child === 0) {
        child = count
        count += 1
        letter[child] = code
        sibling[child] = firstChild[at] ?? 0
        firstChild[at] = child
      }
      at = child
    }
    trie.ends[at] = [...(trie.ends[at] ?? []), index]
  }
  return trie
}
