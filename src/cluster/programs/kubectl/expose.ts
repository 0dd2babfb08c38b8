import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { findTyped, isTarget } from './find-target.ts'
import { etcdProblem } from './refused-write.ts'
import { writeObject } from './write-object.ts'

const selectorOf = (object: KubeObject): Readonly<Record<string, string>> | undefined =>
  object.kind === 'Pod'
    ? object.metadata.labels
    : object.kind === 'Service'
      ? object.spec?.selector
      : object.spec?.selector?.matchLabels

const containerPorts = (object: KubeObject): readonly KubeValue[] =>
  object.kind === 'Service'
    ? (object.spec?.ports ?? [])
    : (object.spec?.template?.spec ?? object.spec)?.containers?.flatMap((c: KubeValue) => c.ports ?? [])

/** The ports of the new service: the one that was named, or those that the object's containers have. */
const portsOf = ({ args: { flags } }: Client, object: KubeObject): readonly KubeValue[] => {
  const named = flags.get('port')
  const found = named === undefined ? containerPorts(object) : [{ containerPort: Number(named) }]
  const wanted = flags.get('target-port')
  const target = wanted !== undefined && /^\d+$/.test(wanted) ? Number(wanted) : wanted
  return found.map((each, at) => {
    const port = each.containerPort ?? each.port
    return {
      ...(found.length > 1 ? { name: `port-${at + 1}` } : {}),
      port,
      protocol: flags.get('protocol') ?? each.protocol ?? 'TCP',
      targetPort: target ?? port,
    }
  })
}

/** What is asked of the new service beside its ports. */
const addressOf = ({ args: { flags } }: Client): KubeValue => {
  const address = flags.get('cluster-ip')
  const affinity = flags.get('session-affinity')
  const external = flags.get('external-ip')
  return {
    ...(address === undefined ? {} : { clusterIP: address }),
    ...(affinity === undefined ? {} : { sessionAffinity: affinity }),
    ...(external === undefined ? {} : { externalIPs: external.split(',') }),
  }
}

/** `kubectl expose`: a service in front of what a workload, a pod or another service selects. */
export const expose = (client: Client): Reply => {
  const { flags, words } = client.args
  const found = findTyped(
    client,
    words.slice(1).flatMap(each => each.split('/')),
  )
  if (!isTarget(found)) return found
  const { kind, object } = found
  const selector = selectorOf(object)
  if (selector === undefined)
    return { stderr: `error: cannot expose a ${kind.kind}.${kind.group}\n`, exit: 1 }
  const ports = portsOf(client, object)
  if (ports.length === 0)
    return {
      stderr:
        "error: couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and examples\n",
      exit: 1,
    }
  const refused = etcdProblem(client)
  if (refused !== undefined) return refused
  const written = writeObject(
    client,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: flags.get('name') ?? object.metadata.name,
        namespace: object.metadata.namespace,
        labels: object.metadata.labels,
      },
      spec: { type: flags.get('type') ?? 'ClusterIP', selector, ports, ...addressOf(client) },
    },
    'create',
  )
  return written.stderr === undefined
    ? { stdout: (written.stdout ?? '').replace(/ created$/m, ' exposed') }
    : { stderr: written.stderr.replace(' error when creating "":', ''), exit: 1 }
}
