import { minorOf } from '../kube/minor-version.ts'
import type { World } from '../world/world.ts'
import { type Component, leaderOf } from './components.ts'
import { flagsInText, flagsOf } from './flags.ts'
import { k3sArguments } from './k3s/k3s-units.ts'

/** The controllers of a controller manager: the name, and the one it had alone before release 1.28. */
const shortNames = {
  'serviceaccount-token-controller': 'serviceaccount-token',
  'endpoints-controller': 'endpoint',
  'endpointslice-controller': 'endpointslice',
  'endpointslice-mirroring-controller': 'endpointslicemirroring',
  'replicationcontroller-controller': 'replicationcontroller',
  'pod-garbage-collector-controller': 'podgc',
  'resourcequota-controller': 'resourcequota',
  'namespace-controller': 'namespace',
  'serviceaccount-controller': 'serviceaccount',
  'garbage-collector-controller': 'garbagecollector',
  'daemonset-controller': 'daemonset',
  'job-controller': 'job',
  'deployment-controller': 'deployment',
  'replicaset-controller': 'replicaset',
  'horizontal-pod-autoscaler-controller': 'horizontalpodautoscaling',
  'disruption-controller': 'disruption',
  'statefulset-controller': 'statefulset',
  'cronjob-controller': 'cronjob',
  'certificatesigningrequest-signing-controller': 'csrsigning',
  'certificatesigningrequest-approving-controller': 'csrapproving',
  'certificatesigningrequest-cleaner-controller': 'csrcleaner',
  'ttl-controller': 'ttl',
  'bootstrap-signer-controller': 'bootstrapsigner',
  'token-cleaner-controller': 'tokencleaner',
  'node-ipam-controller': 'nodeipam',
  'node-lifecycle-controller': 'nodelifecycle',
  'service-lb-controller': 'service',
  'node-route-controller': 'route',
  'cloud-node-lifecycle-controller': 'cloud-node-lifecycle',
  'persistentvolume-binder-controller': 'persistentvolume-binder',
  'persistentvolume-attach-detach-controller': 'attachdetach',
  'persistentvolume-expander-controller': 'persistentvolume-expander',
  'clusterrole-aggregation-controller': 'clusterrole-aggregation',
  'persistentvolumeclaim-protection-controller': 'pvc-protection',
  'persistentvolume-protection-controller': 'pv-protection',
  'ttl-after-finished-controller': 'ttl-after-finished',
  'root-ca-certificate-publisher-controller': 'root-ca-cert-publisher',
  'ephemeral-volume-controller': 'ephemeral-volume',
  'storageversion-garbage-collector-controller': 'storage-version-gc',
  'resourceclaim-controller': 'resource-claim-controller',
  'legacy-serviceaccount-token-cleaner-controller': 'legacy-service-account-token-cleaner',
  'validatingadmissionpolicy-status-controller': 'validatingadmissionpolicy-status-controller',
} as const

/** A controller within the controller manager. */
export type Controller = keyof typeof shortNames

const HAS_LONG_NAMES = 28

/** The first name in a list of controllers that none has. */
export const unknownController = (world: World, list: string): string | undefined => {
  const known = new Set<string>(Object.values(shortNames))
  if (minorOf(world) >= HAS_LONG_NAMES) for (const name of Object.keys(shortNames)) known.add(name)
  return list
    .split(',')
    .map(word => word.replace(/^-/, ''))
    .find(name => name !== '*' && name !== '' && !known.has(name))
}

const listOf = ({ machine, program }: Component): string => {
  if ('execStart' in program && program.service === 'k3s')
    return k3sArguments(machine, program, 'kube-controller-manager').controllers ?? '*'
  const flags = 'command' in program ? flagsOf(program.command) : flagsInText(program.execStart)
  return flags.controllers ?? '*'
}

/** Which controllers the acting controller manager was told to run: the first word that means one decides, then a star. */
export const runningControllers = (world: World): ((controller: Controller) => boolean) => {
  const leader = leaderOf(world, 'kube-controller-manager')
  const words = leader === undefined ? [] : listOf(leader).split(',')
  return controller => isOn(words, controller)
}

const isOn = (words: readonly string[], controller: Controller): boolean => {
  const names: readonly string[] = [controller, shortNames[controller]]
  const own = words.find(word => names.includes(word.replace(/^-/, '')))
  return own === undefined ? words.includes('*') : !own.startsWith('-')
}

/** The controllers that a list leaves out, by the names that a cluster's release gives them; none where it leaves out none by name. */
export const disabledControllers = (world: World, list: string): readonly string[] => {
  const words = list.split(',')
  if (words.includes('*') && !words.some(word => word.startsWith('-'))) return []
  const isLong = minorOf(world) >= HAS_LONG_NAMES
  return (Object.keys(shortNames) as Controller[])
    .filter(controller => !isOn(words, controller))
    .map(controller => (isLong ? controller : shortNames[controller]))
}
