import type { KubeStore } from '../../world/kube-object.ts'
import { minorIn } from '../minor-version.ts'
/** A role, its rules in short, and the subjects of the binding of its name; without a binding where there are no subjects at all. */
export type RoleRow = readonly [name: string, rules: string, subjects?: string]

const workloads =
  'apps:daemonsets,deployments,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale'
const names =
  ':configmaps,endpoints,persistentvolumeclaims,pods,replicationcontrollers,services,serviceaccounts'
const events = 'create,patch,update |events.k8s.io:events'

const editRules = `read,write ${names},secrets,pods/exec,pods/attach,pods/portforward,pods/proxy,pods/eviction; read |events.k8s.io:events; read :pods/log,pods/status,namespaces,resourcequotas,limitranges; read,write ${workloads}; read,write batch:jobs,cronjobs; read,write autoscaling:horizontalpodautoscalers; read,write networking.k8s.io:ingresses,networkpolicies; read,write policy:poddisruptionbudgets`

const peoplesRoles: readonly RoleRow[] = [
  [
    'admin',
    `${editRules}; read,write rbac.authorization.k8s.io:roles,rolebindings; create authorization.k8s.io:localsubjectaccessreviews`,
  ],
  ['cluster-admin', 'all *:*; all /*', 'Group/system:masters'],
  ['edit', editRules],
  [
    'view',
    `read ${names},pods/log,pods/status,namespaces,resourcequotas,limitranges,events; read ${workloads}; read batch:jobs,cronjobs; read autoscaling:horizontalpodautoscalers; read networking.k8s.io:ingresses,networkpolicies; read policy:poddisruptionbudgets; read discovery.k8s.io:endpointslices`,
  ],
  ['system:aggregate-to-admin', 'read,write rbac.authorization.k8s.io:roles,rolebindings'],
  ['system:aggregate-to-edit', `read,write ${names},secrets; read,write ${workloads}`],
  ['system:aggregate-to-view', `read ${names}; read ${workloads}`],
]

const approval = (name: string, resource: string): RoleRow => [
  `system:certificates.k8s.io:${name}`,
  `create certificates.k8s.io:certificatesigningrequests/${resource}`,
]
const approver = (name: string, signer: string): RoleRow => [
  `system:certificates.k8s.io:${name}`,
  `approve certificates.k8s.io:signers=kubernetes.io/${signer}`,
]

const nodeReads =
  'read :services,endpoints,nodes,pods,secrets,configmaps,persistentvolumeclaims,persistentvolumes'

const partRoles: readonly RoleRow[] = [
  [
    'system:auth-delegator',
    'create authentication.k8s.io:tokenreviews; create authorization.k8s.io:subjectaccessreviews',
  ],
  [
    'system:basic-user',
    'create authorization.k8s.io:selfsubjectaccessreviews,selfsubjectrulesreviews; create authentication.k8s.io:selfsubjectreviews',
    'Group/system:authenticated',
  ],
  approval('certificatesigningrequests:nodeclient', 'nodeclient'),
  approval('certificatesigningrequests:selfnodeclient', 'selfnodeclient'),
  approver('kube-apiserver-client-approver', 'kube-apiserver-client'),
  approver('kube-apiserver-client-kubelet-approver', 'kube-apiserver-client-kubelet'),
  approver('kubelet-serving-approver', 'kubelet-serving'),
  approver('legacy-unknown-approver', 'legacy-unknown'),
  [
    'system:discovery',
    'get /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/',
    'Group/system:authenticated',
  ],
  ['system:heapster', 'read :events,namespaces,nodes,pods'],
  ['system:kube-aggregator', 'read :endpoints,services'],
  [
    'system:kube-controller-manager',
    `${events}; read *:*; create,get,update coordination.k8s.io:leases; create,delete,get,update :secrets,serviceaccounts; create :serviceaccounts/token`,
    'User/system:kube-controller-manager',
  ],
  ['system:kube-dns', 'list,watch :endpoints,services', 'sa:kube-system/kube-dns'],
  [
    'system:kube-scheduler',
    `${events}; create,get,update coordination.k8s.io:leases; read :nodes,pods,replicationcontrollers,services,persistentvolumeclaims,persistentvolumes,namespaces; create :pods/binding; patch,update :pods/status; delete :pods; read apps:replicasets,statefulsets; read policy:poddisruptionbudgets; read storage.k8s.io:storageclasses,csinodes,csidrivers,csistoragecapacities`,
    'User/system:kube-scheduler',
  ],
  [
    'system:kubelet-api-admin',
    'read :nodes; proxy :nodes; all :nodes/log,nodes/metrics,nodes/proxy,nodes/stats',
  ],
  [
    'system:monitoring',
    'get /healthz,/healthz/*,/livez,/livez/*,/metrics,/readyz,/readyz/*',
    'Group/system:monitoring',
  ],
  [
    'system:node',
    `${nodeReads}; ${events}; create,patch,update :nodes,nodes/status; create,delete :pods; create :pods/eviction,serviceaccounts/token; patch,update :pods/status; create,delete,get,patch,update coordination.k8s.io:leases; create,read certificates.k8s.io:certificatesigningrequests`,
    ' ',
  ],
  ['system:node-bootstrapper', 'create,read certificates.k8s.io:certificatesigningrequests'],
  ['system:node-problem-detector', `get :nodes; patch :nodes/status; ${events}`],
  [
    'system:node-proxier',
    `list,watch :endpoints,services; read :nodes; ${events}; list,watch discovery.k8s.io:endpointslices`,
    'User/system:kube-proxy',
  ],
  [
    'system:persistent-volume-provisioner',
    'create,delete,read :persistentvolumes; read,update :persistentvolumeclaims; read storage.k8s.io:storageclasses; watch :events',
  ],
  [
    'system:public-info-viewer',
    'get /healthz,/livez,/readyz,/version,/version/',
    'Group/system:authenticated Group/system:unauthenticated',
  ],
  [
    'system:service-account-issuer-discovery',
    'get /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/',
    'Group/system:serviceaccounts',
  ],
  [
    'system:volume-scheduler',
    'read,patch,update :persistentvolumes; read storage.k8s.io:storageclasses; read,patch,update :persistentvolumeclaims',
    'User/system:kube-scheduler',
  ],
]

