import { blobFolderOf, K3S_STORE, USUAL_STORE } from '../relations/runtime-folders.ts'
import type { Image } from '../world/container.ts'
import type { FileView, Viewpoint } from './views.ts'

const imagesIn = ({ machine: { runtime } }: Viewpoint, folder: string): readonly Image[] =>
  runtime?.kind === 'containerd' && blobFolderOf(runtime) === folder ? runtime.images : []

const nameOf = ({ id }: Image): string => id.replace(/^sha256:/, '')

const blobsIn = (folder: string): FileView => {
  const imageAt = (at: Viewpoint, path: string): Image | undefined =>
    imagesIn(at, folder).find(image => path === `${folder}/${nameOf(image)}`)
  return {
    folder,
    list: at => imagesIn(at, folder).map(image => `${folder}/${nameOf(image)}`),
    read: () => '',
    padding: (at, path) => imageAt(at, path)?.sizeBytes ?? 0,
    changedMs: ({ machine }) => machine.bootedMs,
    modes: { file: { mode: 0o444 }, folder: { mode: 0o755 } },
  }
}

/** What the runtimes have pulled: a file for each image, as large as the image is. */
export const imageBlobs: readonly FileView[] = [USUAL_STORE, K3S_STORE].map(store =>
  blobsIn(`${store}/io.containerd.content.v1.content/blobs/sha256`),
)
