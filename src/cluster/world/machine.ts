import type { Container, ContainerRuntime } from './container.ts'
import type { FileNode, FileTree } from './file-node.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { LeftSession, Login, PastLogin, UserManager } from './login.ts'
import type { Firewall, HeldWay, NetworkInterface, Route } from './network.ts'
import type { ProcessorTime } from './processor-time.ts'
import type { ToldLink } from './told-link.ts'
import type { Unit } from './unit.ts'

/** What a machine is in its cluster. `server` is any other machine with a shell, `proxy` a load balancer. */
export type MachineRole = 'workstation' | 'control-plane' | 'worker' | 'master' | 'proxy' | 'server'

/** The operating system as os-release(5) and uname(1) tell it. */
export type OperatingSystem = {
  id: string
  name: string
  prettyName: string
  version: string
  versionId: string
  kernel: string
  kernelVersion: string
}

/** A filesystem. Used bytes are `baseBytes` and what its files, journals, images and container logs take; see `usedBytesOf`. */
export type Filesystem = {
  device: string
  mount: string
  type: string
  sizeBytes: number
  baseBytes: number
  /** Blocks that only root may use. */
  reservedBytes: number
  inodes: number
  baseInodes: number
  options: string
  isReadOnly: boolean
  /** Set when the device does not answer any more: reads and writes give this error. */
  error: string | undefined
  /** What lies out of sight, by path: while it is mounted, the files that it covers; while it is not, its own. */
  outOfSight?: [path: string, node: FileNode][]
}

/** A file that has lost its name and not its bytes: these processes still hold it open. */
export type UnlinkedFile = { path: string; bytes: number; pids: number[] }

/** The file of a socket that was removed while a process waits at it: who connects anew does not find it. */
export type LostSocket = { path: string; pid: number; atMs: number }

/** A disk or partition as lsblk shows it. */
export type BlockDevice = {
  name: string
  kind: 'disk' | 'part' | 'loop' | 'lvm'
  parent: string | undefined
  major: number
  minor: number
  sizeBytes: number
  isReadOnly: boolean
  mounts: string[]
  /** Load on the device: percent busy and milliseconds a request waits. */
  utilPercent: number
  awaitMs: number
}

/** Before which others a process comes at a disk: of a kind, and within it the lower levels first. */
export type IoPriority = {
  readonly kind: 'none' | 'realtime' | 'best-effort' | 'idle'
  readonly level: number
}

/** A process that belongs to no unit or container that the world knows otherwise: a shell, a stress program, a runaway script. */
export type FreeProcess = {
  pid: number
  parentPid: number
  user: string
  command: string
  startedMs: number
  cpuPercent: number
  memoryBytes: number
  state: 'S' | 'R' | 'D' | 'Z'
  /** How it stands back behind others, -20 to 19; 0 unless said. */
  nice?: number
  /** What was typed to begin it, where that is not its command line. */
  typed?: string
  /** Requests that it sends to the API server each second. */
  apiCallsPerSecond?: number
  threads: number
  openFiles: number
  listens: Listener[]
  /** Which of its ports lead to a pod's, as those of `kubectl port-forward` do. */
  forwards?: { port: number; podUid: string; remotePort: number }[]
  /** The API server that its port leads to, and with which certificate, as that of `kubectl proxy` does. */
  proxies?: { host: string; port: number; certificate: string | undefined }
  /** The folder that it writes to without pause, and how busy that makes the disk below it. */
  disk?: { folder: string; utilPercent: number; awaitMs: number }
  /** Set for the main process of a unit, which is listed with the unit. */
  isMain?: true
  /** Whether a shell began it at a terminal, and at which where that is not the first. */
  hasTerminal?: boolean
  terminal?: string
  /** The control group that it was begun in, where that is not the one of its user's first session. */
  group?: string
  /** Whether `kill` without -9 ends it. */
  ignoresTerm: boolean
}

/** A port that a process listens on. */
export type Listener = {
  protocol: 'tcp' | 'udp'
  address: string
  port: number
  /** How many connections may wait for the program, where it asks for another number than Go and systemd do. */
  backlog?: number
  /** The interface that it is bound to. */
  device?: string
}

/** A rule of `ip rule`: what it is for, and what is done. */
export type RoutingRule = { readonly priority: number; readonly selector: string; readonly action: string }

/** An entry that somebody made in the table of neighbours, or that is asked for no more. */
export type OwnNeighbour = { readonly address: string; readonly device: string; readonly mac: string }

/** A kernel module as lsmod shows it. */
export type KernelModule = { name: string; sizeBytes: number; usedBy: string[] }

