import { parseSize } from '../text/size.ts'

/** Bytes of a Kubernetes quantity: `24684092Ki`, `16Mi`, `1G`, `243497856212`, `500m` (thousandths). */
export const parseBytes = (text: string): number | undefined =>
  /^\d+m$/.test(text) ? Number(text.slice(0, -1)) / 1000 : parseSize(text, 'decimal')

/** Processor cores of a Kubernetes quantity: `250m` is 0.25, `2` is 2, `1500000n` is 0.0015. */
export const parseCores = (text: string): number | undefined => {
  const match = /^(\d+(?:\.\d+)?)([munk]?)$/.exec(text)
  if (match === null) return undefined
  const scale = { m: 1e-3, u: 1e-6, n: 1e-9, k: 1e3, '': 1 }[match[2] ?? ''] ?? 1
  return Number((Number(match[1]) * scale).toFixed(9))
}
