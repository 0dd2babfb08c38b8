import { nodeAt, writeText } from '../../files/file-tree.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { K3S_DATA } from './k3s-data.ts'

const FOLDER = `${K3S_DATA}/server/tls/`

/** Keeps the keys and certificates of a k3s server in its database, as it does when it first starts. */
export const keepBootstrap = ({ kube }: World, { files }: Machine): void => {
  kube.bootstrap = Object.fromEntries(
    [...files]
      .filter(([path, { kind }]) => kind === 'file' && path.startsWith(FOLDER))
      .map(([path, { text, mode }]) => [path, { text, mode }]),
  )
}

/** Writes those that are gone from the folder of a server that starts. */
export const restoreBootstrap = ({ kube, nowMs }: World, { files }: Machine): void => {
  for (const [path, { text, mode }] of Object.entries(kube.bootstrap ?? {}))
    if (nodeAt(files, path) === undefined) writeText(files, path, { text, mode, mtimeMs: nowMs })
}