/** A machine with everything an engineer could look at, as plain data that the laws settle in place. */
export type Machine = {
  name: string
  role: MachineRole
  os: OperatingSystem
  isPowered: boolean
  /** Since when its card does not answer on the wire, while it does not. */
  silentSinceMs?: number
  /** When it comes up again, while it is off for a reboot. */
  startsMs: number | undefined
  /** `none`, `kvm` or `lxc`, as systemd-detect-virt says. */
  virtualization: 'none' | 'kvm' | 'lxc'
  bootId: string
  machineId: string
  bootedMs: number
  /** The ids of the boots before this one, oldest first. */
  formerBoots?: readonly { readonly id: string; readonly bootedMs: number }[]
  /** The times that it was up before, as far as wtmp knows of them from before the world began. */
  pastBoots?: readonly { readonly fromMs: number; readonly toMs: number }[]
  /** How far its clock is ahead of true time; negative when behind. */
  clockOffsetMs: number
  /** How far it was ahead before it was set, and until when, oldest first. */
  clockPast?: readonly { readonly untilMs: number; readonly offsetMs: number }[]
  isTimeSynchronized: boolean
  timezone: string
  cpu: { cores: number; model: string }
  memoryBytes: number
  /** What the page cache holds while it has not grown to what it usually takes. */
  pageCacheBytes?: number
  /** What the processors have done since the boot; not known before the first step. */
  processorTime?: ProcessorTime
  /** How long processes wait for processors, memory and disks: percent over 10, 60 and 300 s, and microseconds since the boot. */
  stalls?: Readonly<Record<string, { readonly averages: readonly number[]; readonly totalUs: number }>>
  swap: { file: string; sizeBytes: number; usedBytes: number }[]
  /** The load averages of 1, 5 and 15 minutes, moved towards the demand by a law. */
  load: [number, number, number]
  filesystems: Filesystem[]
  /** What was mounted and is not now: its contents wait on its device. */
  unmounted?: Filesystem[]
  /** Files that were removed while processes held them open. */
  unlinked?: UnlinkedFile[]
  lostSockets?: LostSocket[]
  devices: BlockDevice[]
  files: FileTree
  /** The programs that a shell has put among its files: what was taken away since stays away. */
  offered?: Set<string>
  units: Map<string, Unit>
  journal: JournalEntry[]
  /** The ring buffer of the kernel since the boot, which needs no disk. */
  kernelRing: JournalEntry[]
  /** When the ring buffer of the kernel was last cleared; its messages stay in the journal. */
  dmesgClearedMs: number | undefined
  /** Up to which entry rsyslogd has copied the journal to files. */
  syslogMs: number | undefined
  /** Up to when cron has looked at its tables. */
  cronMs?: number
  processes: FreeProcess[]
  /** Who is logged in, the earliest first, who was, and the number of the last session. */
  logins?: Login[]
  pastLogins?: PastLogin[]
  /** Sessions that are over but for what still runs in them. */
  leftSessions?: LeftSession[]
  lastSession?: number
  userManagers?: UserManager[]
  /** The highest pid that a process was given last. */
  nextPid: number
  /** Processes that a signal has stopped until they are told to go on. */
  stoppedPids?: number[]
  /** Processes whose place before others at a disk was set, by pid. */
  ioPriorities?: Readonly<Record<number, IoPriority>>
  sysctls: Map<string, string>
  modules: KernelModule[]
  interfaces: NetworkInterface[]
  /** What was last told to the journal of each interface. */
  toldLinks?: Readonly<Record<string, ToldLink>>
  /** The address that the site's DNS gives for it, whatever its interfaces have now. */
  siteAddress?: string
  routes: Route[]
  /** Its further tables of routes, by their names or numbers, beside the main one. */
  routeTables?: Map<string, Route[]>
  /** The rules by which its routing tables are asked, where they are not the kernel's own three. */
  routingRules?: RoutingRule[]
  /** The entries of its table of neighbours that were made by hand and that the wire does not change. */
  neighbours?: OwnNeighbour[]
  firewall: Firewall
  /** Where the names of API servers led whoever got through by them last, and when: who had a connection then has it still. */
  ledTo?: Readonly<Record<string, HeldWay>>
  /** Since when its table of connections has been full, while it is. */
  trackingFullMs?: number
  runtime: ContainerRuntime | undefined
  /** A Docker engine beside the runtime that the cluster uses: it knows none of the cluster's containers. */
  dockerEngine?: ContainerRuntime
  /** What its login shells find in the environment: proxies and the like. */
  environment: Record<string, string>
  /** Whether SELinux enforces: `disabled` where it is not installed. */
  selinux: 'disabled' | 'permissive' | 'enforcing'
  /** Of a container's inside: the container, what carries it, and whether it sees that machine's processes. */
  inside?: { container: Container; carrier: Machine; seesAllProcesses: boolean }
  /**
   * Gravity's Planet on this machine: a container with its own files, units and journal. Its clock, memory and network are the host's:
   * the same objects, shared by reference.
   */
  planet: Machine | undefined
  /** Of a Planet: which number its first process has on its machine. */
  initPid?: number
  /** Of a Planet: what it and its machine both had in the folders that they share when these were last made equal, by its paths. */
  sharedFiles?: Map<string, FileNode>
}
