import { expireEvents } from '../kube/events.ts'
import { isWritable } from '../relations/api-server.ts'
import { clusterHosts } from '../relations/cluster-hosts.ts'
import { isActing } from '../relations/components.ts'
import { leavesOutController } from '../relations/k3s/k3s-units.ts'
import type { World } from '../world/world.ts'
import { dropCustomGroups, restoreAccess } from './controllers/access.ts'
import { adoptPods } from './controllers/adopt-pods.ts'
import { syncApiServices } from './controllers/api-services.ts'
import { syncAutoscalers } from './controllers/autoscalers.ts'
import { syncClaims } from './controllers/claims.ts'
import { syncApiEndpoints, syncEndpoints } from './controllers/endpoints.ts'
import { collectGarbage, fillNamespaces } from './controllers/garbage.ts'
import { syncIngressAddresses } from './controllers/ingress-addresses.ts'
import { syncJobs } from './controllers/jobs.ts'
import { syncLoadBalancers } from './controllers/load-balancers.ts'
import { syncNodes } from './controllers/node-lifecycle.ts'
import { syncNodePorts } from './controllers/node-ports.ts'
import { syncNodeSets } from './controllers/node-sets.ts'
import { syncPolicies } from './controllers/policies.ts'
import { protectStorage } from './controllers/protect-storage.ts'
import { syncReplicas } from './controllers/replica-sets.ts'
import { syncSigningRequests } from './controllers/signing-requests.ts'
import type { Law } from './law.ts'

/** Whether the controller manager within k3s was told to leave a controller out. */
const leavesOut = (world: World, controller: string): boolean =>
  clusterHosts(world).some(({ machine }) => {
    const unit = machine.units.get('k3s.service')
    return unit !== undefined && leavesOutController(machine, unit, controller)
  })

/** The controllers act while a controller manager leads and gets through to the API server; that expires events by itself. */
export const runControllers: Law = (world, passedMs) => {
  if (!isWritable(world)) return
  expireEvents(world)
  syncApiEndpoints(world)
  restoreAccess(world)
  dropCustomGroups(world)
  syncApiServices(world)
  syncNodePorts(world)
  syncIngressAddresses(world)
  if (!isActing(world, 'kube-controller-manager')) return
  if (!leavesOut(world, 'node-lifecycle-controller')) syncNodes(world)
  collectGarbage(world)
  fillNamespaces(world)
  adoptPods(world)
  syncReplicas(world)
  syncAutoscalers(world, passedMs)
  syncLoadBalancers(world)
  syncNodeSets(world)
  syncJobs(world)
  protectStorage(world)
  syncClaims(world)
  syncEndpoints(world)
  syncSigningRequests(world)
  syncPolicies(world)
}
