import { expireEvents } from '../kube/events.ts'
import { isWritable } from '../relations/api-server.ts'
import { isActing } from '../relations/components.ts'
import { type Controller, runningControllers } from '../relations/controllers.ts'
import type { World } from '../world/world.ts'
import { dropCustomGroups, restoreAccess } from './controllers/access.ts'
import { adoptPods } from './controllers/adopt-pods.ts'
import { syncApiServices } from './controllers/api-services.ts'
import { syncAutoscalers } from './controllers/autoscalers.ts'
import { syncClaims } from './controllers/claims.ts'
import { cleanTokens } from './controllers/clean-tokens.ts'
import { syncCronJobs } from './controllers/cron-jobs.ts'
import { syncDeployments } from './controllers/deployments.ts'
import { mirrorSlices, syncApiEndpoints, syncEndpoints, syncSlices } from './controllers/endpoints.ts'
import {
  collectGarbage,
  finishNamespaces,
  keepDefaultAccounts,
  publishAuthority,
  removeLostPods,
} from './controllers/garbage.ts'
import { syncIngressAddresses } from './controllers/ingress-addresses.ts'
import { syncJobs } from './controllers/jobs.ts'
import { syncLoadBalancers } from './controllers/load-balancers.ts'
import { syncNodes } from './controllers/node-lifecycle.ts'
import { syncNodePorts } from './controllers/node-ports.ts'
import { syncDaemonSets } from './controllers/node-sets.ts'
import { syncBudgets, syncQuotas } from './controllers/policies.ts'
import { protectClaims, protectVolumes } from './controllers/protect-storage.ts'
import { syncReplicaSets } from './controllers/replica-sets.ts'
import { checkServiceAddresses } from './controllers/service-addresses.ts'
import { approveRequests, cleanRequests, signRequests } from './controllers/signing-requests.ts'
import { syncStatefulSets } from './controllers/stateful-sets.ts'
import { keepTokenSecrets } from './controllers/token-secrets.ts'
import type { Law } from './law.ts'

/** What the controllers of the controller manager do, in the order in which each finds what those before it did. */
const controllers: readonly (readonly [Controller, (world: World, passedMs: number) => void])[] = [
  ['node-lifecycle-controller', syncNodes],
  ['garbage-collector-controller', collectGarbage],
  ['pod-garbage-collector-controller', removeLostPods],
  ['namespace-controller', finishNamespaces],
  ['serviceaccount-controller', keepDefaultAccounts],
  ['serviceaccount-token-controller', keepTokenSecrets],
  ['root-ca-certificate-publisher-controller', publishAuthority],
  ['replicaset-controller', adoptPods],
  ['deployment-controller', syncDeployments],
  ['replicaset-controller', syncReplicaSets],
  ['horizontal-pod-autoscaler-controller', syncAutoscalers],
  ['daemonset-controller', syncDaemonSets],
  ['statefulset-controller', syncStatefulSets],
  ['cronjob-controller', syncCronJobs],
  ['job-controller', syncJobs],
  ['persistentvolumeclaim-protection-controller', protectClaims],
  ['persistentvolume-protection-controller', protectVolumes],
  ['persistentvolume-binder-controller', syncClaims],
  ['endpoints-controller', syncEndpoints],
  ['endpointslice-controller', syncSlices],
  ['endpointslice-mirroring-controller', mirrorSlices],
  ['certificatesigningrequest-cleaner-controller', cleanRequests],
  ['certificatesigningrequest-approving-controller', approveRequests],
  ['certificatesigningrequest-signing-controller', signRequests],
  ['token-cleaner-controller', cleanTokens],
  ['resourcequota-controller', syncQuotas],
  ['disruption-controller', syncBudgets],
]

/** The controllers act while a controller manager leads and gets through to the API server; that expires events by itself. */
export const runControllers: Law = (world, passedMs) => {
  if (!isWritable(world)) return
  expireEvents(world)
  syncApiEndpoints(world)
  restoreAccess(world)
  dropCustomGroups(world)
  syncApiServices(world)
  syncNodePorts(world)
  checkServiceAddresses(world, passedMs)
  syncIngressAddresses(world)
  if (!isActing(world, 'kube-controller-manager')) return
  syncLoadBalancers(world)
  const isRun = runningControllers(world)
  for (const [name, sync] of controllers) if (isRun(name)) sync(world, passedMs)
}
