import { admissionProblem } from '../../relations/admission/admission-problem.ts'
import { withDefaults } from '../../relations/admission/limit-range.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import type { Kind } from './kinds.ts'

/** The outcome of a write: what is said on which stream. */
export type Written = { readonly stdout?: string; readonly stderr?: string; readonly warning?: string }

/** What admission has against a write, as kubectl tells it. */
export const refusalOf = (
  client: Client,
  {
    object,
    kind,
    operation,
  }: { readonly object: KubeValue; readonly kind: Kind; readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' },
): Written | undefined => {
  const namespace = kind.isNamespaced ? (object.metadata.namespace ?? client.namespace) : undefined
  const placed = {
    ...object,
    metadata: { ...object.metadata, ...(namespace === undefined ? {} : { namespace }) },
  }
  const { world } = client.call
  const withLimits =
    object.kind === 'Pod' ? { ...placed, spec: withDefaults(world.kube, namespace, placed.spec) } : placed
  const problem = admissionProblem(world, { object: withLimits, operation, plural: kind.plural })
  if (problem === undefined) return undefined
  const file = client.args.flags.get('filename')
  const where =
    file === undefined || problem.reason === 'InternalError'
      ? ''
      : ` error when ${operation === 'CREATE' ? 'creating' : 'patching'} "${file}":`
  return { stderr: `Error from server (${problem.reason}):${where} ${problem.message}\n` }
}
