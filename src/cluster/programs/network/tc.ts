import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import type { NetworkInterface, QueueDiscipline } from '../../world/network.ts'

const HANDLE = '8001:'
const FAIR =
  'limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms memory_limit 32Mb ecn drop_batch 64'

const qdiscLine = (device: NetworkInterface, withDevice: readonly string[]): readonly string[] => {
  const on = withDevice.length > 0 ? '' : `dev ${device.name} `
  const { queue, kind, hostEnd } = device
  if (queue !== undefined) return [`qdisc ${queue.kind} ${HANDLE} ${on}root refcnt 2 ${queue.words}`]
  if (kind !== 'ethernet' || hostEnd !== undefined) return [`qdisc noqueue 0: ${on}root refcnt 2 `]
  return [`qdisc mq 0: ${on}root `, `qdisc fq_codel 0: ${on}parent :1 ${FAIR} `]
}

/** What a queue has sent since it was made. */
const traffic = ({ sent, queue }: NetworkInterface): readonly string[] => [
  ` Sent ${sent.bytes - (queue?.since?.bytes ?? 0)} bytes ${sent.packets - (queue?.since?.packets ?? 0)} pkt (dropped ${sent.dropped}, overlimits 0 requeues 0) `,
  ' backlog 0b 0p requeues 0',
]

const show = ({ machine, args }: Call, named: readonly string[]): Reply => {
  const devices = machine.interfaces.filter(({ name }) => named.length === 0 || named.includes(name))
  const withTraffic = args.some(word => word === '-s' || word === '-statistics')
  const lines = devices.flatMap(device =>
    qdiscLine(device, named).flatMap(line => [line, ...(withTraffic ? traffic(device) : [])]),
  )
  return { stdout: lines.map(line => `${line}\n`).join('') }
}

const millisecondsIn = (text: string | undefined): number | undefined => {
  const [, value, unit] = /^([\d.]+)(us|usecs?|ms|msecs?|s|secs?)?$/.exec(text ?? '') ?? []
  if (value === undefined) return undefined
  return (
    Number(value) * (unit?.startsWith('us') === true ? 0.001 : unit?.startsWith('s') === true ? 1_000 : 1)
  )
}

const percentIn = (text: string | undefined): number | undefined => {
  const [, value] = /^([\d.]+)%?$/.exec(text ?? '') ?? []
  return value === undefined ? undefined : Number(value)
}

const timeText = (ms: number): string =>
  ms >= 1_000 ? `${ms / 1_000}s` : ms >= 1 ? `${ms}ms` : `${ms * 1_000}us`

/** The order in which tc prints the settings of netem, whatever the order in which they were given. */
const netemOrder = ['delay', 'loss', 'duplicate', 'reorder', 'corrupt', 'rate', 'gap']

/** Reads what follows `netem`; gives tc's complaint about a word that it does not take. */
const readNetem = (words: readonly string[]): QueueDiscipline | string => {
  const queue: QueueDiscipline = { kind: 'netem', words: '', delayMs: 0, jitterMs: 0, lossPercent: 0 }
  const shown = ['limit 1000']
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === 'delay' || word === 'latency') {
      const delayMs = millisecondsIn(words[at + 1])
      if (delayMs === undefined) return `Illegal "latency"`
      const jitterMs = millisecondsIn(words[at + 2])
      Object.assign(queue, { delayMs, jitterMs: jitterMs ?? 0 })
      shown.push(`delay ${[delayMs, ...(jitterMs === undefined ? [] : [jitterMs])].map(timeText).join('  ')}`)
      at += jitterMs === undefined ? 1 : 2
    } else if (word === 'loss' || word === 'drop' || word === 'corrupt') {
      const named = words[at + 1] === 'random' ? 2 : 1
      const percent = percentIn(words[at + named])
      if (percent === undefined) return `Illegal "${word} percent"`
      // What arrives corrupted fails its checksum, so it is lost too.
      queue.lossPercent = 100 - (100 - queue.lossPercent) * (1 - percent / 100)
      shown.push(`${word === 'drop' ? 'loss' : word} ${percent}%`)
      at += named
    } else if (/^(duplicate|reorder|rate|limit|gap)$/.test(word)) {
      if (word === 'limit') shown[0] = `limit ${words[at + 1]}`
      else shown.push(`${word} ${words[at + 1]}`)
      at += 1
    } else if (!/^(distribution|normal|pareto|uniform|[\d.]+%)$/.test(word)) return `What is "${word}"?`
  }
  const [limit, ...settings] = shown
  const placeOf = (setting: string): number => netemOrder.indexOf(setting.split(' ')[0] ?? '')
  return { ...queue, words: [limit, ...settings.sort((a, b) => placeOf(a) - placeOf(b))].join(' ') }
}

