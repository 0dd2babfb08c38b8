import type { Layer } from '../base/index.ts'
import type { FrontMatter } from '../document/index.ts'

/** The layers that the front matter gives to steps: `layers` by step, holding for the steps below too; otherwise `layer`. */
export const layersOf = (
  { layer, layers }: FrontMatter,
  drafts: readonly { readonly id: string; readonly parent: string | undefined }[],
): ReadonlyMap<string, Layer> => {
  const declared = new Map(layers.map(entry => [entry.slug.replace(/^#/, ''), entry.layer]))
  const found = new Map<string, Layer>()
  for (const { id, parent } of drafts) {
    const own = declared.get(id) ?? (parent === undefined ? undefined : found.get(parent)) ?? layer
    if (own !== undefined) found.set(id, own)
  }
  return found
}
