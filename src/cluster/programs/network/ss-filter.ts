import { isInNetwork } from '../../network/addresses.ts'
import { portNamed } from '../../network/port-names.ts'

/** What a filter asks of a socket: its two ends as ss shows them. */
export type Ends = { readonly local: string; readonly peer: string }

type Fits = (ends: Ends) => boolean

const splitEnd = (end: string): { readonly address: string; readonly port: string } => {
  const colon = end.lastIndexOf(':')
  return { address: end.slice(0, colon), port: end.slice(colon + 1) }
}

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  eq: (a, b) => a === b,
  '!=': (a, b) => a !== b,
  ne: (a, b) => a !== b,
  neq: (a, b) => a !== b,
  '>': (a, b) => a > b,
  gt: (a, b) => a > b,
  '<': (a, b) => a < b,
  lt: (a, b) => a < b,
  '>=': (a, b) => a >= b,
  ge: (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  le: (a, b) => a <= b,
}

const portOf = (text: string): number | undefined => portNamed(text.replace(/^.*:/, ''))

/** `:443`, `10.0.4.11`, `10.0.4.0/24`, `10.0.4.11:6443`. */
const placeFits = (text: string, end: string): boolean => {
  const { address, port } = splitEnd(end)
  const [, place = '', wanted] = /^(.*?)(?::([\w*]+))?$/.exec(text.replace(/^\[|\]$/g, '')) ?? []
  const hasPort = wanted === undefined || wanted === '*' || portOf(wanted) === Number(port)
  const isPlace =
    place === '' || place === '*' || (place.includes('/') ? isInNetwork(address, place) : place === address)
  return hasPort && isPlace
}

/** Reads one condition from the front of the words; `undefined` where they make none. */
const readCondition = (words: string[]): Fits | undefined => {
  const [name = ''] = words
  if (!/^(sport|dport|src|dst)$/.test(name)) return undefined
  words.shift()
  const isOperator = compare[words[0] ?? ''] !== undefined
  const test = compare[isOperator ? (words.shift() ?? '') : '='] ?? compare['=']
  const value = words.shift()
  if (value === undefined) return undefined
  const endOf = ({ local, peer }: Ends): string => (name.startsWith('s') ? local : peer)
  if (name === 'src' || name === 'dst') return ends => placeFits(value, endOf(ends))
  const port = portOf(value)
  return port === undefined ? undefined : ends => test?.(Number(splitEnd(endOf(ends)).port), port) === true
}

const readFactor = (words: string[]): Fits | undefined => {
  if (words[0] === 'not' || words[0] === '!') {
    words.shift()
    const inner = readFactor(words)
    return inner === undefined ? undefined : ends => !inner(ends)
  }
  if (words[0] !== '(') return readCondition(words)
  words.shift()
  const inner = readAny(words)
  return words.shift() === ')' ? inner : undefined
}

const readAll = (words: string[]): Fits | undefined => {
  const factors: Fits[] = []
  while (words.length > 0 && !/^(or|\||\|\||\))$/.test(words[0] ?? '')) {
    if (/^(and|&|&&)$/.test(words[0] ?? '')) words.shift()
    const next = readFactor(words)
    if (next === undefined) return undefined
    factors.push(next)
  }
  return ends => factors.every(fits => fits(ends))
}

const readAny = (words: string[]): Fits | undefined => {
  const terms: Fits[] = []
  do {
    if (/^(or|\||\|\|)$/.test(words[0] ?? '')) words.shift()
    const next = readAll(words)
    if (next === undefined) return undefined
    terms.push(next)
  } while (/^(or|\||\|\|)$/.test(words[0] ?? ''))
  return ends => terms.some(fits => fits(ends))
}

/** The expression of an ss command line, states left out; `undefined` where it is none that ss reads. */
export const readSsFilter = (text: string): Fits | undefined => {
  const words = text
    .replace(/\b(state|exclude)\s+\S+/g, ' ')
    .replace(/([()!])(?!=)/g, ' $1 ')
    .replace(/(==?|!=|>=|<=|>|<)/g, ' $1 ')
    .split(/\s+/)
    .filter(word => word !== '')
  if (words.length === 0) return () => true
  const read = readAny(words)
  return words.length === 0 ? read : undefined
}
