import { numberOfAddress } from '../../network/addresses.ts'
import { type Delivery, deliver } from '../../network/deliver.ts'
import { drawAt, luckOf } from '../../network/draw.ts'
import { findRoute } from '../../network/find-route.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import { readOptions } from './option-reader.ts'
import { heardBy, type Probe, pipeOf, toldMs } from './ping-probe.ts'

const HEADER_BYTES = 28
const SECOND_MS = 1_000
const table = {
  switches: ['q', 'n', 'v', 'A', 'D', 'O', 'f', '4', '6', 'b', 'r', 'a'],
  valued: ['c', 'i', 'W', 'w', 's', 'M', 'I', 't', 'Q', 'S'],
}

/** A number below one that stays the same for one packet of one world, for times that differ a little. */
const jitter = (nowMs: number, sequence: number): number => drawAt(luckOf(nowMs, sequence), 0)

const routersPassed = (delivery: Delivery): number => {
  if (delivery.kind === 'outside') return delivery.routers.length
  return delivery.kind === 'delivered' ? Math.max(0, delivery.hops - 1) : 0
}

const FIRST_TTL = 64

const unreachables: Readonly<Record<string, string>> = {
  'icmp-port-unreachable': 'Destination Port Unreachable',
  'icmp-host-prohibited': 'Destination Host Prohibited',
  'icmp-admin-prohibited': 'Packet filtered',
  'icmp-net-unreachable': 'Destination Net Unreachable',
  'icmp-host-unreachable': 'Destination Host Unreachable',
}

type Target = {
  readonly address: string
  readonly bytes: number
  readonly shown: string
  /** Whether it goes in pieces where it is too large, as it does unless `-M do` forbids it. */
  readonly splits: boolean
}

const NEAR_SPREAD_MS = 0.12
const PIECE_BYTES = 576

const ignoresEchoes = (machine: Machine): boolean =>
  machine.sysctls.get('net.ipv4.icmp_echo_ignore_all') === '1'

/** What connect(2) says before the first packet, where the machine's own routes lead nowhere. */
const refusedRoute = ({ host, container }: Call, address: string): string | undefined => {
  if (address.startsWith('127.') || container !== undefined) return undefined
  const route = findRoute(host, address)
  if (route === undefined) return 'Network is unreachable'
  return route.refusal === undefined ? undefined : refusals[route.refusal]
}

const refusals = {
  blackhole: 'Invalid argument',
  unreachable: 'No route to host',
  prohibit: 'Permission denied',
} as const

const probe = (
  { world, machine }: Call,
  { address, bytes, shown, splits }: Target,
  sequence: number,
): Probe => {
  const size = splits ? Math.min(bytes, PIECE_BYTES) : bytes
  const delivery = deliver(world, {
    from: machine,
    address,
    protocol: 'icmp',
    port: 0,
    bytes: size,
    sequence,
    counts: 1,
  })
  const from = `icmp_seq=${sequence}`
  switch (delivery.kind) {
    case 'delivered':
    case 'outside': {
      if (delivery.kind === 'outside' && !delivery.outside.answersPing)
        return { line: undefined, timeMs: undefined }
      if (delivery.kind === 'delivered' && ignoresEchoes(delivery.to.host))
        return { line: undefined, timeMs: undefined }
      const timeMs = delivery.latencyMs + NEAR_SPREAD_MS * jitter(world.nowMs, sequence)
      const digits = timeMs >= 100 ? 0 : timeMs >= 10 ? 1 : timeMs >= 1 ? 2 : 3
      const line = `${bytes - 20} bytes from ${shown}: ${from} ttl=${FIRST_TTL - routersPassed(delivery)} time=${timeMs.toFixed(digits)} ms`
      return { line, timeMs }
    }
    case 'rejected':
      return {
        line: `From ${delivery.by} ${from} ${unreachables[delivery.answer] ?? 'Destination Host Unreachable'}`,
        timeMs: undefined,
      }
    case 'host-unreachable':
      return {
        line: `From ${delivery.by} ${from} Destination Host Unreachable`,
        timeMs: undefined,
        toldAfterMs: delivery.afterMs ?? 0,
      }
    case 'too-big':
      return {
        line: undefined,
        timeMs: undefined,
        error: `ping: local error: message too long, mtu=${delivery.mtu}`,
      }
    case 'lost':
      return {
        line: undefined,
        timeMs: undefined,
        ...(delivery.isBySender === true ? { refused: 'Operation not permitted' } : {}),
      }
    case 'black-hole':
    case 'network-unreachable':
      return { line: undefined, timeMs: undefined }
  }
}

type Course = { readonly elapsedMs: number; readonly intervalMs: number }

