import { readText } from '../../files/file-tree.ts'
import { publicAuthority } from '../../network/site-certificate.ts'
import { checkCertificate, x509Text } from '../../relations/certificate.ts'
import { localTime, machineNowMs } from '../../relations/clock.ts'
import { fetchUrl } from '../../relations/fetch-url.ts'
import { hostAddressOf } from '../../relations/host-address.ts'
import { goDuration } from '../../text/spans.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Line, Running, Service, Span } from '../service.ts'
import { isWithin, ticksIn } from '../ticks.ts'

/** Where the tunnel's arguments are. */
export const chiselEnvironment = '/opt/rafay/chisel/chisel.env'

const HTTPS_PORT = 443
/** Between tries it waits twice as long each time, up to five minutes. */
const LONGEST_WAIT_MS = 300_000
const FIRST_WAIT_MS = 100
/** How long it waits for an answer to a try. */
const HANDSHAKE_MS = 45_000

const serverOf = (machine: Machine): string =>
  /(?:https?|wss?):\/\/([^\s:/"']+)/.exec(readText(machine.files, chiselEnvironment) ?? '')?.[1] ??
  'localhost'

const proxyOf = ({ unit }: Running): string | undefined =>
  unit?.environment.https_proxy ?? unit?.environment.HTTPS_PROXY

const reasons = {
  refused: 'connect: connection refused',
  timeout: 'i/o timeout',
  'no-route': 'connect: no route to host',
  'unreachable-network': 'connect: network is unreachable',
  'black-hole': 'connect: invalid argument',
} as const

/** Why the tunnel does not come about, in chisel's words; `undefined` while it stands. */
const problemOf = (world: World, self: Running): string | undefined => {
  const { machine } = self
  const proxy = /^(?:https?:\/\/)?(?:[^@/]*@)?([^:/]+):(\d+)/.exec(proxyOf(self) ?? '')
  const host = proxy?.[1] ?? serverOf(machine)
  const port = Number(proxy?.[2] ?? HTTPS_PORT)
  const scheme = proxy === null ? ('https' as const) : ('http' as const)
  const outcome = fetchUrl(world, {
    from: machine,
    scheme,
    host,
    port,
    path: '/',
    method: 'GET',
    authorities: scheme === 'https' ? [publicAuthority] : undefined,
    client: undefined,
  })
  const via = proxy === null ? '' : 'proxyconnect tcp: '
  switch (outcome.kind) {
    case 'answered':
      return undefined
    case 'no-host': {
      const found = hostAddressOf(world, machine, host)
      return `${via}dial tcp: lookup ${host}${found.kind === 'failed' ? found.text : ''}`
    }
    case 'no-connection':
      return `${via}dial tcp ${outcome.address}:${port}: ${reasons[outcome.because]}`
    case 'bad-certificate': {
      const check = { authorities: [publicAuthority], atMs: machineNowMs(world, machine), host }
      const problem = checkCertificate(outcome.certificate, check) ?? 'unknown-authority'
      return `tls: failed to verify certificate: ${x509Text(outcome.certificate, problem, check)}`
    }
    case 'no-tls':
    case 'no-client':
    case 'silent':
      return 'websocket: bad handshake'
  }
}

const say = (machine: Machine, atMs: number, text: string): Line & { readonly atMs: number } => {
  const { year, month, day, time } = localTime(machine, atMs)
  return { atMs, text: `${year}/${month}/${day} ${time} client: ${text}` }
}

type Try = { readonly atMs: number; readonly number: number; readonly waitMs: number }

/** The ends of the tries since a start that fall into a span, each with the wait before the next; each try takes as long. */
const triesIn = (span: Span, { startMs, tookMs }: { startMs: number; tookMs: number }): readonly Try[] => {
  const tries: Try[] = []
  let atMs = startMs + tookMs
  for (let number = 0; atMs <= span.toMs && number < 10_000; number += 1) {
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** number)
    if (isWithin(span, atMs)) tries.push({ atMs, number, waitMs })
    atMs += waitMs + tookMs
  }
  return tries
}

const startOf = ({ unit, container }: Running, elseMs: number): number =>
  (unit?.startedMs ?? container?.startedMs ?? elseMs) + 50

const tookMsOf = (problem: string): number => (problem.endsWith(reasons.timeout) ? HANDSHAKE_MS : 0)

/** Whether it dials, or holds its connection; between tries it only waits. */
const isDialling = (world: World, self: Running): boolean => {
  const problem = problemOf(world, self)
  if (problem === undefined) return true
  const soon = { fromMs: world.nowMs, toMs: world.nowMs + HANDSHAKE_MS }
  const timing = { startMs: startOf(self, world.nowMs), tookMs: tookMsOf(problem) }
  return triesIn(soon, timing).some(({ atMs }) => atMs - timing.tookMs <= world.nowMs)
}

/** Rafay's tunnel: one long connection out to the controller, tried again and again when it breaks. */
export const chisel: Service = {
  dials: (world, self) =>
    isDialling(world, self) ? [{ host: serverOf(self.machine), port: HTTPS_PORT }] : [],
  greeting: (world, { machine }) => [
    { text: say(machine, world.nowMs, `Connecting to wss://${serverOf(machine)}:443`).text },
  ],
  chatter: (world, self, span) => {
    const { machine } = self
    const startMs = startOf(self, span.fromMs)
    const problem = problemOf(world, self)
    if (problem === undefined) {
      const connected = isWithin(span, startMs + 250)
        ? [say(machine, startMs + 250, 'Connected (Latency 24.117ms)')]
        : []
      return [
        ...connected,
        ...ticksIn(span, startMs, 3_600_000).map(atMs => say(machine, atMs, 'tun: SSH connected')),
      ]
    }
    return triesIn(span, { startMs, tookMs: tookMsOf(problem) }).flatMap(({ atMs, number, waitMs }) => [
      say(
        machine,
        atMs,
        `Connection error: ${problem}${number === 0 ? '' : ` (Attempt: ${number}/unlimited)`}`,
      ),
      say(machine, atMs, `Retrying in ${goDuration(waitMs)}...`),
    ])
  },
  farewell: () => [{ text: 'client: Disconnected' }],
}
