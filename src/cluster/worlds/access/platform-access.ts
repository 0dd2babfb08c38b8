import type { RoleRow } from '../../kube/access/default-roles.ts'
import type { WorldName } from '../../world/world.ts'

/** What a platform grants beyond the API server's own. */
export type Access = {
  readonly roles: readonly RoleRow[]
  /** Bindings whose name is not their role's. */
  readonly bindings: readonly (readonly [name: string, role: string, subjects: string])[]
}

const bootstrappers = 'Group/system:bootstrappers:kubeadm:default-node-token'
const calico = 'crd.projectcalico.org'
const calicoKinds = (
  verbs: string,
  kinds = 'globalfelixconfigs,felixconfigurations,bgppeers,bgpfilters,globalbgpconfigs,bgpconfigurations,ippools,ipreservations,ipamblocks,globalnetworkpolicies,globalnetworksets,networkpolicies,networksets,clusterinformations,hostendpoints,blockaffinities,caliconodestatuses',
): string => `${verbs} ${calico}:${kinds}`

const metricsServer: Access = {
  roles: [
    ['system:aggregated-metrics-reader', 'read metrics.k8s.io:nodes,pods'],
    ['system:metrics-server', 'get :nodes/metrics; read :nodes,pods', 'sa:kube-system/metrics-server'],
  ],
  bindings: [
    ['metrics-server:system:auth-delegator', 'system:auth-delegator', 'sa:kube-system/metrics-server'],
  ],
}

const corednsRules =
  'list,watch :endpoints,services,pods,namespaces; list,watch discovery.k8s.io:endpointslices'

const volumeRules =
  'read :nodes,persistentvolumeclaims,configmaps,pods,pods/log; all :persistentvolumes,pods; create,patch :events; read storage.k8s.io:storageclasses'

const mks: Access = {
  roles: [
    ...metricsServer.roles,
    [
      'calico-cni-plugin',
      `get :pods,nodes,namespaces; patch :pods/status; ${calicoKinds('create,delete,get,list,update', 'blockaffinities,ipamblocks,ipamhandles,clusterinformations,ippools,ipreservations,ipamconfigs')}`,
      'sa:kube-system/calico-cni-plugin',
    ],
    [
      'calico-kube-controllers',
      `read :nodes,pods; ${calicoKinds('create,delete,read,update', 'blockaffinities,ipamblocks,ipamhandles,ippools,hostendpoints,clusterinformations,kubecontrollersconfigurations,ipreservations')}`,
      'sa:kube-system/calico-kube-controllers',
    ],
    [
      'calico-node',
      `create :serviceaccounts/token=calico-cni-plugin; read :pods,nodes,namespaces,endpoints,services; patch :nodes/status,pods/status; read discovery.k8s.io:endpointslices; read networking.k8s.io:networkpolicies; read :serviceaccounts; ${calicoKinds('read')}; ${calicoKinds('create,update', 'ippools,felixconfigurations,clusterinformations,ipamblocks,blockaffinities,ipamhandles')}`,
      'sa:kube-system/calico-node',
    ],
    ['kubeadm:get-nodes', 'get :nodes', bootstrappers],
    ['local-path-provisioner-role', volumeRules],
    ['system:coredns', corednsRules, 'sa:kube-system/coredns'],
  ],
  bindings: [
    ...metricsServer.bindings,
    ['kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', bootstrappers],
    [
      'kubeadm:node-autoapprove-bootstrap',
      'system:certificates.k8s.io:certificatesigningrequests:nodeclient',
      bootstrappers,
    ],
    [
      'kubeadm:node-autoapprove-certificate-rotation',
      'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
      'Group/system:nodes',
    ],
    ['kubeadm:node-proxier', 'system:node-proxier', 'sa:kube-system/kube-proxy'],
    [
      'local-path-provisioner-bind',
      'local-path-provisioner-role',
      'sa:local-path-storage/local-path-provisioner-service-account',
    ],
    ['rafay:system-sa', 'cluster-admin', 'sa:rafay-system/system-sa'],
  ],
}

const certManager = 'cert-manager.io'

