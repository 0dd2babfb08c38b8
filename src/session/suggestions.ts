import { suggestValues } from '../diagnosis/index.ts'
import { type Facts, mergeFacts } from '../facts/index.ts'
import type { Variable } from '../tree/index.ts'
import { fitsType } from './check-value.ts'
import { newestFinishedRuns } from './run-queries.ts'
import type { Session } from './types.ts'

/** Text within a CEL expression. */
const quoted = (text: string): string => JSON.stringify(text)

const crashing = (name: string): string => {
  const is = name === '' ? 'true' : `c.name.startsWith(${quoted(name)})`
  return `containers.filter(c, ${is} && c.state != "running").map(c, c.id) + containers.filter(c, ${is} && c.state == "running").map(c, c.id)`
}
const troubledFirst = (field: string): string =>
  `pods.filter(p, p.status != "Running" && p.status != "Completed").map(p, ${field}) + pods.map(p, ${field})`
const controls = 'n.roles.exists(r, r == "control-plane" || r == "master")'

/** What values a name that no runbook declares is likely to have, by the facts that hold them. What is in trouble comes first. */
const usual: readonly (readonly [name: RegExp, expression: string])[] = [
  [/^(?:\w+_)?NODE(?:_NAME)?$/, 'nodes.filter(n, n.ready == false).map(n, n.name) + nodes.map(n, n.name)'],
  [
    /^(?:CONTROL_PLANE|MASTER)_(?:NODE_)?IP$|^API_SERVER$/,
    `nodes.filter(n, ${controls}).map(n, n.internalIP)`,
  ],
  [/^WORKER_(?:NODE_)?IP$/, `nodes.filter(n, !${controls}).map(n, n.internalIP)`],
  [/^NODE_IP$/, 'nodes.map(n, n.internalIP)'],
  [/^ETCD_CONTAINER_ID$/, crashing('etcd')],
  [/^SCHEDULER_CONTAINER_ID$/, crashing('kube-scheduler')],
  [/^CONTROLLER_MANAGER_CONTAINER_ID$/, crashing('kube-controller-manager')],
  [/^CONTAINER(?:_ID|_ID_OR_NAME)?$/, crashing('')],
  [/^COREDNS_POD_IP$/, 'pods.filter(p, p.name.startsWith("coredns-")).map(p, p.ip)'],
  [/^(?:\w+_)?NAMESPACE$/, troubledFirst('p.namespace')],
  [/^(?:PENDING_)?POD(?:_NAME)?$/, troubledFirst('p.name')],
  [/^POD_IP$/, 'pods.map(p, p.ip)'],
  [/PLANET/, 'units.filter(u, u.name.contains("planet")).map(u, u.name)'],
  [/^(?:SERVICE|UNIT|SYSTEMD_UNIT)(?:_NAME)?$/, 'units.filter(u, u.active == "failed").map(u, u.name)'],
  [/^SVC(?:_NAME)?$|^SERVICE_NAME$/, 'services.map(s, s.name)'],
  [/^INTERFACE(?:_NAME)?$/, 'interfaces.map(i, i.name)'],
]

/** `coredns-xxx` stands for a pod whose name begins so; it is now and then written `corednx-xxx`. */
const podPrefix = (name: string): string | undefined => {
  const [, prefix] = /^(.+)_XXX$/.exec(name) ?? []
  const dashed = prefix?.toLowerCase().replaceAll('_', '-')
  return dashed === 'corednx' ? 'coredns' : dashed
}

const expressionsFor = ({ name, from }: Variable): readonly string[] => {
  if (from !== undefined) return [from]
  const prefix = podPrefix(name)
  if (prefix !== undefined)
    return [`pods.filter(p, p.name.startsWith(${quoted(`${prefix}-`)})).map(p, p.name)`]
  return usual.filter(([pattern]) => pattern.test(name)).map(([, expression]) => expression)
}

const most = 8

const factsOf = (session: Session): Facts => mergeFacts(newestFinishedRuns(session).map(({ facts }) => facts))

/** Values for a placeholder out of the facts collected so far, the likeliest first, only such as its type takes; none for a secret. */
export const suggestFor = (session: Session, variable: Variable): readonly string[] => {
  if (variable.type === 'secret') return []
  const facts = factsOf(session)
  const found = expressionsFor(variable).map(expression => suggestValues(expression, facts))
  const values = [...new Set(found.flat())]
  return values.filter(value => fitsType(variable.type, value)).slice(0, most)
}
