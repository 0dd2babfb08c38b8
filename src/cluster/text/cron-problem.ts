type Bounds = {
  readonly least: number
  readonly most: number
  readonly names?: readonly string[]
}

const fields: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { least: 0, most: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
]

const descriptors = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/

/** A number of a range, or why it is none. */
const numberIn = (text: string, { least, names = [] }: Bounds): number | string => {
  const named = names.indexOf(text.toLowerCase())
  if (named >= 0) return named + least
  return /^\d+$/.test(text)
    ? Number(text)
    : `failed to parse int from ${text}: strconv.Atoi: parsing "${text}": invalid syntax`
}

const rangeProblem = (text: string, bounds: Bounds): string | undefined => {
  const [range = '', step = '1', ...slashes] = text.split('/')
  const [low = '', high = low, ...hyphens] = range.split('-')
  const isAny = low === '*' || low === '?'
  if (!isAny && hyphens.length > 0) return `too many hyphens: ${text}`
  const from = isAny ? bounds.least : numberIn(low, bounds)
  const isOpen = isAny || (text.includes('/') && !range.includes('-'))
  const to = isOpen ? bounds.most : numberIn(high, bounds)
  const every = numberIn(step, { least: 0, most: 0 })
  if (typeof from === 'string') return from
  if (typeof to === 'string') return to
  if (slashes.length > 0) return `too many slashes: ${text}`
  if (typeof every === 'string') return every
  if (from < bounds.least) return `beginning of range (${from}) below minimum (${bounds.least}): ${text}`
  if (to > bounds.most) return `end of range (${to}) above maximum (${bounds.most}): ${text}`
  if (from > to) return `beginning of range (${from}) beyond end of range (${to}): ${text}`
  return every === 0 ? `step of range should be a positive number: ${text}` : undefined
}

/** Why the controllers of Kubernetes cannot read a schedule, in the words of their library for such; `undefined` where they can. */
export const cronProblem = (schedule: string): string | undefined => {
  const text = schedule.trim().replace(/^(?:CRON_)?TZ=\S+\s+/, '')
  if (text === '') return 'empty spec string'
  if (text.startsWith('@')) return descriptors.test(text) ? undefined : `unrecognized descriptor: ${text}`
  const words = text.split(/\s+/)
  if (words.length !== fields.length)
    return `expected exactly 5 fields, found ${words.length}: [${words.join(' ')}]`
  return fields
    .flatMap((bounds, at) => (words[at] ?? '').split(',').map(part => rangeProblem(part, bounds)))
    .find(problem => problem !== undefined)
}
