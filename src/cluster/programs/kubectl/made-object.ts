import type { KubeValue } from '../../world/kube-object.ts'

const withStatus: Readonly<Record<string, KubeValue>> = {
  Deployment: {},
  Job: {},
  CronJob: {},
  Namespace: {},
  Pod: {},
  PodDisruptionBudget: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  ResourceQuota: {},
  Service: { loadBalancer: {} },
  Ingress: { loadBalancer: {} },
}

const madePod = (spec: KubeValue): KubeValue => ({
  ...spec,
  containers: spec.containers.map((container: KubeValue) => ({ resources: {}, ...container })),
})

const madeTemplate = ({ metadata, spec, ...rest }: KubeValue): KubeValue => ({
  ...rest,
  metadata: { creationTimestamp: null, ...metadata },
  spec: spec.containers === undefined ? { ...spec, template: madeTemplate(spec.template) } : madePod(spec),
})

const madeSpec = (kind: string, spec: KubeValue): KubeValue => {
  if (kind === 'Deployment') return { strategy: {}, ...spec, template: madeTemplate(spec.template) }
  if (kind === 'Job') return { ...spec, template: madeTemplate(spec.template) }
  if (kind === 'CronJob') return { ...spec, jobTemplate: madeTemplate(spec.jobTemplate) }
  return kind === 'Pod' ? madePod(spec) : spec
}

/** An object that kubectl has made itself, with the empty fields that its types always print. */
export const madeObject = ({ metadata, spec, ...object }: KubeValue): KubeValue => ({
  ...object,
  metadata: { creationTimestamp: null, ...metadata },
  ...(spec === undefined ? {} : { spec: madeSpec(object.kind, spec) }),
  ...(object.kind === 'Namespace' ? { spec: {} } : {}),
  ...(object.kind in withStatus ? { status: withStatus[object.kind] } : {}),
})
