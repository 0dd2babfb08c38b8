import type { OutputLine } from '../base/index.ts'

type Look = (index: number) => OutputLine | undefined

function* walk(length: number, look: Look): Generator<OutputLine> {
  for (let index = 0; index < length; index += 1) {
    const line = look(index)
    if (line !== undefined) yield line
  }
}

/** An index as `slice` takes it: from the end when negative, within the array in any case. */
const toIndex = (given: number, length: number): number =>
  given < 0 ? Math.max(0, length + Math.trunc(given)) : Math.min(length, Math.trunc(given))

const sliceOf =
  (length: number, look: Look) =>
  (from = 0, to = length): OutputLine[] => {
    const start = toIndex(from, length)
    const end = toIndex(to, length)
    const lines: OutputLine[] = []
    for (let index = start; index < end; index += 1) {
      const line = look(index)
      if (line !== undefined) lines.push(line)
    }
    return lines
  }

const indexOf = (key: string | symbol, length: number): number | undefined => {
  if (typeof key !== 'string') return undefined
  const index = Number(key)
  return Number.isInteger(index) && index >= 0 && index < length && String(index) === key ? index : undefined
}

const handlerOf = (length: number, look: Look): ProxyHandler<OutputLine[]> => {
  const own = new Map<string | symbol, unknown>([
    ['length', length],
    // Both would work without this, through one trap for each line: these are what everyone uses, and on all lines.
    ['slice', sliceOf(length, look)],
    [Symbol.iterator, () => walk(length, look)],
  ])
  return {
    get: (target, key, receiver) => {
      const index = indexOf(key, length)
      if (index !== undefined) return look(index)
      return own.has(key) ? own.get(key) : Reflect.get(target, key, receiver)
    },
    has: (target, key) => indexOf(key, length) !== undefined || Reflect.has(target, key),
    ownKeys: () => [...Array.from({ length }, (_, index) => String(index)), 'length'],
    getOwnPropertyDescriptor: (_, key) => {
      if (key === 'length') return { value: length, writable: true, enumerable: false, configurable: false }
      const index = indexOf(key, length)
      if (index === undefined) return undefined
      return { value: look(index), writable: false, enumerable: true, configurable: true }
    },
    set: () => false,
  }
}

/**
 * An array of lines that are made when they are looked at, each time anew: a screen looks at some fifty of the two hundred
 * thousand that are kept, thirty times a second. Reads as any array does; cannot be written.
 */
export const lazyLines = (length: number, look: Look): readonly OutputLine[] =>
  new Proxy<OutputLine[]>([], handlerOf(length, look))
