import type { NewObject } from '../../kube/store.ts'
import type { World } from '../../world/world.ts'
import { kubernetesServiceIp } from '../kube/kube-setup.ts'
import { apiService, service } from '../kube/templates.ts'
import type { K3sSetup } from './k3s-setup.ts'

const NAMESPACE = 'kube-system'

/** What selects Traefik's pods. */
export const traefikLabels = {
  'app.kubernetes.io/instance': 'traefik-kube-system',
  'app.kubernetes.io/name': 'traefik',
}

/** The service of CoreDNS. */
export const dnsService = (world: World): NewObject =>
  service({
    name: 'kube-dns',
    namespace: NAMESPACE,
    clusterIP: world.kube.clusterDns,
    labels: {
      'k8s-app': 'kube-dns',
      'kubernetes.io/cluster-service': 'true',
      'kubernetes.io/name': 'CoreDNS',
    },
    selector: { 'k8s-app': 'kube-dns' },
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53 },
      { name: 'metrics', port: 9153 },
    ],
  })

/** The service of the metrics server. */
export const metricsService = (): NewObject =>
  service({
    name: 'metrics-server',
    namespace: NAMESPACE,
    clusterIP: '10.43.118.9',
    labels: { 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'Metrics-server' },
    selector: { 'k8s-app': 'metrics-server' },
    ports: [{ name: 'https', port: 443, targetPort: 'https' }],
  })

/** The services of what k3s installs, and the API's own. */
export const systemServices = ({ world }: K3sSetup): readonly NewObject[] => [
  dnsService(world),
  metricsService(),
  service({
    name: 'traefik',
    namespace: NAMESPACE,
    clusterIP: '10.43.72.204',
    type: 'LoadBalancer',
    labels: { ...traefikLabels, 'app.kubernetes.io/managed-by': 'Helm' },
    selector: traefikLabels,
    ports: [
      { name: 'web', port: 80, targetPort: 'web', nodePort: 31_480 },
      { name: 'websecure', port: 443, targetPort: 'websecure', nodePort: 30_815 },
    ],
  }),
  apiService(kubernetesServiceIp(world)),
]
