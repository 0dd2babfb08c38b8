import { minorOf } from '../../kube/minor-version.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'

/** The first minor release whose `kubectl run` makes nothing but pods. */
const ONLY_PODS = 18

const byRestart: Readonly<Record<string, string>> = { Never: 'run-pod/v1', OnFailure: 'job/v1' }

/** What `kubectl run` of an older release makes; `undefined` where it makes pods alone and knows no generator. */
export const runGenerator = ({ args: { flags }, call }: Client): string | undefined =>
  minorOf(call.world) >= ONLY_PODS
    ? undefined
    : (flags.get('generator') ?? byRestart[flags.get('restart') ?? ''] ?? 'deployment/apps.v1')

/** What an older `kubectl run` says of each generator but the one for pods. */
export const generatorWarning = (generator: string): string =>
  `kubectl run --generator=${generator} is DEPRECATED and will be removed in a future version. Use kubectl run --generator=run-pod/v1 or kubectl create instead.\n`

/** A Deployment or Job around a pod, as the older generators make it. */
export const wrappedPod = ({ args: { flags } }: Client, generator: string, pod: KubeValue): KubeValue => {
  const { name, namespace, labels } = pod.metadata
  const { restartPolicy, ...spec } = pod.spec
  const metadata = { name, namespace, labels }
  if (generator.startsWith('job/'))
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata,
      spec: { template: { metadata: { labels }, spec: { ...spec, restartPolicy } } },
    }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: Number(flags.get('replicas') ?? 1),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  }
}
