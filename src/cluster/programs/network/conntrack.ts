import { isLoopback } from '../../network/addresses.ts'
import { isConntrackFull, trackedOf } from '../../network/conntrack-use.ts'
import { establishedOf, type PodConnection, podConnectionsOf } from '../../network/established.ts'
import { type TunnelFlow, tunnelFlows } from '../../network/traffic-at.ts'
import { type UsualFlow, usualFlows } from '../../network/usual-flows.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import type { Flow, FlowLeg } from '../../world/network.ts'

const MOST_LINES = 5_000

/** A flow of the usual ones: its port stays the same for its number. */
const usualLine = ({ protocol, secondsLeft, from, to, answered }: UsualFlow, number: number): string => {
  const port = 32_768 + ((number * 7919) % 28_000)
  const head = protocol === 'udp' ? `udp      17 ${secondsLeft}` : `tcp      6 ${secondsLeft} TIME_WAIT`
  const sent = `src=${from} dst=${to.address} sport=${port} dport=${to.port}`
  const back = `src=${answered.address} dst=${from} sport=${answered.port} dport=${port}`
  return `${head} ${sent} ${back}${protocol === 'tcp' ? ' [ASSURED]' : ''} mark=0 use=1`
}

/** A flow of a tunnel, which nobody answers: what comes back is a flow of its own. */
const tunnelLine = ({ from, to, sourcePort, port }: TunnelFlow): string =>
  `udp      17 29 src=${from} dst=${to} sport=${sourcePort} dport=${port} [UNREPLIED] src=${to} dst=${from} sport=${port} dport=${sourcePort} mark=0 use=1`

const filters: Readonly<Record<string, (line: string, value: string) => boolean>> = {
  p: (line, value) => line.startsWith(`${value} `),
  proto: (line, value) => line.startsWith(`${value} `),
  s: (line, value) => line.includes(` src=${value} `),
  'orig-src': (line, value) => line.includes(` src=${value} `),
  d: (line, value) => line.includes(` dst=${value} `),
  'orig-dst': (line, value) => line.includes(` dst=${value} `),
  dport: (line, value) => line.indexOf(` dport=${value} `) === line.indexOf(' dport='),
  sport: (line, value) => line.indexOf(` sport=${value} `) === line.indexOf(' sport='),
  'orig-port-dst': (line, value) => line.indexOf(` dport=${value} `) === line.indexOf(' dport='),
  state: (line, value) => line.includes(` ${value} `),
}

/** Which flows the options ask for. */
const filterOf = (args: readonly string[]): ((line: string) => boolean) => {
  const wanted = args.flatMap((word, at) => {
    const [, name = '', attached] = /^--?([a-z-]+)(?:=(.*))?$/.exec(word) ?? []
    const filter = filters[name]
    return filter === undefined ? [] : [(line: string) => filter(line, attached ?? args[at + 1] ?? '')]
  })
  return line => wanted.every(fits => fits(line))
}

const TIMEOUTS = { closed: 120, refused: 10, unanswered: 120 } as const
/** A flow of UDP is forgotten after half a minute. */
const UDP_LESS = 90
const STATES = { closed: 'TIME_WAIT', refused: 'CLOSE', unanswered: 'SYN_SENT' } as const

type Remembered = { readonly leg: FlowLeg; readonly line: string }

const lineOf = (
  { protocol, fate }: Flow,
  { source, destination, reply, masked = source }: FlowLeg,
  left: number,
): string => {
  const sent = `src=${source.address} dst=${destination.address} sport=${source.port} dport=${destination.port}`
  const back = `src=${reply.address} dst=${masked.address} sport=${reply.port} dport=${masked.port}`
  const head =
    protocol === 'udp' ? `udp      17 ${Math.max(1, left - UDP_LESS)}` : `tcp      6 ${left} ${STATES[fate]}`
  const unreplied = fate === 'unanswered' ? ' [UNREPLIED]' : ''
  const assured = fate === 'closed' && protocol === 'tcp' ? ' [ASSURED]' : ''
  return `${head} ${sent}${unreplied} ${back}${assured} mark=0 use=1`
}

/** The connections that people have made or tried, as a machine remembers them. */
const rememberedOf = ({ world, host }: Call): readonly Remembered[] =>
  (world.fabric.flows ?? []).flatMap(flow => {
    const left = TIMEOUTS[flow.fate] - Math.floor((world.nowMs - flow.atMs) / 1000)
    return flow.legs
      .filter(({ machine, source }) => left > 0 && machine === host.name && !isLoopback(source.address))
      .map(leg => ({ leg, line: lineOf(flow, leg, left) }))
  })

/** Makes a machine forget the connections whose lines fit; gives how many. */
const forget = (call: Call, fits: (line: string) => boolean): number => {
  const { fabric } = call.world
  const gone = new Set(rememberedOf(call).flatMap(({ leg, line }) => (fits(line) ? [leg] : [])))
  fabric.flows = (fabric.flows ?? []).map(flow => ({
    ...flow,
    legs: flow.legs.filter(leg => !gone.has(leg)),
  }))
  return gone.size
}

