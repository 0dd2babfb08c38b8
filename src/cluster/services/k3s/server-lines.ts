import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { componentsOf, type Elected, refusedTo } from '../../relations/components.ts'
import { datastoreProblem } from '../../relations/k3s/datastore.ts'
import { k3sUnitOf } from '../../relations/k3s/k3s-units.ts'
import type { World } from '../../world/world.ts'
import { lineMaker } from '../kube/kubelet-complaints.ts'
import { controllerEvents, toldWithin } from '../kube/ordinary-lines.ts'
import { repeating, type TimedLine, ticksIn } from '../kube/telling.ts'
import type { Running, Span } from '../service.ts'
import { logfmt } from './start-lines.ts'

const COMPACT_MS = 300_000

/** kine keeps the database small, and says so every five minutes. */
const compactions = (self: Running, span: Span): readonly TimedLine[] =>
  ticksIn(span, COMPACT_MS, ((self.unit?.startedMs ?? 0) + 71_000) % COMPACT_MS).flatMap(atMs => {
    const now = 4_000_000 + (Math.floor(atMs / COMPACT_MS) % 100_000) * 412
    const say = (text: string) => logfmt(self, 'info', { atMs, text })
    const target = now - 1_000
    const texts = [
      say(`COMPACT compactRev=${target - 412} targetCompactRev=${target} currentRev=${now}`),
      say(
        `COMPACT deleted ${390 + (now % 23)} rows from 412 revisions in ${4 + (now % 7)}.${now % 999}ms - compacted to ${target}/${now}`,
      ),
    ]
    return texts.map(text => ({ atMs, text }))
  })

const databaseLines = (self: Running, span: Span): readonly TimedLine[] => {
  const problem = datastoreProblem(self.machine)
  return problem === undefined
    ? compactions(self, span)
    : repeating(span, 3_000, atMs => logfmt(self, 'error', { atMs, text: `error in txn: ${problem}` }))
}

const agentsOf = (world: World) =>
  [...world.machines.values()].flatMap(machine => {
    const unit = k3sUnitOf(machine)
    return unit?.service === 'k3s-agent' ? [{ machine, unit }] : []
  })

/** What the server tells of the agents that come and go: the certificates that it signs, the tunnels that they open and lose. */
const agentLines = (world: World, self: Running, span: Span): readonly TimedLine[] =>
  agentsOf(world).flatMap(({ machine, unit }) => {
    const name = nodeNameOf(machine)
    const joined = unit.active === 'active' ? toldWithin(span, unit.startedMs) : []
    const left = unit.active === 'active' ? [] : toldWithin(span, unit.endedMs)
    const say = (atMs: number, level: string, text: string) => ({
      atMs,
      text: logfmt(self, level, { atMs, text }),
    })
    return [
      ...joined.flatMap(atMs => [
        say(
          atMs,
          'info',
          `certificate CN=${name} signed by CN=k3s-server-ca: notBefore=${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`,
        ),
        say(atMs, 'info', `certificate CN=system:node:${name},O=system:nodes signed by CN=k3s-client-ca`),
        say(atMs, 'info', `Handling backend connection request [${name}]`),
      ]),
      ...left.map(atMs =>
        say(
          atMs,
          'info',
          'error in remotedialer server [400]: websocket: close 1006 (abnormal closure): unexpected EOF',
        ),
      ),
    ]
  })

const elected: readonly Elected[] = ['kube-controller-manager', 'kube-scheduler']

/** What the control plane within complains of when it has lost its rights. */
const refusedLines = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  const say = lineMaker(self)
  return elected.flatMap(name => {
    const [component] = componentsOf(world, name)
    const list = component === undefined ? undefined : refusedTo(world, component, name).list
    return list === undefined
      ? []
      : repeating(span, 20_000, atMs =>
          say('E', atMs, [
            'reflector.go:147',
            `k8s.io/client-go/informers/factory.go:150: Failed to watch *v1.Node: failed to list *v1.Node: ${list}`,
          ]),
        )
  })
}

/** What a server of k3s tells beside what its kubelet does: its database, its agents, the events of its controllers. */
export const serverLines = (world: World, self: Running, span: Span): readonly TimedLine[] => [
  ...databaseLines(self, span),
  ...agentLines(world, self, span),
  ...controllerEvents(world, self, span),
  ...refusedLines(world, self, span),
]
