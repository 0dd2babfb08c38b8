import { collectImages } from './collect-images.ts'
import { electLeaders } from './elect-leaders.ts'
import { runEtcd } from './etcd-law.ts'
import { identifyServers } from './identify-servers.ts'
import { reportNodes } from './kubelet-node.ts'
import type { Law } from './law.ts'
import { noteSigningKey } from './note-signing-key.ts'
import { runContainers } from './pods/run-containers.ts'
import { tellEnds } from './pods/runtime-ends.ts'
import { reachApi } from './reach-api.ts'
import { runControllers } from './run-controllers.ts'
import { schedulePods } from './schedule-pods.ts'
import { serveKubelets } from './serve-kubelets.ts'
import { syncPods } from './sync-pods.ts'

/** The laws of Kubernetes, causes first: containers, etcd, kubelets, leases, controllers, scheduler. */
export const kubeLaws: readonly Law[] = [
  runContainers,
  runEtcd,
  tellEnds,
  reachApi,
  syncPods,
  tellEnds,
  reportNodes,
  collectImages,
  serveKubelets,
  electLeaders,
  identifyServers,
  runControllers,
  schedulePods,
  noteSigningKey,
]
