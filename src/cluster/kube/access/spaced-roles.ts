/** A role of a namespace: `namespace/name`, its rules in short, and the subjects of the binding of its name. */
export type SpacedRow = readonly [place: string, rules: string, subjects: string]

const leader = (name: string): SpacedRow => [
  `kube-system/system::leader-locking-${name}`,
  `watch :configmaps; get,update :configmaps=${name}`,
  `User/system:${name} sa:kube-system/${name.replace('kube-', '')}`,
]

/** The roles that the API server makes in the namespaces of the system. */
export const defaultSpacedRoles: readonly SpacedRow[] = [
  [
    'kube-public/system:controller:bootstrap-signer',
    'read :configmaps; update :configmaps=cluster-info; create,patch,update :events',
    'sa:kube-system/bootstrap-signer',
  ],
  [
    'kube-system/extension-apiserver-authentication-reader',
    'read :configmaps=extension-apiserver-authentication',
    'User/system:kube-controller-manager User/system:kube-scheduler',
  ],
  leader('kube-controller-manager'),
  leader('kube-scheduler'),
  ['kube-system/system:controller:bootstrap-signer', 'read :secrets', 'sa:kube-system/bootstrap-signer'],
  [
    'kube-system/system:controller:cloud-provider',
    'create,get,list,patch,update,watch :configmaps',
    'sa:kube-system/cloud-provider',
  ],
  ['kube-system/system:controller:token-cleaner', 'delete,read :secrets', 'sa:kube-system/token-cleaner'],
]

const nodes = 'Group/system:nodes Group/system:bootstrappers:kubeadm:default-node-token'

/** The roles that kubeadm makes. */
export const kubeadmSpacedRoles: readonly SpacedRow[] = [
  [
    'kube-public/kubeadm:bootstrap-signer-clusterinfo',
    'get :configmaps=cluster-info',
    'User/system:anonymous',
  ],
  [
    'kube-system/kube-proxy',
    'get :configmaps=kube-proxy',
    'Group/system:bootstrappers:kubeadm:default-node-token',
  ],
  ['kube-system/kubeadm:kubelet-config', 'get :configmaps=kubelet-config', nodes],
  ['kube-system/kubeadm:nodes-kubeadm-config', 'get :configmaps=kubeadm-config', nodes],
]
