/** The info string of a fence, taken apart. `attributes` is the text of the braces, with them. */
export type FenceInfo = { readonly language: string; readonly attributes: string | undefined }

const infoShape = /^([^\s{]*)\s*(\{.*\})?/

/** Takes `bash {name=etcd}` apart. Braces that are not closed on the line give no attributes. */
export const splitInfo = (info: string): FenceInfo => {
  const match = infoShape.exec(info)
  return { language: (match?.[1] ?? '').toLowerCase(), attributes: match?.[2] }
}
