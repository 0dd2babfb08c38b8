import { hashOf } from './pod.ts'

/** The number of an object that is made aside of all that is left to chance: always the same for a text. */
export const steadyUid = (text: string): string => {
  const digits = `${hashOf(text, 16)}${hashOf(`${text}/`, 16)}`.padEnd(32, '0')
  const part = (from: number, to: number): string => digits.slice(from, to)
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`
}
