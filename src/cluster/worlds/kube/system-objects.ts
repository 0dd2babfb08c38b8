import type { NewObject } from '../../kube/store.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { apiServiceObjects } from './api-services.ts'
import { calicoControllers, calicoNode, controlPlaneToo } from './calico-objects.ts'
import { type KubeSetup, kubernetesServiceIp } from './kube-setup.ts'
import { localPath } from './local-path-objects.ts'
import { apiService, plainObject, resourcesOf, service, workload } from './templates.ts'

const NAMESPACE = 'kube-system'
const everywhere = [{ operator: 'Exists' }]
/** The Corefile that kubeadm writes. */
export const usualCorefile = [
  '.:53 {',
  '    errors',
  '    health {',
  '       lameduck 5s',
  '    }',
  '    ready',
  '    kubernetes cluster.local in-addr.arpa ip6.arpa {',
  '       pods insecure',
  '       fallthrough in-addr.arpa ip6.arpa',
  '       ttl 30',
  '    }',
  '    prometheus :9153',
  '    forward . /etc/resolv.conf {',
  '       max_concurrent 1000',
  '    }',
  '    cache 30',
  '    loop',
  '    reload',
  '    loadbalance',
  '}',
  '',
].join('\n')

const http = (path: string, port: number, more: KubeValue = {}): KubeValue => ({
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
    replicas: 2,
    more: { strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 }, type: 'RollingUpdate' } },
    spec: {
      serviceAccountName: 'coredns',
      dnsPolicy: 'Default',
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      priorityClassName: 'system-cluster-critical',
      tolerations: controlPlaneToo,
      containers: [
        {
          name: 'coredns',
          image: 'registry.k8s.io/coredns/coredns:v1.10.1',
          args: ['-conf', '/etc/coredns/Corefile'],
          livenessProbe: http('/health', 8080, {
            failureThreshold: 5,
            initialDelaySeconds: 60,
            timeoutSeconds: 5,
          }),
          readinessProbe: http('/ready', 8181),
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

const kubeProxy = (version: string): NewObject =>
  workload({
    kind: 'DaemonSet',
    name: 'kube-proxy',
    namespace: NAMESPACE,
    labels: { 'k8s-app': 'kube-proxy' },
    spec: {
      serviceAccountName: 'kube-proxy',
      hostNetwork: true,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      priorityClassName: 'system-node-critical',
      tolerations: everywhere,
      containers: [
        {
          name: 'kube-proxy',
          image: `registry.k8s.io/kube-proxy:${version}`,
          command: [
            '/usr/local/bin/kube-proxy',
            '--config=/var/lib/kube-proxy/config.conf',
            '--hostname-override=$(NODE_NAME)',
          ],
          env: [
            { name: 'NODE_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
          ],
          securityContext: { privileged: true },
          volumeMounts: [
            { mountPath: '/var/lib/kube-proxy', name: 'kube-proxy' },
            { mountPath: '/lib/modules', name: 'lib-modules', readOnly: true },
          ],
        },
      ],
      volumes: [
        { configMap: { defaultMode: 420, name: 'kube-proxy' }, name: 'kube-proxy' },
        { hostPath: { path: '/lib/modules', type: '' }, name: 'lib-modules' },
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
      priorityClassName: 'system-cluster-critical',
      containers: [
        {
          name: 'metrics-server',
          image: 'registry.k8s.io/metrics-server/metrics-server:v0.6.4',
          args: [
            '--cert-dir=/tmp',
            '--secure-port=4443',
            '--kubelet-preferred-address-types=InternalIP',
            '--kubelet-insecure-tls',
            '--metric-resolution=15s',
          ],
          ports: [{ containerPort: 4443, name: 'https', protocol: 'TCP' }],
          readinessProbe: {
            ...http('/readyz', 4443),
            httpGet: { path: '/readyz', port: 'https', scheme: 'HTTPS' },
          },
          resources: resourcesOf({ requests: '100m/200Mi' }),
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

const configMaps = ({ world, clusterName, apiUrl }: KubeSetup): readonly NewObject[] => {
  const { version, podCidr, serviceCidr } = world.kube
  return [
    plainObject('ConfigMap', { name: 'coredns', namespace: NAMESPACE, data: { Corefile: usualCorefile } }),
    plainObject('ConfigMap', {
      name: 'kube-proxy',
      namespace: NAMESPACE,
      data: {
        'config.conf': `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nbindAddress: 0.0.0.0\nclientConnection:\n  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf\nclusterCIDR: ${podCidr}\nkind: KubeProxyConfiguration\nmode: ""\n`,
        'kubeconfig.conf': `apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt\n    server: ${apiUrl}\n  name: default\n`,
      },
    }),
    plainObject('ConfigMap', {
      name: 'kubeadm-config',
      namespace: NAMESPACE,
      data: {
        ClusterConfiguration: `apiServer:\n  extraArgs:\n    authorization-mode: Node,RBAC\n  timeoutForControlPlane: 4m0s\napiVersion: kubeadm.k8s.io/v1beta3\ncertificatesDir: /etc/kubernetes/pki\nclusterName: ${clusterName}\nimageRepository: registry.k8s.io\nkind: ClusterConfiguration\nkubernetesVersion: ${version}\nnetworking:\n  dnsDomain: cluster.local\n  podSubnet: ${podCidr}\n  serviceSubnet: ${serviceCidr}\n`,
      },
    }),
    plainObject('ConfigMap', {
      name: 'calico-config',
      namespace: NAMESPACE,
      data: { calico_backend: 'bird', veth_mtu: '0' },
    }),
  ]
}

/** What kube-system and the storage of a kubeadm cluster with Calico hold, without the static pods. */
export const systemObjects = (setup: KubeSetup): readonly NewObject[] => {
  const { world } = setup
  const { version, clusterDns } = world.kube
  return [
    ...configMaps(setup),
    coredns(),
    kubeProxy(version),
    calicoNode(),
    calicoControllers(),
    metricsServer(),
    ...apiServiceObjects(),
    localPath(),
    service({
      name: 'kube-dns',
      namespace: NAMESPACE,
      clusterIP: clusterDns,
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
    }),
    service({
      name: 'metrics-server',
      namespace: NAMESPACE,
      clusterIP: '10.104.61.38',
      labels: { 'k8s-app': 'metrics-server' },
      selector: { 'k8s-app': 'metrics-server' },
      ports: [{ name: 'https', port: 443, targetPort: 'https' }],
    }),
    apiService(kubernetesServiceIp(world)),
    plainObject('StorageClass', {
      apiVersion: 'storage.k8s.io/v1',
      name: 'local-path',
      provisioner: 'rancher.io/local-path',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
    }),
  ]
}
