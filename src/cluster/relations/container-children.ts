import type { Container } from '../world/container.ts'
import { helperKey, helpersSpan, titleOfContainer } from './container-helpers.ts'
import { isShell } from './shell-line.ts'

/** A process below a container's main one. */
export type ContainerChild = {
  readonly pid: number
  readonly parentPid: number
  readonly command: string
  /** Which part of the container's memory and time is its own. */
  readonly share: number
  /** Whether it is the one that works: it opens connections, and holds what no other does. */
  readonly works: boolean
  /** The ports that it alone listens on. */
  readonly ports: readonly number[]
  /** Since when it runs, where that is not as long as its parent. */
  readonly startedMs?: number
}

/** What the supervisor in the image of calico-node runs, by the names of its services. */
const ofCalico: readonly (readonly [name: string, command: string, share: number, ports?: number])[] = [
  ['allocate-tunnel-addrs', 'calico-node -allocate-tunnel-addrs', 0.12],
  ['bird', 'bird -R -s /var/run/calico/bird.ctl -d -c /etc/calico/confd/config/bird.cfg', 0.02, 179],
  ['bird6', 'bird6 -R -s /var/run/calico/bird6.ctl -d -c /etc/calico/confd/config/bird6.cfg', 0.01],
  ['cni', 'calico-node -monitor-token', 0.12],
  ['confd', 'calico-node -confd', 0.13],
  ['felix', 'calico-node -felix', 0.35],
  ['monitor-addresses', 'calico-node -monitor-addresses', 0.12],
  ['node-status-reporter', 'calico-node -status-reporter', 0.12],
]

/** The main process of a container of calico-node, which keeps all others going. */
const CALICO_MAIN = '/usr/local/bin/runsvdir -P /etc/service/enabled'

/** By how much a child's pid is higher than its parent's where there is one alone. */
export const CHILD_AFTER = 2

/** How many numbers of processes a container takes for its children. */
export const childrenSpan = (service: string): number =>
  service === 'calico-node' ? 2 * ofCalico.length : Math.max(CHILD_AFTER, helpersSpan(service))

const supervised = ({ pid, respawned }: Container): readonly ContainerChild[] =>
  ofCalico.flatMap(([name, command, share, port], at) => {
    const parentPid = pid + 1 + at
    const again = respawned?.[name]
    return [
      { pid: parentPid, parentPid: pid, command: `runsv ${name}`, share: 0.001, works: false, ports: [] },
      {
        pid: again?.pid ?? parentPid + ofCalico.length,
        parentPid,
        command,
        share,
        works: name === 'felix',
        ports: port === undefined ? [] : [port],
        ...(again === undefined ? {} : { startedMs: again.startedMs }),
      },
    ]
  })

/** A container whose command is a minimal init: what that runs as its child, which does the work and holds the sockets. */
const servedBy = (command: readonly string[]): readonly string[] | undefined => {
  const [first = '', ...rest] = command
  if (!/(^|\/)(dumb-init|tini)$/.test(first)) return undefined
  const at = rest.findIndex(word => !word.startsWith('-'))
  return at < 0 ? undefined : rest.slice(at)
}

/** What a shell of one line turns into without a process of its own: its one command, or the last that it hands itself over to. */
const becomes = ([shell = '', flag, text = '']: readonly string[]): string | undefined => {
  if (!isShell(shell) || flag !== '-c') return undefined
  const last = /(?:^|[;&\n]\s*)exec\s+([^;&|<>\n]+)$/.exec(text.trim())?.[1]
  return last ?? (/^[^;&|<>$`\n(){}]+$/.test(text) ? text.trim() : undefined)
}

/** The command line of a container's main process, or the title that it gives itself. */
export const mainCommandOf = (container: Container): string => {
  const { service, command, name } = container
  return service === 'calico-node'
    ? CALICO_MAIN
    : (titleOfContainer(container) ?? becomes(command) ?? (command.join(' ') || name))
}

/** The processes below the main one of a container that runs. */
export const childrenOf = (container: Container): readonly ContainerChild[] => {
  const { pid, command, service } = container
  if (service === 'calico-node') return supervised(container)
  const served = servedBy(command)
  return served === undefined
    ? []
    : [
        {
          pid: pid + CHILD_AFTER,
          parentPid: pid,
          command: served.join(' '),
          share: 0.99,
          works: true,
          ports: [],
        },
      ]
}

/** Ends a process that is kept going: another takes its place at once. Says whether it was one. */
export const respawnChild = (
  container: Container,
  ended: number,
  { pid, atMs: startedMs }: { readonly pid: number; readonly atMs: number },
): boolean => {
  const helper = helperKey(container, ended)
  if (helper !== undefined) {
    container.respawned = { ...container.respawned, [helper]: { pid, startedMs } }
    return true
  }
  if (container.service !== 'calico-node' || ended === container.pid) return false
  const child = supervised(container).find(each => each.pid === ended)
  const name = ofCalico.find(([, command]) => command === child?.command)?.[0]
  if (child === undefined) return false
  if (name !== undefined) container.respawned = { ...container.respawned, [name]: { pid, startedMs } }
  return true
}