const k3s: Access = {
  roles: [
    ...metricsServer.roles,
    [
      'cert-manager-cainjector',
      `read ${certManager}:certificates; read :secrets; create,get,patch,update :events; read,patch,update admissionregistration.k8s.io:validatingwebhookconfigurations,mutatingwebhookconfigurations; read,patch,update apiregistration.k8s.io:apiservices; read,patch,update apiextensions.k8s.io:customresourcedefinitions`,
      'sa:cert-manager/cert-manager-cainjector',
    ],
    [
      'cert-manager-controller-certificates',
      `read,patch,update ${certManager}:certificates,certificaterequests,clusterissuers,issuers; create,delete,read,patch,update :secrets; create,patch :events`,
      'sa:cert-manager/cert-manager',
    ],
    ['cert-manager-view', `read ${certManager}:certificates,certificaterequests,issuers`],
    ['cert-manager-edit', `write ${certManager}:certificates,certificaterequests,issuers`],
    [
      'cert-manager-webhook:subjectaccessreviews',
      'create authorization.k8s.io:subjectaccessreviews',
      'sa:cert-manager/cert-manager-webhook',
    ],
    ['cattle-admin', 'all *:*; all /*'],
    ['clustercidrs-node', 'read networking.k8s.io:clustercidrs', 'Group/system:nodes'],
    ['fleet-controller', 'all *:*; all /*', 'sa:cattle-fleet-system/fleet-controller'],
    [
      'gitjob',
      'all gitjob.cattle.io:*; read,write batch:jobs; read :secrets,pods',
      'sa:cattle-fleet-system/gitjob',
    ],
    [
      'k3s-cloud-controller-manager',
      'read,patch,update :nodes,nodes/status; read,patch,update :services,services/status',
      'User/k3s-cloud-controller-manager',
    ],
    ['local-path-provisioner-role', volumeRules],
    ['system:coredns', corednsRules, 'sa:kube-system/coredns'],
    [
      'system:k3s-controller',
      'list,watch :nodes; get :nodes; list,watch networking.k8s.io:networkpolicies; list,watch :endpoints,namespaces,pods',
      'User/system:k3s-controller',
    ],
    [
      'traefik-kube-system',
      'read :endpoints,secrets,services; read networking.k8s.io:ingresses,ingressclasses; update networking.k8s.io:ingresses/status; read traefik.io|traefik.containo.us:*',
      'sa:kube-system/traefik',
    ],
  ],
  bindings: [
    ...metricsServer.bindings,
    ['cattle-admin-binding', 'cattle-admin', 'sa:cattle-system/cattle'],
    ['fleet-agent-role-binding', 'cluster-admin', 'sa:cattle-fleet-local-system/fleet-agent'],
    ['helm-kube-system-traefik', 'cluster-admin', 'sa:kube-system/helm-traefik'],
    ['helm-kube-system-traefik-crd', 'cluster-admin', 'sa:kube-system/helm-traefik-crd'],
    ['kube-apiserver-kubelet-admin', 'system:kubelet-api-admin', 'User/kube-apiserver'],
    [
      'local-path-provisioner-bind',
      'local-path-provisioner-role',
      'sa:kube-system/local-path-provisioner-service-account',
    ],
    ['rancher', 'cluster-admin', 'sa:cattle-system/rancher'],
    ['rancher-webhook', 'cluster-admin', 'sa:cattle-system/rancher-webhook'],
  ],
}

const policies = 'policy|extensions:podsecuritypolicies'

const gravity: Access = {
  roles: [
    ['privileged-psp-user', `use ${policies}=privileged`],
    ['restricted-psp-user', `use ${policies}=restricted`],
    ['system:coredns', corednsRules, 'sa:kube-system/coredns'],
  ],
  bindings: [
    ['gravity-site', 'cluster-admin', 'sa:kube-system/gravity-site'],
    ['privileged-psp-users', 'privileged-psp-user', 'Group/privileged-psp-users'],
    ['restricted-psp-users', 'restricted-psp-user', 'Group/restricted-psp-users Group/privileged-psp-users'],
    ['tiller', 'cluster-admin', 'sa:kube-system/tiller-deploy'],
  ],
}

/** What each platform grants. */
export const platformAccess: Readonly<Record<WorldName, Access>> = { mks, k3s, gravity }
