import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { buildIngress } from './create-ingress.ts'

const labelsIn = (text: string | undefined): Record<string, string> =>
  Object.fromEntries((text ?? '').split(',').map(pair => pair.split('=') as [string, string]))

const amount = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text)

const budget = ({ args: { flags } }: Client, name: string | undefined): KubeValue => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name },
  spec: {
    ...(flags.has('min-available') ? { minAvailable: amount(flags.get('min-available') ?? '') } : {}),
    ...(flags.has('max-unavailable') ? { maxUnavailable: amount(flags.get('max-unavailable') ?? '') } : {}),
    selector: { matchLabels: labelsIn(flags.get('selector')) },
  },
})

const portsIn = (texts: readonly string[], nodePort: string | undefined): readonly KubeValue[] =>
  texts.map(text => {
    const [port = '', target = port] = text.split(':')
    return {
      name: text.replace(':', '-'),
      port: Number(port),
      protocol: 'TCP',
      targetPort: Number(target),
      ...(nodePort === undefined ? {} : { nodePort: Number(nodePort) }),
    }
  })

const serviceTypes: Readonly<Record<string, string>> = {
  clusterip: 'ClusterIP',
  nodeport: 'NodePort',
  loadbalancer: 'LoadBalancer',
  externalname: 'ExternalName',
}

const service = ({ args: { flags, lists } }: Client, [type = '', name]: readonly string[]): KubeValue =>
  serviceTypes[type] === undefined
    ? undefined
    : {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, labels: { app: name ?? '' } },
        spec: {
          type: serviceTypes[type],
          selector: { app: name ?? '' },
          ports: portsIn(lists.get('tcp') ?? [], flags.get('node-port')),
          ...(flags.has('clusterip') ? { clusterIP: flags.get('clusterip') } : {}),
          ...(flags.has('external-name') ? { externalName: flags.get('external-name') } : {}),
        },
      }

/** The object that `kubectl create quota`, `poddisruptionbudget`, `priorityclass`, `service` or `ingress` makes; `undefined` for other kinds. */
export const buildPolicy = (client: Client, what: string, words: readonly string[]): KubeValue => {
  const { flags } = client.args
  const metadata = { name: words[0] }
  switch (what) {
    case 'quota':
    case 'resourcequota':
      return {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata,
        spec: flags.has('hard') ? { hard: labelsIn(flags.get('hard')) } : {},
      }
    case 'pdb':
    case 'poddisruptionbudget':
      return budget(client, words[0])
    case 'priorityclass':
    case 'pc':
      return {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata,
        value: Number(flags.get('value') ?? 0),
        ...(flags.has('global-default') ? { globalDefault: flags.get('global-default') !== 'false' } : {}),
        preemptionPolicy: flags.get('preemption-policy') ?? 'PreemptLowerPriority',
        description: flags.get('description') ?? '',
      }
    case 'service':
    case 'svc':
      return service(client, words)
    case 'ingress':
    case 'ing':
      return buildIngress(client, words[0])
    default:
      return undefined
  }
}
