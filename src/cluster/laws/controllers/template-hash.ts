import { inOrder } from '../../kube/in-order.ts'
import { hashOf } from '../../kube/pod.ts'
import type { KubeValue } from '../../world/kube-object.ts'

const MOST_HASHES = 500
const hashes = new Map<string, string>()

/** The hash of a pod template as it stands in names: a number whose digits are written in letters and digits that make no word. */
export const templateHash = (template: KubeValue): string => {
  const text = JSON.stringify(template)
  const known = hashes.get(text)
  if (known !== undefined) return known
  if (hashes.size >= MOST_HASHES) hashes.clear()
  const number = Number.parseInt(hashOf(JSON.stringify(inOrder(template)), 8), 16)
  const hash = [...String(number)].map(digit => '456789bcdf'[Number(digit)]).join('')
  hashes.set(text, hash)
  return hash
}