/** What each controller of the controller manager works on, beside events. */
const controllers: readonly (readonly [name: string, rules: string])[] = [
  [
    'attachdetach-controller',
    'read :persistentvolumeclaims,persistentvolumes,pods,nodes; read,write storage.k8s.io:volumeattachments',
  ],
  ['certificate-controller', 'delete,read certificates.k8s.io:certificatesigningrequests'],
  ['clusterrole-aggregation-controller', 'escalate,read,patch,update rbac.authorization.k8s.io:clusterroles'],
  ['cronjob-controller', 'read,update batch:cronjobs; read,write batch:jobs; list,delete :pods'],
  [
    'daemon-set-controller',
    'read apps:daemonsets; list,watch :nodes; read,write :pods; create :pods/binding',
  ],
  ['deployment-controller', 'read,update apps:deployments; read,write apps:replicasets; read,update :pods'],
  [
    'disruption-controller',
    'read apps:deployments,replicasets,statefulsets; read policy:poddisruptionbudgets',
  ],
  ['endpoint-controller', 'read :pods,services; create,delete,read,update :endpoints'],
  [
    'endpointslice-controller',
    'read :nodes,pods,services; create,delete,read,update discovery.k8s.io:endpointslices',
  ],
  [
    'endpointslicemirroring-controller',
    'read :endpoints,services; create,delete,read,update discovery.k8s.io:endpointslices',
  ],
  ['ephemeral-volume-controller', 'read :pods; create,read :persistentvolumeclaims'],
  [
    'expand-controller',
    'read,patch,update :persistentvolumes; read :persistentvolumeclaims; read storage.k8s.io:storageclasses',
  ],
  ['generic-garbage-collector', 'delete,read,patch,update *:*'],
  [
    'horizontal-pod-autoscaler',
    'read autoscaling:horizontalpodautoscalers; get,update *:*/scale; list :pods; get,list metrics.k8s.io|custom.metrics.k8s.io:*',
  ],
  ['job-controller', 'read,patch,update batch:jobs; read,write :pods'],
  [
    'legacy-service-account-token-cleaner',
    'get :configmaps=kube-apiserver-legacy-service-account-token-tracking; delete,patch :secrets',
  ],
  [
    'namespace-controller',
    'delete,read :namespaces; update :namespaces/finalize,namespaces/status; delete,deletecollection,read *:*',
  ],
  ['node-controller', 'delete,read,patch,update :nodes; patch,update :nodes/status; delete,list :pods'],
  [
    'persistent-volume-binder',
    'create,delete,read,update :persistentvolumes; read,update :persistentvolumeclaims; create,delete,read :pods',
  ],
  ['pod-garbage-collector', 'delete,list,watch :pods; get,list :nodes'],
  ['pv-protection-controller', 'read,update :persistentvolumes'],
  ['pvc-protection-controller', 'read,update :persistentvolumeclaims; read :pods'],
  ['replicaset-controller', 'read,update apps:replicasets; read,write :pods'],
  ['replication-controller', 'read,update :replicationcontrollers; read,write :pods'],
  ['resourcequota-controller', 'list,watch *:*; update :resourcequotas/status'],
  ['root-ca-cert-publisher', 'create,update :configmaps'],
  ['route-controller', 'list,watch :nodes; patch :nodes/status'],
  ['service-account-controller', 'create :serviceaccounts'],
  ['service-controller', 'read :services; patch,update :services/status; list,watch :nodes'],
  ['statefulset-controller', 'read apps:statefulsets; read,write :pods; create,get :persistentvolumeclaims'],
  ['ttl-after-finished-controller', 'delete,read batch:jobs'],
  ['ttl-controller', 'list,watch,patch,update :nodes'],
]

/** The roles that the API server makes by itself, each with the binding of the same name. */
export const defaultRoles: readonly RoleRow[] = [
  ...peoplesRoles,
  ...partRoles,
  ...controllers.map(
    ([name, rules]): RoleRow => [
      `system:controller:${name}`,
      `${rules}; ${events}`,
      `sa:kube-system/${name}`,
    ],
  ),
]

/** Controllers with the minor release that brought them, where clusters here are older than that. */
const broughtBy: Readonly<Record<string, number>> = {
  'endpointslice-controller': 17,
  'endpointslicemirroring-controller': 19,
  'ephemeral-volume-controller': 21,
  'legacy-service-account-token-cleaner': 28,
  'root-ca-cert-publisher': 20,
  'ttl-after-finished-controller': 21,
}

/** The service accounts of a cluster's controllers, which they come as. */
export const controllersIn = (kube: Pick<KubeStore, 'version'>): readonly string[] =>
  controllers.map(([name]) => name).filter(name => minorIn(kube.version) >= (broughtBy[name] ?? 0))
