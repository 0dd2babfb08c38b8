import type { OutputLine } from '../base/index.ts'

type Look = (index: number) => OutputLine | undefined

const indexOf = (key: string | symbol, length: number): number | undefined => {
  if (typeof key !== 'string') return undefined
  const index = Number(key)
  return Number.isInteger(index) && index >= 0 && index < length && String(index) === key ? index : undefined
}

const handlerOf = (length: number, look: Look): ProxyHandler<OutputLine[]> => ({
  get: (target, key, receiver) => {
    if (key === 'length') return length
    const index = indexOf(key, length)
    return index === undefined ? Reflect.get(target, key, receiver) : look(index)
  },
  has: (target, key) => indexOf(key, length) !== undefined || Reflect.has(target, key),
  ownKeys: () => [...Array.from({ length }, (_, index) => String(index)), 'length'],
  getOwnPropertyDescriptor: (_, key) => {
    if (key === 'length') return { value: length, writable: true, enumerable: false, configurable: false }
    const index = indexOf(key, length)
    return index === undefined
      ? undefined
      : { value: look(index), writable: false, enumerable: true, configurable: true }
  },
  set: () => false,
})

/**
 * An array of lines that are made when they are looked at, each time anew: a screen looks at some fifty of the two hundred
 * thousand that are kept, thirty times a second. Reads as any array does; cannot be written.
 */
export const lazyLines = (length: number, look: Look): readonly OutputLine[] =>
  new Proxy<OutputLine[]>([], handlerOf(length, look))
