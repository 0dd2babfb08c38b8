import { type FaultParameters, faults } from '../../cluster/index.ts'
import type { FaultStep } from '../../drill/index.ts'

const readValue = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true'
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

/** Reads a fault as a teacher writes it: `NAME key=value …`; a text says what is wrong with it. */
export const parseFault = (text: string): FaultStep | string => {
  const [name = '', ...words] = text.trim().split(/\s+/)
  if (!Object.hasOwn(faults, name))
    return `There is no fault ${name}. Known: ${Object.keys(faults).join(', ')}.`
  const parameters: FaultParameters = Object.fromEntries(
    words.map(word => [word.slice(0, word.indexOf('=')), readValue(word.slice(word.indexOf('=') + 1))]),
  )
  const bad = words.find(word => !/^\w+=/.test(word))
  return bad === undefined ? { kind: 'fault', name, parameters } : `"${bad}" gives no value. Write key=value.`
}
