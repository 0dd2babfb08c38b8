import { containerSpecs, initSpecs, uidOf } from '../../kube/pod.ts'
import { listObjects } from '../../kube/store.ts'
import { containersOf } from '../../relations/pods.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { jsonText } from './output.ts'
import { reachKubelet } from './reach-kubelet.ts'

const spaced = [
  ['EventList', 'v1', 'Event'],
  ['ReplicationControllerList', 'v1', 'ReplicationController'],
  ['ServiceList', 'v1', 'Service'],
  ['DaemonSetList', 'apps/v1', 'DaemonSet'],
  ['DeploymentList', 'apps/v1', 'Deployment'],
  ['ReplicaSetList', 'apps/v1', 'ReplicaSet'],
  ['PodList', 'v1', 'Pod'],
] as const

const listText = (
  { call: { world } }: Client,
  [kind, apiVersion, of]: readonly [string, string, string],
  namespace?: string,
): string =>
  jsonText({
    kind,
    apiVersion,
    metadata: { resourceVersion: String(world.kube.revision) },
    items: listObjects(world.kube, of, namespace).map(
      ({ kind: _kind, apiVersion: _version, ...rest }) => rest,
    ),
  })

const logText = (client: Client, pod: KubeObject, name: string): string => {
  const { namespace, name: podName } = pod.metadata
  const place =
    pod.spec?.nodeName === undefined
      ? undefined
      : reachKubelet(client, pod, `containerLogs/${namespace}/${podName}/${name}`)
  const machine = place === undefined || 'problem' in place ? undefined : place.machine
  const log = machine === undefined ? [] : (containersOf(machine, uidOf(pod), name).at(-1)?.log ?? [])
  const title = `logs for container ${name} of pod ${namespace}/${podName} ====\n`
  return `==== START ${title}${log.map(({ text }) => `${text}\n`).join('')}==== END ${title}`
}

/** `kubectl cluster-info dump`: the nodes, and of some namespaces what is in them and what their pods say. */
export const dumpCluster = (client: Client): Reply => {
  const { flags } = client.args
  const { kube } = client.call.world
  const asked = flags.get('namespaces')?.split(',') ?? ['kube-system', client.namespace]
  const namespaces = flags.has('all-namespaces')
    ? listObjects(kube, 'Namespace').map(({ metadata }) => metadata.name)
    : asked
  const texts = [
    listText(client, ['NodeList', 'v1', 'Node']),
    ...namespaces.flatMap(namespace => spaced.map(list => listText(client, list, namespace))),
    ...namespaces.flatMap(namespace =>
      listObjects(kube, 'Pod', namespace).flatMap(pod =>
        [...initSpecs(pod), ...containerSpecs(pod)].map(({ name }) => logText(client, pod, name)),
      ),
    ),
  ]
  return { stdout: texts.join('') }
}
