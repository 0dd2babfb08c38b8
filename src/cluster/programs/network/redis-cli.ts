import { knownImage } from '../../kube/known-images.ts'
import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import { globOf } from '../../text/glob.ts'
import type { Container } from '../../world/container.ts'
import { connectFailures } from './connect-failures.ts'
import { readOptions } from './option-reader.ts'

const table = {
  switches: ['3', 'c', 'i', 'x', 'raw', 'no-raw', 'no-auth-warning'],
  valued: ['h', 'p', 'n', 'a', 't', 'u', 'r', 'user', 'pass'],
}

/** What a server answers: a word of its own, a text, a number, a list, nothing, or what it minds. */
type Answer =
  | { readonly kind: 'word' | 'text' | 'error'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'nil' }

const word = (text: string): Answer => ({ kind: 'word', text })
const number = (value: number): Answer => ({ kind: 'number', value })

type Command = {
  /** How many words follow it: at least, and at most. */
  readonly takes: readonly [number, number]
  readonly answer: (store: Map<string, string>, words: readonly string[], at: Served) => Answer
}

type Served = { readonly container: Container; readonly nowMs: number }

const infoText = (store: ReadonlyMap<string, string>, { container, nowMs }: Served): string => {
  const upSeconds = Math.floor((nowMs - (container.startedMs ?? nowMs)) / 1000)
  const lines = [
    '# Server',
    `redis_version:${/:(\d+\.\d+\.\d+)/.exec(container.image)?.[1] ?? '7.2.4'}`,
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
    ...(store.size === 0 ? [] : [`db0:keys=${store.size},expires=0,avg_ttl=0`]),
  ]
  return `${lines.join('\r\n')}\r\n`
}

const commands: Readonly<Record<string, Command>> = {
  ping: {
    takes: [0, 1],
    answer: (_, [text]) => (text === undefined ? word('PONG') : { kind: 'text', text }),
  },
  echo: { takes: [1, 1], answer: (_, [text = '']) => ({ kind: 'text', text }) },
  dbsize: { takes: [0, 0], answer: store => number(store.size) },
  info: { takes: [0, 9], answer: (store, _, at) => ({ kind: 'word', text: infoText(store, at) }) },
  get: {
    takes: [1, 1],
    answer: (store, [key = '']) => {
      const text = store.get(key)
      return text === undefined ? { kind: 'nil' } : { kind: 'text', text }
    },
  },
  set: {
    takes: [2, 9],
    answer: (store, [key = '', text = '']) => {
      store.set(key, text)
      return word('OK')
    },
  },
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

const answerTo = ([name = '', ...words]: readonly string[], at: Served): Answer => {
  const command = commands[name.toLowerCase()]
  if (command === undefined) {
    const shown = words.map(each => `'${each}' `).join('')
    return { kind: 'error', text: `ERR unknown command '${name}', with args beginning with: ${shown}` }
  }
  const [least, most] = command.takes
  if (words.length < least || words.length > most)
    return { kind: 'error', text: `ERR wrong number of arguments for '${name.toLowerCase()}' command` }
  const store = new Map(Object.entries(at.container.keys ?? {}))
  const answer = command.answer(store, words, at)
  at.container.keys = Object.fromEntries(store)
  return answer
}

/** As it is printed into a pipe, where nothing says of what kind it is, and to a terminal. */
const shownRaw = (answer: Answer): string => {
  if (answer.kind === 'nil') return ''
  if (answer.kind === 'number') return String(answer.value)
  return answer.kind === 'list' ? answer.items.join('\n') : answer.text
}

const shownPlain = (answer: Answer): string => {
  switch (answer.kind) {
    case 'nil':
      return '(nil)'
    case 'number':
      return `(integer) ${answer.value}`
    case 'error':
      return `(error) ${answer.text}`
    case 'text':
      return JSON.stringify(answer.text)
    case 'word':
      return answer.text
    case 'list':
      return answer.items.length === 0
        ? '(empty array)'
        : answer.items.map((item, at) => `${at + 1}) ${JSON.stringify(item)}`).join('\n')
  }
}

const reach = (call: Call, host: string, port: number): { container: Container } | Reply => {
  const failed = (text: string, tookMs: number): Reply => ({
    stderr: `Could not connect to Redis at ${host}:${port}: ${text}\n`,
    exit: 1,
    tookMs,
  })
  const resolved = resolveName(call.world, call.machine, host)
  if (resolved.kind !== 'found')
    return failed(
      resolved.kind === 'failed' ? 'Temporary failure in name resolution' : 'Name or service not known',
      resolved.tookMs,
    )
  const reached = connect(call.world, {
    from: call.machine,
    address: resolved.address,
    port,
    protocol: 'tcp',
  })
  if (reached.kind !== 'open') {
    const { text, tookMs } = connectFailures[reached.kind]
    return failed(text, tookMs)
  }
  const { container } = reached.held ?? {}
  return container?.service === 'redis'
    ? { container }
    : { stderr: 'Error: Protocol error, got "H" as reply type byte\n', exit: 1 }
}

const run = (call: Call): Reply => {
  const { values, words, flags } = readOptions(call.args, table)
  const reached = reach(call, values.get('h') ?? '127.0.0.1', Number(values.get('p') ?? 6379))
  if (!('container' in reached)) return reached
  const at = { container: reached.container, nowMs: call.world.nowMs }
  const asked = words.length > 0 ? [words] : call.stdin.split('\n').map(line => line.trim().split(/\s+/))
  const isPlain = flags.has('no-raw') || (call.passage.hasTerminal && !flags.has('raw'))
  const answers = asked.filter(([name = '']) => name !== '').map(each => answerTo(each, at))
  const lines = answers.map(answer => `${isPlain ? shownPlain(answer) : shownRaw(answer)}\n`)
  return { stdout: lines.join(''), tookMs: 3 }
}

/** redis-cli(1): in the images of Redis. */
export const redisCli: Program = {
  names: ['redis-cli'],
  isInstalled: ({ container }) => knownImage(container?.image ?? '')?.service === 'redis',
  run,
}
