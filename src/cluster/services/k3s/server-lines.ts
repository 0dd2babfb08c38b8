import { componentsOf, type Elected, refusedTo } from '../../relations/components.ts'
import { datastoreProblem } from '../../relations/k3s/datastore.ts'
import type { World } from '../../world/world.ts'
import { lineMaker } from '../kube/kubelet-complaints.ts'
import { controllerEvents } from '../kube/ordinary-lines.ts'
import { repeating, type TimedLine } from '../kube/telling.ts'
import type { Running, Span } from '../service.ts'
import { logfmt } from './start-lines.ts'

const databaseLines = (self: Running, span: Span): readonly TimedLine[] => {
  const problem = datastoreProblem(self.machine)
  return problem === undefined
    ? []
    : repeating(span, 3_000, atMs => logfmt(self, 'error', { atMs, text: `error in txn: ${problem}` }))
}

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

/** What a server of k3s tells beside what its kubelet does: a database that takes no writes, the events of its controllers. */
export const serverLines = (world: World, self: Running, span: Span): readonly TimedLine[] => [
  ...databaseLines(self, span),
  ...controllerEvents(world, self, span),
  ...refusedLines(world, self, span),
]
