import type { Facts, FactValue } from '../facts/index.ts'

const valueAt = (value: FactValue | undefined, path: readonly string[]): FactValue | undefined => {
  const [name, ...rest] = path
  if (name === undefined) return value
  if (typeof value !== 'object' || value === null) return undefined
  return valueAt((value as Facts)[name], rest)
}

const words = (value: FactValue | undefined): string => {
  if (value === undefined) return 'unknown'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Fills `{mount}` or `{memory.availablePercent}` in a sentence from a fact; what is not known reads `unknown`. */
export const fillSentence = (sentence: string, from: FactValue): string =>
  sentence.replace(/\{([\w.]+)\}/g, (_, path: string) => words(valueAt(from, path.split('.'))))

/** How the element of a list fact is named in a sentence. */
const rowSentences: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  filesystems: [
    ['usePercent', '{mount} is {usePercent} % full'],
    ['inodesUsePercent', '{mount} has {inodesUsePercent} % of its inodes in use'],
  ],
  units: [
    ['sub', '{name} is {active} ({sub})'],
    ['active', '{name} is {active}'],
    ['enabled', '{name} is {enabled}'],
  ],
  sockets: [
    ['process', '{process} has port {localPort} ({state})'],
    ['localPort', 'port {localPort} is {state}'],
  ],
  routes: [
    ['gateway', '{destination} goes through {gateway}'],
    ['device', '{destination} goes out on {device}'],
  ],
  interfaces: [['name', '{name} is {state}']],
  processes: [['command', '{command} runs as process {pid}']],
  containers: [['name', '{name} is {state}']],
  journal: [['message', '{message}']],
  files: [['name', '{name} is there']],
  nodes: [['status', '{name} is {status}']],
  pods: [
    ['namespace', '{namespace}/{name} is {status}'],
    ['status', '{name} is {status}'],
  ],
  events: [['message', '{object}: {reason}: {message}']],
  certificates: [['notAfter', '{name} ends {notAfter}']],
  endpoints: [['addressCount', '{namespace}/{name} has {addressCount} addresses']],
}

const MOST_FIELDS = 4

/** The plain values of an element in the order in which its parser gives them: `etcd-1: health false, error timeout`. */
const fieldsOf = (row: FactValue): string => {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return words(row)
  const fields = Object.entries(row).filter(([, value]) => typeof value !== 'object' && value !== '')
  const name = fields.find(([field]) => field === 'name')?.[1]
  const others = fields.filter(([field]) => field !== 'name').slice(0, MOST_FIELDS)
  const told = others.map(([field, value]) => `${field} ${value}`).join(', ')
  return name === undefined ? told : `${name}: ${told}`
}

/** A short sentence about one element of a list fact: `/var is 97 % full`. */
export const describeRow = (fact: string, row: FactValue): string => {
  const sentence = rowSentences[fact]?.find(([field]) => valueAt(row, [field]) !== undefined)?.[1]
  return sentence === undefined
    ? `${fact}: ${fieldsOf(row).slice(0, 100)}`
    : fillSentence(sentence, row).slice(0, 120)
}
