import { chanceUuid } from '../../chance.ts'
import { minorOf } from '../../kube/minor-version.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** The first minor version whose jobs mark their pods with labels of their own group too. */
const HAS_PREFIX = 27

/** The labels by which a job knows its pods. */
export const jobLabels = (world: World, name: string, uid: string): Readonly<Record<string, string>> => ({
  ...(minorOf(world) < HAS_PREFIX
    ? {}
    : { 'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': name }),
  'controller-uid': uid,
  'job-name': name,
})

/** A new job with the identity that the API server gives it: the selector of its pods, and its labels on their template. */
export const identifyJob = (world: World, job: KubeValue): KubeValue => {
  if (job.spec?.manualSelector === true) return job
  const uid: string = job.metadata.uid ?? chanceUuid(world)
  const labels = jobLabels(world, job.metadata.name, uid)
  const { template } = job.spec
  const own = template?.metadata?.labels
  const key = minorOf(world) < HAS_PREFIX ? 'controller-uid' : 'batch.kubernetes.io/controller-uid'
  return {
    ...job,
    metadata: {
      ...job.metadata,
      labels: job.metadata.labels ?? { ...own, ...labels },
      uid,
    },
    spec: {
      ...job.spec,
      selector: { matchLabels: { [key]: uid } },
      template: { ...template, metadata: { ...template?.metadata, labels: { ...own, ...labels } } },
    },
  }
}
