import { folderOf, isBelow } from '../../files/paths.ts'
import { podFolders } from '../../files/pod-folders.ts'
import type { Call } from '../../shell/program.ts'

const BLOCK = 4096

/** What the kubelet keeps for pods, which lies in no tree: each folder once, each file by its text. */
export const podSizes = (call: Call, top: string): readonly (readonly [string, number])[] => {
  const { folder, list, read } = podFolders
  if (!isBelow(folder, top) && !isBelow(top, folder)) return []
  const files = list(call, top).filter(path => !path.endsWith('/') && isBelow(path, top))
  const folders = new Set<string>()
  for (const path of files)
    for (let above = folderOf(path); isBelow(above, folder) && above !== folder; above = folderOf(above))
      if (isBelow(above, top)) folders.add(above)
  return [
    ...[...folders].map(path => [path, BLOCK] as const),
    ...files.map(path => [folderOf(path), read(call, path).length] as const),
  ]
}
