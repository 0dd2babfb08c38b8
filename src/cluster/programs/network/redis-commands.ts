import { releaseIn } from '../../kube/image-release.ts'
import { globOf } from '../../text/glob.ts'
import type { Container, StoredKey } from '../../world/container.ts'

/** What a server answers: a word of its own, a text, a number, a list, nothing, or what it minds. */
export type Answer =
  | { readonly kind: 'word' | 'text' | 'error'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'nil' }

/** A server that is asked, and when. */
export type Served = { readonly container: Container; readonly nowMs: number }

type Store = Map<string, StoredKey>

type Command = {
  /** How many words follow it: at least, and at most. */
  readonly takes: readonly [number, number]
  readonly answer: (store: Store, words: readonly string[], at: Served) => Answer
}

const word = (text: string): Answer => ({ kind: 'word', text })
const number = (value: number): Answer => ({ kind: 'number', value })
const error = (text: string): Answer => ({ kind: 'error', text: `ERR ${text}` })
const textOf = (stored: StoredKey | undefined): Answer =>
  stored === undefined ? { kind: 'nil' } : { kind: 'text', text: stored.text }

const infoText = (store: Store, { container, nowMs }: Served): string => {
  const upSeconds = Math.floor((nowMs - (container.startedMs ?? nowMs)) / 1000)
  const left = [...store.values()].flatMap(({ endsMs }) => (endsMs === undefined ? [] : [endsMs - nowMs]))
  const averageMs = Math.floor(left.reduce((total, ms) => total + ms, 0) / Math.max(1, left.length))
  const lines = [
    '# Server',
    `redis_version:${releaseIn(container.image)}`,
    'redis_mode:standalone',
    'process_id:1',
    'tcp_port:6379',
    `uptime_in_seconds:${upSeconds}`,
    `uptime_in_days:${Math.floor(upSeconds / 86_400)}`,
    '',
    '# Replication',
    'role:master',
    'connected_slaves:0',
    '',
    '# Keyspace',
    ...(store.size === 0 ? [] : [`db0:keys=${store.size},expires=${left.length},avg_ttl=${averageMs}`]),
  ]
  return `${lines.join('\r\n')}\r\n`
}

/** What an option of SET with a number makes of it: when the key ends. */
const endings: Readonly<Record<string, (value: number, nowMs: number) => number>> = {
  ex: (value, nowMs) => nowMs + value * 1000,
  px: (value, nowMs) => nowMs + value,
  exat: value => value * 1000,
  pxat: value => value,
}

const set = (
  store: Store,
  [key = '', text = '', ...options]: readonly string[],
  { nowMs }: Served,
): Answer => {
  const before = store.get(key)
  const switches = new Set<string>()
  let endsMs: number | undefined
  for (let at = 0; at < options.length; at++) {
    const option = options[at]?.toLowerCase() ?? ''
    const ending = endings[option]
    if (ending !== undefined && at + 1 < options.length) {
      const value = Number(options[++at])
      if (!Number.isInteger(value)) return error('value is not an integer or out of range')
      if (value <= 0) return error("invalid expire time in 'set' command")
      endsMs = ending(value, nowMs)
    } else if (/^(nx|xx|get|keepttl)$/.test(option)) switches.add(option)
    else return error('syntax error')
  }
  if (switches.has('nx') && switches.has('xx')) return error('syntax error')
  const isHeld = switches.has('nx') ? before !== undefined : switches.has('xx') && before === undefined
  if (switches.has('keepttl')) endsMs = before?.endsMs
  if (!isHeld) store.set(key, { text, ...(endsMs === undefined ? {} : { endsMs }) })
  if (switches.has('get')) return textOf(before)
  return isHeld ? { kind: 'nil' } : word('OK')
}

/** How long a key stays: -1 for ever, -2 of one that is not there. */
const left = (store: Store, key: string, { nowMs }: Served): number => {
  const stored = store.get(key)
  return stored === undefined ? -2 : stored.endsMs === undefined ? -1 : stored.endsMs - nowMs
}

