import type { KubeObject, KubeValue } from '../../world/kube-object.ts'

const titles: Readonly<Record<string, string>> = {
  Deployment: 'deployment',
  DaemonSet: 'daemon set',
  StatefulSet: 'statefulset',
}

/** How far a rollout is, in the words of `rollout status`. */
type Progress = { readonly text: string; readonly isDone: boolean; readonly isFailed?: boolean }

const numberedProgress = ({ spec, status: s = {} }: KubeObject): Progress => {
  const ready: number = s.readyReplicas ?? 0
  const updated: number = s.updatedReplicas ?? 0
  if (ready < spec.replicas)
    return { text: `Waiting for ${spec.replicas - ready} pods to be ready...\n`, isDone: false }
  const partition: number = spec.updateStrategy?.rollingUpdate?.partition ?? 0
  if (partition > 0)
    return updated < spec.replicas - partition
      ? {
          text: `Waiting for partitioned roll out to finish: ${updated} out of ${spec.replicas - partition} new pods have been updated...\n`,
          isDone: false,
        }
      : {
          text: `partitioned roll out complete: ${updated} new pods have been updated...\n`,
          isDone: true,
        }
  if (s.updateRevision !== s.currentRevision)
    return {
      text: `waiting for statefulset rolling update to complete ${updated} pods at revision ${s.updateRevision}...\n`,
      isDone: false,
    }
  return {
    text: `statefulset rolling update complete ${s.currentReplicas ?? 0} pods at revision ${s.currentRevision}...\n`,
    isDone: true,
  }
}

/** What `rollout status` says of a workload, and whether it is done or has failed. */
export const rolloutProgress = (o: KubeObject): Progress => {
  const { name } = o.metadata
  const s = o.status ?? {}
  const wanted: number = o.spec?.replicas ?? s.desiredNumberScheduled ?? 0
  const updated: number = s.updatedReplicas ?? s.updatedNumberScheduled ?? 0
  const ready: number = s.availableReplicas ?? s.numberAvailable ?? s.readyReplicas ?? 0
  if ((o.metadata.generation ?? 0) > (s.observedGeneration ?? 0))
    return { text: `Waiting for ${titles[o.kind]} spec update to be observed...\n`, isDone: false }
  if (o.kind !== 'Deployment') {
    if (o.kind === 'DaemonSet' && updated < wanted)
      return {
        text: `Waiting for daemon set "${name}" rollout to finish: ${updated} out of ${wanted} new pods have been updated...\n`,
        isDone: false,
      }
    if (o.kind === 'DaemonSet')
      return ready >= wanted && updated >= wanted
        ? { text: `daemon set "${name}" successfully rolled out\n`, isDone: true }
        : {
            text: `Waiting for daemon set "${name}" rollout to finish: ${ready} of ${wanted} updated pods are available...\n`,
            isDone: false,
          }
    return numberedProgress(o)
  }
  if (s.conditions?.some((c: KubeValue) => c.reason === 'ProgressDeadlineExceeded'))
    return { text: '', isDone: true, isFailed: true }
  if (updated < wanted)
    return {
      text: `Waiting for deployment "${name}" rollout to finish: ${updated} out of ${wanted} new replicas have been updated...\n`,
      isDone: false,
    }
  if ((s.replicas ?? 0) > updated)
    return {
      text: `Waiting for deployment "${name}" rollout to finish: ${(s.replicas ?? 0) - updated} old replicas are pending termination...\n`,
      isDone: false,
    }
  if (ready < updated)
    return {
      text: `Waiting for deployment "${name}" rollout to finish: ${ready} of ${updated} updated replicas are available...\n`,
      isDone: false,
    }
  return { text: `deployment "${name}" successfully rolled out\n`, isDone: true }
}
