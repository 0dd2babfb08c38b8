import type { KubeKind } from './kube-kind.ts'
import { runningKinds } from './kube-running-kinds.ts'
import { storedKinds } from './kube-stored-kinds.ts'
import { workloadKinds } from './kube-workload-kinds.ts'

// No listing has this header: the kind is only taken where no other fits.
const never = /$^/

/** The kinds that have a reader of their own; the first whose header fits reads a table. */
export const kubeKinds: readonly KubeKind[] = [...runningKinds, ...storedKinds, ...workloadKinds]

/** Objects of kinds that have no reader of their own. */
export const otherKind: KubeKind = {
  fact: 'resources',
  names: [],
  header: never,
  columns: {},
  standard: 'NAME|AGE',
}

/** The kind that goes by a name, in any of its spellings. */
export const kindNamed = (name: string): KubeKind | undefined => {
  const plain = name.toLowerCase().replace(/\.(?:apps|batch|networking\.k8s\.io|discovery\.k8s\.io|v1)$/, '')
  return kubeKinds.find(kind => kind.names.includes(plain))
}