/** EXPIRE and PEXPIRE, by how long their unit is. */
const expire = (unitMs: number): Command => ({
  takes: [2, 3],
  answer: (store, [key = '', value = ''], { nowMs }) => {
    const stored = store.get(key)
    if (!/^-?\d+$/.test(value)) return error('value is not an integer or out of range')
    if (stored === undefined) return number(0)
    if (Number(value) <= 0) store.delete(key)
    else store.set(key, { ...stored, endsMs: nowMs + Number(value) * unitMs })
    return number(1)
  },
})

/** INCR and DECR. */
const added = (by: number): Command => ({
  takes: [1, 1],
  answer: (store, [key = '']) => {
    const before = store.get(key) ?? { text: '0' }
    if (!/^-?\d+$/.test(before.text)) return error('value is not an integer or out of range')
    const value = Number(before.text) + by
    store.set(key, { ...before, text: String(value) })
    return number(value)
  },
})

const commands: Readonly<Record<string, Command>> = {
  ping: {
    takes: [0, 1],
    answer: (_, [text]) => (text === undefined ? word('PONG') : { kind: 'text', text }),
  },
  echo: { takes: [1, 1], answer: (_, [text = '']) => ({ kind: 'text', text }) },
  dbsize: { takes: [0, 0], answer: store => number(store.size) },
  info: { takes: [0, 9], answer: (store, _, at) => ({ kind: 'word', text: infoText(store, at) }) },
  get: { takes: [1, 1], answer: (store, [key = '']) => textOf(store.get(key)) },
  set: { takes: [2, 99], answer: set },
  setex: {
    takes: [3, 3],
    answer: (store, [key = '', seconds = '', text = ''], at) => set(store, [key, text, 'ex', seconds], at),
  },
  setnx: {
    takes: [2, 2],
    answer: (store, [key = '', text = ''], at) =>
      number(set(store, [key, text, 'nx'], at).kind === 'nil' ? 0 : 1),
  },
  ttl: {
    takes: [1, 1],
    answer: (store, [key = ''], at) => {
      const ms = left(store, key, at)
      return number(ms < 0 ? ms : Math.round(ms / 1000))
    },
  },
  pttl: { takes: [1, 1], answer: (store, [key = ''], at) => number(left(store, key, at)) },
  expire: expire(1000),
  pexpire: expire(1),
  persist: {
    takes: [1, 1],
    answer: (store, [key = '']) => {
      const stored = store.get(key)
      if (stored?.endsMs === undefined) return number(0)
      store.set(key, { text: stored.text })
      return number(1)
    },
  },
  incr: added(1),
  decr: added(-1),
  type: { takes: [1, 1], answer: (store, [key = '']) => word(store.has(key) ? 'string' : 'none') },
  strlen: { takes: [1, 1], answer: (store, [key = '']) => number(store.get(key)?.text.length ?? 0) },
  del: { takes: [1, 99], answer: (store, keys) => number(keys.filter(key => store.delete(key)).length) },
  exists: { takes: [1, 99], answer: (store, keys) => number(keys.filter(key => store.has(key)).length) },
  keys: {
    takes: [1, 1],
    answer: (store, [pattern = '']) => ({
      kind: 'list',
      items: [...store.keys()].filter(key => globOf(pattern).test(key)),
    }),
  },
  flushall: {
    takes: [0, 1],
    answer: store => {
      store.clear()
      return word('OK')
    },
  },
}

/** What a server answers to the words of a command; keys whose time has come are no longer there. */
export const answerTo = ([name = '', ...words]: readonly string[], at: Served): Answer => {
  const command = commands[name.toLowerCase()]
  if (command === undefined) {
    const shown = words.map(each => `'${each}' `).join('')
    return error(`unknown command '${name}', with args beginning with: ${shown}`)
  }
  const [least, most] = command.takes
  if (words.length < least || words.length > most)
    return error(`wrong number of arguments for '${name.toLowerCase()}' command`)
  const live = Object.entries(at.container.keys ?? {}).filter(
    ([, { endsMs = Number.POSITIVE_INFINITY }]) => endsMs > at.nowMs,
  )
  const store: Store = new Map(live)
  const answer = command.answer(store, words, at)
  at.container.keys = Object.fromEntries(store)
  return answer
}
