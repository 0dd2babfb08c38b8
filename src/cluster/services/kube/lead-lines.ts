import { minorOf } from '../../kube/minor-version.ts'
import type { Elected } from '../../relations/components.ts'
import { disabledControllers } from '../../relations/controllers.ts'
import { flagsOf } from '../../relations/flags.ts'
import type { World } from '../../world/world.ts'

type Told = readonly [source: string, text: string]

/** The first release whose controller manager names its controllers in this way. */
const NAMES_CONTROLLERS = 28

/** Some of the controllers that are started, with what their caches are called. */
const started: readonly (readonly [controller: string, cache: string])[] = [
  ['serviceaccount-controller', 'service account'],
  ['endpoints-controller', 'endpoint'],
  ['endpointslice-controller', 'endpoint_slice'],
  ['pod-garbage-collector-controller', 'GC'],
  ['namespace-controller', 'namespace'],
  ['daemonset-controller', 'daemon sets'],
  ['job-controller', 'job'],
  ['deployment-controller', 'deployment'],
  ['replicaset-controller', 'ReplicaSet'],
  ['horizontal-pod-autoscaler-controller', 'HPA'],
  ['disruption-controller', 'disruption'],
  ['statefulset-controller', 'stateful set'],
  ['cronjob-controller', 'cronjob'],
  ['node-lifecycle-controller', 'taint'],
  ['persistentvolume-binder-controller', 'persistent volume'],
]

const managerLines = (world: World, disabled: readonly string[]): readonly Told[] => {
  if (minorOf(world) < NAMES_CONTROLLERS) return []
  const all = started.filter(([controller]) => !disabled.includes(controller))
  return [
    ...all.map(([name]): Told => ['controllermanager.go:638', `"Started controller" controller="${name}"`]),
    ...all.map(([, cache]): Told => ['shared_informer.go:311', `Waiting for caches to sync for ${cache}`]),
    ...all.map(([, cache]): Told => ['shared_informer.go:318', `Caches are synced for ${cache}`]),
    ['shared_informer.go:318', 'Caches are synced for garbage collector'],
    ['garbagecollector.go:166', '"All resource monitors have synced. Proceeding to collect garbage"'],
  ]
}

const BUNDLES = [
  'client-ca-bundle::/etc/kubernetes/pki/ca.crt',
  'request-header::/etc/kubernetes/pki/front-proxy-ca.crt',
]
const CLIENT_CA = 'client-ca::kube-system::extension-apiserver-authentication::client-ca-file'

/** What an elected component says of the certificates with which it serves, and of the authorities that it asks clients for. */
export const servingLines = (world: World, name: Elected): readonly Told[] => {
  if (minorOf(world) < NAMES_CONTROLLERS) return []
  const ours: readonly Told[] =
    name === 'kube-scheduler'
      ? [
          ['configmap_cafile_content.go:202', `"Starting controller" name="${CLIENT_CA}"`],
          ['shared_informer.go:311', `Waiting for caches to sync for ${CLIENT_CA}`],
        ]
      : BUNDLES.map(
          (bundle): Told => ['dynamic_cafile_content.go:157', `"Starting controller" name="${bundle}"`],
        )
  return [...ours, ['tlsconfig.go:240', '"Starting DynamicServingCertificateController"']]
}

/** What an elected component says that has come to lead: place in its source and text, in order. */
export const leadLines = (world: World, name: Elected, command: readonly string[]): readonly Told[] => {
  const disabled = disabledControllers(world, flagsOf(command).controllers ?? '*')
  const isManager = name === 'kube-controller-manager'
  return [
    ['leaderelection.go:260', `successfully acquired lease kube-system/${name}`],
    ...disabled.map(
      (controller): Told => [
        'controllermanager.go:619',
        `"Warning: controller is disabled" controller="${controller}"`,
      ],
    ),
    ...(isManager ? managerLines(world, disabled) : []),
  ]
}
