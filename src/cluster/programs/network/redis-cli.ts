import { knownImage } from '../../kube/known-images.ts'
import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import type { Container } from '../../world/container.ts'
import { connectFailures } from './connect-failures.ts'
import { readOptions } from './option-reader.ts'
import { type Answer, answerTo } from './redis-commands.ts'

const table = {
  switches: ['3', 'c', 'i', 'x', 'raw', 'no-raw', 'no-auth-warning'],
  valued: ['h', 'p', 'n', 'a', 't', 'u', 'r', 'user', 'pass'],
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
