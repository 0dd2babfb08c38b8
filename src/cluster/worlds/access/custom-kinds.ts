import type { WorldName } from '../../world/world.ts'

/** The kinds of one group that a platform defines itself: plurals with their kinds, and whether they belong to namespaces. */
export type CustomGroup = {
  readonly group: string
  readonly version: string
  readonly cluster?: string
  readonly spaced?: string
}

const calico: CustomGroup = {
  group: 'crd.projectcalico.org',
  version: 'v1',
  cluster:
    'BGPConfiguration BGPFilter BGPPeer BlockAffinity CalicoNodeStatus ClusterInformation FelixConfiguration GlobalNetworkPolicy GlobalNetworkSet HostEndpoint IPAMBlock IPAMConfig IPAMHandle IPPool IPReservation KubeControllersConfiguration',
  spaced: 'NetworkPolicy NetworkSet',
}

const rafay: CustomGroup = {
  group: 'cluster.rafay.dev',
  version: 'v2',
  cluster: 'Namespace',
  spaced: 'Task Tasklet',
}

const traefikKinds =
  'IngressRoute IngressRouteTCP IngressRouteUDP Middleware MiddlewareTCP ServersTransport TLSOption TLSStore TraefikService'

const k3s: readonly CustomGroup[] = [
  { group: 'acme.cert-manager.io', version: 'v1', spaced: 'Challenge Order' },
  {
    group: 'catalog.cattle.io',
    version: 'v1',
    cluster: 'ClusterRepo',
    spaced: 'App Operation',
  },
  {
    group: 'cert-manager.io',
    version: 'v1',
    cluster: 'ClusterIssuer',
    spaced: 'Certificate CertificateRequest Issuer',
  },
  {
    group: 'fleet.cattle.io',
    version: 'v1alpha1',
    cluster: 'Content',
    spaced:
      'Bundle BundleDeployment BundleNamespaceMapping Cluster ClusterGroup ClusterRegistration ClusterRegistrationToken GitRepo GitRepoRestriction ImageScan',
  },
  { group: 'gitjob.cattle.io', version: 'v1', spaced: 'GitJob' },
  { group: 'helm.cattle.io', version: 'v1', spaced: 'HelmChart HelmChartConfig' },
  { group: 'k3s.cattle.io', version: 'v1', cluster: 'ETCDSnapshotFile', spaced: 'Addon' },
  {
    group: 'management.cattle.io',
    version: 'v3',
    cluster:
      'APIService AuthConfig CatalogTemplate Cluster DynamicSchema Feature FleetWorkspace GlobalRole GlobalRoleBinding Group GroupMember KontainerDriver NodeDriver PodSecurityAdmissionConfigurationTemplate Principal RoleTemplate SamlToken Setting Token User UserAttribute',
    spaced:
      'ClusterRegistrationToken ClusterRoleTemplateBinding Node NodePool NodeTemplate Preference Project ProjectRoleTemplateBinding',
  },
  { group: 'project.cattle.io', version: 'v3', spaced: 'App AppRevision' },
  { group: 'provisioning.cattle.io', version: 'v1', spaced: 'Cluster' },
  { group: 'traefik.containo.us', version: 'v1alpha1', spaced: traefikKinds },
  { group: 'traefik.io', version: 'v1alpha1', spaced: `${traefikKinds} ServersTransportTCP` },
  { group: 'ui.cattle.io', version: 'v1', cluster: 'NavLink' },
]

/** The groups of kinds that each platform defines. */
export const customGroups: Readonly<Record<WorldName, readonly CustomGroup[]>> = {
  mks: [calico, rafay],
  k3s,
  gravity: [],
}
