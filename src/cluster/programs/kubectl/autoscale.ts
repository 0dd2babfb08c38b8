import type { Reply } from '../../shell/program.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { findTyped, isTarget } from './find-target.ts'
import { etcdProblem } from './refused-write.ts'
import { writeObject } from './write-object.ts'

const scalable = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'])

/** `kubectl autoscale`: an autoscaler for a workload, which bears its name unless told another. */
export const autoscale = (client: Client): Reply => {
  const { flags, words } = client.args
  const max = Number(flags.get('max') ?? -1)
  const min = flags.get('min')
  if (max < 1)
    return {
      stderr: `error: --max=MAXPODS is required and must be at least 1, max: ${max}\n`,
      exit: 1,
    }
  if (min !== undefined && max < Number(min))
    return {
      stderr: `error: --max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}\n`,
      exit: 1,
    }
  const found = findTyped(
    client,
    words.slice(1).flatMap(each => each.split('/')),
  )
  if (!isTarget(found)) return found
  const { kind, object } = found
  if (!scalable.has(object.kind))
    return { stderr: `error: cannot autoscale a ${kind.kind}: not supported\n`, exit: 1 }
  const refused = etcdProblem(client)
  if (refused !== undefined) return refused
  const percent = flags.get('cpu-percent')
  const metrics: KubeValue =
    percent === undefined
      ? {}
      : {
          metrics: [
            {
              resource: { name: 'cpu', target: { averageUtilization: Number(percent), type: 'Utilization' } },
              type: 'Resource',
            },
          ],
        }
  const written = writeObject(
    client,
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: flags.get('name') ?? object.metadata.name, namespace: object.metadata.namespace },
      spec: {
        maxReplicas: max,
        ...metrics,
        minReplicas: Number(min ?? 1),
        scaleTargetRef: {
          apiVersion: object.apiVersion,
          kind: object.kind,
          name: object.metadata.name,
        },
      },
    },
    'create',
  )
  return {
    stdout: (written.stdout ?? '').replace(/ created$/m, ' autoscaled'),
    stderr: (written.stderr ?? '').replace(' error when creating "":', ''),
    exit: written.stderr === undefined ? 0 : 1,
  }
}
