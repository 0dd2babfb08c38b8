import type { DnsAnswer, DnsQuestion } from '../network/dns-answer.ts'
import type { Certificate } from '../relations/certificate.ts'
import type { Container } from '../world/container.ts'
import type { Listener, Machine } from '../world/machine.ts'
import type { Unit, UnitExit } from '../world/unit.ts'
import type { World } from '../world/world.ts'

/** What runs somewhere: a unit's main process or a container. `machine` is where it runs (Planet's inside for Gravity's units). */
export type Running = {
  readonly machine: Machine
  readonly unit: Unit | undefined
  readonly container: Container | undefined
}

/** A line for a log; `priority` as syslog counts, 6 unless said; `beforeMs` how long before what it tells of it was said. */
export type Line = { readonly text: string; readonly priority?: number; readonly beforeMs?: number }

/**
 * What ends a service: how it exits, how long it ran before, and what it says of it. With an infinite `afterMs` it neither ends nor
 * becomes ready: a unit of type notify then stays activating until its start times out.
 */
export type Ailment = {
  readonly exit: UnitExit
  readonly afterMs: number
  readonly lines: readonly Line[]
}

/** The span of simulated time that a log is to be told of: after `fromMs`, up to and with `toMs`. */
export type Span = { readonly fromMs: number; readonly toMs: number }

/** A GET: the port that was connected to, the path with its query, and whether TLS lies between. */
export type HttpRequest = {
  readonly port: number
  readonly path: string
  readonly from?: Machine | undefined
  readonly client?: Certificate | undefined
  /** Set where it is known already that whoever asks may. */
  readonly isAllowed?: true | undefined
  readonly method?: string | undefined
  /** The host that it asks for: what stands in the head `Host`. */
  readonly host?: string | undefined
  /** What program asks, as it tells in the head `User-Agent`. */
  readonly agent?: string | undefined
}

/** A request that was answered: when, and from which address it came. */
export type Answered = {
  readonly atMs: number
  readonly client: string
  readonly request: HttpRequest
  readonly answer: HttpAnswer
}

/** How a port is secured: the certificate that it shows, and whether it wants one from the client, signed by one of these. */
export type TlsPort = {
  readonly certificate: Certificate | undefined
  readonly clientAuthorities: readonly Certificate[] | undefined
  /** The certificate for a name that the client asks for, where it has one of its own. */
  readonly forName?: (host: string) => Certificate | undefined
}

/** An answer's status and body. */
export type HttpAnswer = {
  readonly status: number
  readonly body: string
  readonly contentType?: string
  /** Its header lines, where they are not the usual ones. */
  readonly headers?: readonly string[]
  /** Header lines beside the usual ones. */
  readonly moreHeaders?: readonly string[]
  /** Whether it has come through HAProxy, which writes the names of headers small. */
  readonly isRelayed?: boolean
  /** The backend and server of HAProxy that it came from; `isOwn` where HAProxy had to answer in place of the server. */
  readonly passage?: { readonly backend: string; readonly server: string; readonly isOwn?: boolean }
}

/** How a start goes that nothing ends: when it forks the child that it needs, and when it is up. */
export type Course = { readonly forksMs: number; readonly upMs: number }

/** What came of a reload: with something wrong in its settings a service goes on as it was. */
export type Reloaded = { readonly isDone: boolean; readonly lines: readonly Line[] }

/**
 * How a kind of service behaves, the same as a unit or in a container. All are functions of the world: what stops it follows from
 * files, certificates, disks, sockets and others that it needs; nothing is remembered here.
 */
export type Service = {
  /** The ports that it listens on while it runs. */
  readonly listens?: (world: World, self: Running) => readonly Listener[]
  /** What keeps it from running now; `undefined` when it can run. */
  readonly ailment?: (world: World, self: Running) => Ailment | undefined
  /** How its start goes, where that takes time. */
  readonly course?: (self: Running) => Course
  /** What a start of it changes on its machine by the time that it has its child, however it ends. */
  readonly prepare?: (world: World, self: Running) => void
  /** What it changes on its machine when it starts well. */
  readonly begin?: (world: World, self: Running) => void
  /** What it says when it starts well. */
  readonly greeting?: (world: World, self: Running) => readonly Line[]
  /** What it says while it runs, complaints among it, each at its time within the span. */
  readonly chatter?: (
    world: World,
    self: Running,
    span: Span,
  ) => readonly (Line & { readonly atMs: number })[]
  /** What it answers to an HTTP GET on one of its ports; `undefined` where it speaks no HTTP. */
  readonly answers?: (world: World, self: Running, request: HttpRequest) => HttpAnswer | undefined
  /** What it writes to its log of a request that it has answered, where it does. */
  readonly notes?: (answered: Answered) => string | undefined
  /** The hosts and ports to which it holds a connection while it runs. */
  readonly dials?: (
    world: World,
    self: Running,
  ) => readonly { readonly host: string; readonly port: number }[]
  /** How one of its ports speaks TLS; `undefined` for a port in the clear. */
  readonly secures?: (world: World, self: Running, port: number) => TlsPort | undefined
  /** How it answers a DNS question; `undefined` where it speaks no DNS. */
  readonly resolves?: (world: World, self: Running, question: DnsQuestion) => DnsAnswer | undefined
  /** What it writes to a log file of its own, beside or instead of the journal, each line at its time within the span. */
  readonly logFile?: (
    world: World,
    self: Running,
    span: Span,
  ) => { readonly path: string; readonly lines: readonly { readonly atMs: number; readonly text: string }[] }
  /** Takes its settings anew while it goes on, as a reload wants. */
  readonly reload?: (world: World, self: Running & { readonly unit: Unit }) => Reloaded
  /** What it changes on its machine when it is stopped. */
  readonly end?: (world: World, self: Running) => void
  /** What it says when it is stopped. */
  readonly farewell?: (world: World, self: Running) => readonly Line[]
}