const remove = (call: Call): Reply => {
  const count = forget(call, filterOf(call.args))
  return {
    stderr: `conntrack v1.4.6 (conntrack-tools): ${count} flow entries have been deleted.\n`,
    exit: count === 0 ? 1 : 0,
  }
}

/** A connection of the cluster's own programs is never quiet for longer: they ask whether the other end is there. */
const QUIET_SECONDS = 30

const leftOf = ({ sysctls }: Machine, port: number): number =>
  Number(sysctls.get('net.netfilter.nf_conntrack_tcp_timeout_established') ?? 432_000) -
  (port % QUIET_SECONDS)

/** What a pod holds, as its machine remembers it: to whom it dialed, who answers, and as whom it was sent on. */
const podLine = (host: Machine, { socket, seenAs }: PodConnection): string => {
  const { localAddress, localPort, peerAddress, peerPort } = socket
  const answering = socket.behind ?? { address: peerAddress, port: peerPort }
  return `tcp      6 ${leftOf(host, localPort)} ESTABLISHED src=${localAddress} dst=${peerAddress} sport=${localPort} dport=${peerPort} src=${answering.address} dst=${seenAs.address} sport=${answering.port} dport=${seenAs.port} [ASSURED] mark=0 use=1`
}

const list = (call: Call): Reply => {
  const { world, host } = call
  const source = mainAddressOf(host)
  const open = establishedOf(world, host)
    .filter(
      ({ state, opener, peerAddress }) =>
        state === 'ESTAB' && !isLoopback(peerAddress) && !(opener === 'peer' && peerAddress === source),
    )
    .map(({ opener, localPort, peerAddress, peerPort, behind = { address: peerAddress, port: peerPort } }) =>
      opener === 'peer'
        ? `tcp      6 ${leftOf(host, peerPort)} ESTABLISHED src=${peerAddress} dst=${source} sport=${peerPort} dport=${localPort} src=${source} dst=${peerAddress} sport=${localPort} dport=${peerPort} [ASSURED] mark=0 use=1`
        : `tcp      6 ${leftOf(host, localPort)} ESTABLISHED src=${source} dst=${peerAddress} sport=${localPort} dport=${peerPort} src=${behind.address} dst=${source} sport=${behind.port} dport=${localPort} [ASSURED] mark=0 use=1`,
    )
  const pods = podConnectionsOf(world, host)
    .filter(({ socket }) => socket.state === 'ESTAB')
    .map(one => podLine(host, one))
  const total = trackedOf(host)
  const shows = filterOf(call.args)
  // What a filter drops on its way to the machine, or from it, is never tracked.
  const tunnels = tunnelFlows(world, host).flatMap(flow =>
    flow.verdict.kind === 'accept' ? [tunnelLine(flow)] : [],
  )
  const room = Math.max(0, Math.min(total, MOST_LINES) - open.length - pods.length - tunnels.length)
  const more = usualFlows(world, host, room).map(usualLine)
  const shown = [...rememberedOf(call).map(({ line }) => line), ...open, ...pods, ...tunnels, ...more].filter(
    shows,
  )
  return {
    stdout: shown.map(line => `${line}\n`).join(''),
    stderr: `conntrack v1.4.6 (conntrack-tools): ${shown.length} flow entries have been shown.\n`,
  }
}

const statistics = ({ host }: Call): Reply => {
  const isFull = isConntrackFull(host)
  const drops = isFull ? 1_842 : 0
  return {
    stdout: Array.from(
      { length: host.cpu.cores },
      (_, cpu) =>
        `cpu=${cpu}   \tfound=${cpu * 3} invalid=${12 + cpu * 7} insert=0 insert_failed=${drops} drop=${drops} early_drop=${isFull ? 96 : 0} error=0 search_restart=${cpu} \n`,
    ).join(''),
  }
}

const run = (call: Call): Reply => {
  const [verb = ''] = call.args
  if (call.user !== 'root')
    return {
      stderr:
        'conntrack v1.4.6 (conntrack-tools): Operation failed: sorry, you must be root or get CAP_NET_ADMIN capability to do this\n',
      exit: 1,
    }
  if (verb === '-L' || verb === '--dump') return list(call)
  if (verb === '-S' || verb === '--stats') return statistics(call)
  if (verb === '-C' || verb === '--count') return { stdout: `${trackedOf(call.host)}\n` }
  // What was emptied fills up again at once: the same programs go on to talk.
  if (verb === '-D' || verb === '--delete') return remove(call)
  if (verb === '-F' || verb === '--flush') {
    forget(call, () => true)
    return { stderr: 'conntrack v1.4.6 (conntrack-tools): connection tracking table has been emptied.\n' }
  }
  return {
    stderr:
      "conntrack v1.4.6 (conntrack-tools): Bad parameter\nTry `conntrack -h' or 'conntrack --help' for more information.\n",
    exit: 2,
  }
}

/** conntrack(8). */
export const conntrack: Program = { names: ['conntrack'], isInstalled: onMachines, run }