const statistics = (host: string, probes: readonly Probe[], { elapsedMs, intervalMs }: Course): string => {
  const times = probes.flatMap(({ timeMs }) => (timeMs === undefined ? [] : [timeMs]))
  const errors = probes.filter(
    p => p.timeMs === undefined && (p.line !== undefined || p.error !== undefined),
  ).length
  const lost = ((probes.length - times.length) * 100) / Math.max(1, probes.length)
  const lossText = Number.isInteger(lost) ? String(lost) : lost.toPrecision(6).replace(/0+$/, '')
  const head = `--- ${host} ping statistics ---\n${probes.length} packets transmitted, ${times.length} received, ${errors > 0 ? `+${errors} errors, ` : ''}${lossText}% packet loss, time ${Math.round(elapsedMs)}ms\n`
  const pipe = pipeOf(probes, intervalMs)
  if (times.length === 0) return `\n${head}${pipe > 1 ? `pipe ${pipe}` : ''}\n`
  const average = times.reduce((sum, time) => sum + time, 0) / times.length
  const spread = Math.sqrt(times.reduce((sum, time) => sum + (time - average) ** 2, 0) / times.length)
  const figures = [Math.min(...times), average, Math.max(...times), spread]
    .map(value => value.toFixed(3))
    .join('/')
  return `\n${head}rtt min/avg/max/mdev = ${figures} ms\n`
}

const failedLookup = (host: string, resolution: ReturnType<typeof resolveName>): Reply => ({
  stderr:
    resolution.kind === 'failed'
      ? `ping: ${host}: Temporary failure in name resolution\n`
      : `ping: ${host}: Name or service not known\n`,
  exit: 2,
  tookMs: resolution.tookMs,
})

const linesOf = (probes: readonly Probe[]): string =>
  probes.flatMap(({ line }) => (line === undefined ? [] : [`${line}\n`])).join('')

const errorsOf = (probes: readonly Probe[]): string =>
  probes
    .flatMap(({ error, refused }) => [
      ...(error === undefined ? [] : [`${error}\n`]),
      ...(refused === undefined ? [] : [`ping: sendmsg: ${refused}\n`]),
    ])
    .join('')

const run = (call: Call): Reply => {
  const { flags, values, words, unknown } = readOptions(call.args, table)
  const host = words.at(-1)
  if (unknown !== undefined)
    return { stderr: `ping: invalid option -- '${unknown.replace(/^-+/, '')}'\n`, exit: 2 }
  if (host === undefined) return { stderr: 'ping: usage error: Destination address required\n', exit: 1 }
  const resolved = resolveName(call.world, call.machine, host)
  if (resolved.kind !== 'found') return failedLookup(host, resolved)
  const { address } = resolved
  const payload = Number(values.get('s') ?? 56)
  const bytes = payload + HEADER_BYTES
  const isNamed = numberOfAddress(host) === undefined
  const shown = isNamed && !flags.has('n') ? `${host} (${address})` : address
  const target: Target = { address, bytes, shown, splits: values.get('M') !== 'do' }
  const start = `PING ${host} (${address}) ${payload}(${bytes}) bytes of data.\n`
  const refusal = refusedRoute(call, address)
  if (refusal !== undefined) return { stderr: `ping: connect: ${refusal}\n`, exit: 2 }
  const intervalMs = Number(values.get('i') ?? 1) * SECOND_MS
  const count = values.get('c')
  if (count === undefined && !values.has('w')) return followed(call, { target, start, host })
  const sent = Array.from({ length: Number(count ?? values.get('w')) }, (_, index) =>
    probe(call, target, index + 1),
  )
  const elapsedMs = (sent.length - 1) * (intervalMs + 8)
  const patienceMs = Number(values.get('W') ?? 10) * SECOND_MS
  const probes = heardBy(sent, { intervalMs, untilMs: elapsedMs + patienceMs })
  const isAnswered = probes.some(({ timeMs }) => timeMs !== undefined)
  const told = toldMs(probes, probes.length - 1, intervalMs)
  const waitMs = probes.at(-1)?.timeMs ?? (told === undefined ? patienceMs : Math.max(0, told - elapsedMs))
  return {
    stdout: `${start}${flags.has('q') ? '' : linesOf(probes)}${statistics(host, probes, { elapsedMs, intervalMs })}`,
    stderr: errorsOf(probes),
    exit: isAnswered ? 0 : 1,
    tookMs: elapsedMs + waitMs,
  }
}

/** Without a count it goes on until it is stopped, one packet a second. */
const followed = (
  call: Call,
  { target, start, host }: { readonly target: Target; readonly start: string; readonly host: string },
): Reply => {
  const probes: Probe[] = [probe(call, target, 1)]
  const isTold = (at: number): boolean =>
    (toldMs(probes, at, SECOND_MS) ?? at * SECOND_MS) <= (probes.length - 1) * SECOND_MS
  let told = 0
  const news = (): string => {
    const from = told
    while (told < probes.length && isTold(told)) told += 1
    return linesOf(probes.slice(from, told))
  }
  return {
    stdout: start + news(),
    follow: {
      next: () => {
        probes.push(probe(call, target, probes.length + 1))
        return news()
      },
      end: () => {
        const elapsedMs = (probes.length - 1) * (SECOND_MS + 8)
        const heard = heardBy(probes, { intervalMs: SECOND_MS, untilMs: elapsedMs })
        return {
          stdout: statistics(host, heard, { elapsedMs, intervalMs: SECOND_MS }),
          exit: probes.some(({ timeMs }) => timeMs !== undefined) ? 0 : 1,
        }
      },
    },
  }
}

/** ping(8) of iputils. */
export const ping: Program = { names: ['ping'], isInstalled: everywhere, run }