const NETEM_USAGE = `Usage: ... netem [ limit PACKETS ]
                 [ delay TIME [ JITTER [CORRELATION]]]
                 [ loss random PERCENT [CORRELATION]]
                 [ corrupt PERCENT [CORRELATION]]
                 [ duplicate PERCENT [CORRELATION]]
                 [ reorder PERCENT [CORRELATION] [ gap DISTANCE ]]
                 [ rate RATE [PACKETOVERHEAD] [CELLSIZE] [CELLOVERHEAD]]
`

const readQueue = (words: readonly string[]): QueueDiscipline | string => {
  const [kind = '', ...rest] = words
  if (kind === 'netem') return readNetem(rest)
  if (kind === 'tbf')
    return { kind: 'tbf', words: `${rest.join(' ')} `, delayMs: 0, jitterMs: 0, lossPercent: 0 }
  return `Error: Specified qdisc kind is unknown.`
}

const change = (verb: string, device: NetworkInterface, words: readonly string[]): Reply => {
  if (verb === 'del' || verb === 'delete') {
    if (device.queue === undefined)
      return { stderr: 'Error: Cannot delete qdisc with handle of zero.\n', exit: 2 }
    delete device.queue
    return {}
  }
  if (verb === 'add' && device.queue !== undefined)
    return { stderr: 'Error: Exclusivity flag on, cannot modify.\n', exit: 2 }
  if (verb === 'change' && device.queue === undefined)
    return { stderr: 'Error: Qdisc not found. To create specify NLM_F_CREATE flag.\n', exit: 2 }
  const queue = readQueue(words)
  const { bytes, packets } = device.sent
  if (typeof queue !== 'string') device.queue = { ...queue, since: { bytes, packets } }
  else if (queue.startsWith('Error')) return { stderr: `${queue}\n`, exit: 2 }
  else return { stderr: `${queue}\n${NETEM_USAGE}`, exit: 1 }
  return {}
}

const run = (call: Call): Reply => {
  const words = call.args.filter(word => !word.startsWith('-'))
  const [object = '', verb = 'show', ...rest] = words
  if (object !== 'qdisc')
    return /^(class|filter|action|monitor)$/.test(object)
      ? {}
      : { stderr: `Object "${object}" is unknown, try "tc help".\n`, exit: 1 }
  const at = rest.indexOf('dev')
  const name = at < 0 ? undefined : rest[at + 1]
  const device = call.machine.interfaces.find(candidate => candidate.name === name)
  if (name !== undefined && device === undefined) return { stderr: `Cannot find device "${name}"\n`, exit: 1 }
  if (/^(show|list|ls)$/.test(verb)) return show(call, name === undefined ? [] : [name])
  if (device === undefined) return { stderr: 'Command line is not complete. Try option "help"\n', exit: 255 }
  if (call.user !== 'root') return { stderr: 'RTNETLINK answers: Operation not permitted\n', exit: 2 }
  const settings = rest.filter((_word, index) => index !== at && index !== at + 1)
  const start = settings.findIndex(word => !/^(root|handle|[\da-f]*:\d*|parent)$/.test(word))
  return change(verb, device, start < 0 ? [] : settings.slice(start))
}

/** tc(8) of iproute2: queues that delay and lose packets. */
export const tc: Program = { names: ['tc'], isInstalled: everywhere, run }
