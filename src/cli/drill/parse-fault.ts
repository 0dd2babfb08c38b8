import { type FaultParameters, faults } from '../../cluster/index.ts'
import type { FaultStep } from '../../drill/index.ts'

const readValue = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true'
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

const usage = 'Write inject on MACHINE COMMAND, or inject FAULT key=value … for what no command does.'

const known = (): string => `Faults: ${Object.keys(faults).join(', ')}. docs/drills.md tells what each takes.`

/** Reads a fault as a teacher writes it, `on MACHINE COMMAND` or `NAME key=value …`; a text says what is wrong with it. */
export const parseFault = (text: string): FaultStep | string => {
  const [, on, line] = /^\s*on\s+(\S+)\s+(.*\S)/.exec(text) ?? []
  if (on !== undefined && line !== undefined) return { kind: 'run', on, line }
  const [name = '', ...words] = text.trim().split(/\s+/)
  if (name === '' || name === 'on') return `${usage} ${known()}`
  if (!Object.hasOwn(faults, name)) return `There is no fault ${name}. ${usage} ${known()}`
  const parameters: FaultParameters = Object.fromEntries(
    words.map(word => [word.slice(0, word.indexOf('=')), readValue(word.slice(word.indexOf('=') + 1))]),
  )
  const bad = words.find(word => !/^\w+=/.test(word))
  return bad === undefined ? { kind: 'fault', name, parameters } : `"${bad}" gives no value. Write key=value.`
}
