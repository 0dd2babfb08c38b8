import { controlGroups } from './control-groups.ts'
import { imageBlobs } from './image-blobs.ts'
import { podFolders } from './pod-folders.ts'
import { containerLinks, podLogs } from './pod-logs.ts'
import { proc } from './proc.ts'
import { procNet } from './proc-net.ts'
import { procSys } from './proc-sys.ts'
import { runtimeStates } from './runtime-state.ts'
import { sysNet } from './sys-net.ts'
import type { FileView } from './views.ts'

/** Every view. Where one lies within another the narrower counts. */
export const fileViews: readonly FileView[] = [
  proc,
  procNet,
  procSys,
  controlGroups,
  sysNet,
  podLogs,
  containerLinks,
  ...imageBlobs,
  podFolders,
  ...runtimeStates,
]
