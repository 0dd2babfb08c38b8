import type { NewObject } from '../../kube/store.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { apiServiceObjects } from '../kube/api-services.ts'
import { usualCorefile } from '../kube/system-objects.ts'
import { plainObject, resourcesOf, workload } from '../kube/templates.ts'
import type { K3sSetup } from './k3s-setup.ts'
import { onControlPlanes } from './k3s-setup.ts'
import { localPathProvisioner, localPathSettings, localPathStorage } from './local-path.ts'
import { dnsService, metricsService, systemServices, traefikLabels } from './system-services.ts'

const NAMESPACE = 'kube-system'
/** A probe over HTTP. */
export const httpProbe = (path: string, port: number | string, more: KubeValue = {}): KubeValue => ({
  failureThreshold: 3,
  httpGet: { path, port, scheme: 'HTTP' },
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 1,
  ...more,
})

const coredns = (): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'coredns',
    namespace: NAMESPACE,
    labels: { 'k8s-app': 'kube-dns' },
    more: { strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 }, type: 'RollingUpdate' } },
    spec: {
      serviceAccountName: 'coredns',
      dnsPolicy: 'Default',
      priorityClassName: 'system-cluster-critical',
      tolerations: onControlPlanes,
      containers: [
        {
          name: 'coredns',
          image: 'rancher/mirrored-coredns-coredns:1.10.1',
          args: ['-conf', '/etc/coredns/Corefile'],
          livenessProbe: httpProbe('/health', 8080, { initialDelaySeconds: 60 }),
          readinessProbe: httpProbe('/ready', 8181, { periodSeconds: 2 }),
          ports: [
            { containerPort: 53, name: 'dns', protocol: 'UDP' },
            { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
            { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
          ],
          resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
          volumeMounts: [{ mountPath: '/etc/coredns', name: 'config-volume', readOnly: true }],
        },
      ],
      volumes: [
        {
          configMap: { defaultMode: 420, items: [{ key: 'Corefile', path: 'Corefile' }], name: 'coredns' },
          name: 'config-volume',
        },
      ],
    },
  })

const metricsServer = (): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'metrics-server',
    namespace: NAMESPACE,
    labels: { 'k8s-app': 'metrics-server' },
    spec: {
      serviceAccountName: 'metrics-server',
      priorityClassName: 'system-node-critical',
      tolerations: onControlPlanes,
      containers: [
        {
          name: 'metrics-server',
          image: 'rancher/mirrored-metrics-server:v0.7.0',
          args: [
            '--cert-dir=/tmp',
            '--secure-port=4443',
            '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
            '--kubelet-use-node-status-port',
            '--metric-resolution=15s',
          ],
          ports: [{ containerPort: 4443, name: 'https', protocol: 'TCP' }],
          readinessProbe: {
            ...httpProbe('/readyz', 4443),
            httpGet: { path: '/readyz', port: 'https', scheme: 'HTTPS' },
          },
          resources: resourcesOf({ requests: '100m/70Mi' }),
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            runAsUser: 1000,
          },
        },
      ],
    },
  })

const traefik = (): NewObject =>
  workload({
    kind: 'Deployment',
    name: 'traefik',
    namespace: NAMESPACE,
    labels: traefikLabels,
    spec: {
      serviceAccountName: 'traefik',
      priorityClassName: 'system-cluster-critical',
      tolerations: onControlPlanes,
      containers: [
        {
          name: 'traefik',
          image: 'rancher/mirrored-library-traefik:2.10.7',
          args: [
            '--entrypoints.metrics.address=:9100/tcp',
            '--entrypoints.traefik.address=:9000/tcp',
            '--entrypoints.web.address=:8000/tcp',
            '--entrypoints.websecure.address=:8443/tcp',
            '--ping=true',
            '--providers.kubernetesingress',
          ],
          livenessProbe: httpProbe('/ping', 9000),
          readinessProbe: httpProbe('/ping', 9000),
          ports: [
            { containerPort: 9100, name: 'metrics', protocol: 'TCP' },
            { containerPort: 9000, name: 'traefik', protocol: 'TCP' },
            { containerPort: 8000, name: 'web', protocol: 'TCP' },
            { containerPort: 8443, name: 'websecure', protocol: 'TCP' },
          ],
        },
      ],
    },
  })

const helmJob = (name: string): NewObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name,
    namespace: NAMESPACE,
    labels: { 'helmcharts.helm.cattle.io/chart': name.replace('helm-install-', '') },
  },
  spec: {
    backoffLimit: 1000,
    completionMode: 'NonIndexed',
    completions: 1,
    parallelism: 1,
    template: {
      metadata: { creationTimestamp: null, labels: { 'job-name': name } },
      spec: {
        containers: [
          {
            name: 'helm',
            image: 'rancher/klipper-helm:v0.8.3-build20240228',
            args: ['install'],
            resources: {},
          },
        ],
        dnsPolicy: 'ClusterFirst',
        nodeSelector: { 'node-role.kubernetes.io/control-plane': 'true' },
        restartPolicy: 'OnFailure',
        schedulerName: 'default-scheduler',
        securityContext: {},
        serviceAccountName: name.replace('install-', ''),
        terminationGracePeriodSeconds: 30,
        tolerations: onControlPlanes,
      },
    },
  },
  status: {},
})

const corednsSettings = (): NewObject =>
  plainObject('ConfigMap', {
    name: 'coredns',
    namespace: NAMESPACE,
    data: { Corefile: usualCorefile },
  })

/** What k3s installs by itself. */
export const k3sSystemObjects = (setup: K3sSetup): readonly NewObject[] => [
  corednsSettings(),
  coredns(),
  localPathProvisioner(),
  localPathSettings(),
  metricsServer(),
  ...apiServiceObjects(),
  traefik(),
  helmJob('helm-install-traefik-crd'),
  helmJob('helm-install-traefik'),
  ...systemServices(setup),
  localPathStorage(),
]

/** A workload whose manifest leaves to others how many there are. */
const unscaled = (object: NewObject): NewObject => {
  const { replicas: _replicas, ...spec } = object.spec
  return { ...object, spec }
}

/** The objects in the manifests that k3s brings, by the path of the file. */
export const systemManifests = (world: World): Readonly<Record<string, readonly NewObject[]>> => ({
  'coredns.yaml': [corednsSettings(), unscaled(coredns()), dnsService(world)],
  'local-storage.yaml': [localPathProvisioner(), localPathStorage(), localPathSettings()],
  'metrics-server/metrics-server-deployment.yaml': [unscaled(metricsServer())],
  'metrics-server/metrics-server-service.yaml': [metricsService()],
})
