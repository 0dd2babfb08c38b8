import { getObject } from '../../kube/store.ts'
import type { World } from '../../world/world.ts'
import { isActing } from '../components.ts'
import { limitProblem } from './limit-range.ts'
import { securityProblem } from './pod-security.ts'
import { quotaProblem } from './quota-use.ts'
import { type Admission, webhookProblem } from './webhook-problem.ts'

/** Why the API server refuses a write: the reason that a client names it by, and its words. */
export type AdmissionProblem = { readonly reason: 'Forbidden' | 'InternalError'; readonly message: string }

/** What admission has against a write: webhooks that cannot be asked, limits, used-up quotas; `undefined` when it lets it pass. */
export const admissionProblem = (world: World, admission: Admission): AdmissionProblem | undefined => {
  const { object, operation, plural } = admission
  const unasked = webhookProblem(world, admission)
  if (unasked !== undefined)
    return { reason: 'InternalError', message: `Internal error occurred: ${unasked}` }
  if (operation !== 'CREATE') return undefined
  const { namespace, name } = object.metadata
  const forbidden = (why: string): AdmissionProblem => ({
    reason: 'Forbidden',
    message: `${plural} "${name}" is forbidden: ${why}`,
  })
  const home =
    namespace === undefined ? undefined : getObject(world.kube, { kind: 'Namespace', name: namespace })
  if (home?.status?.phase === 'Terminating')
    return forbidden(`unable to create new content in namespace ${namespace} because it is being terminated`)
  const priority: string = object.spec?.priorityClassName ?? ''
  if (
    object.kind === 'Pod' &&
    priority !== '' &&
    !priority.startsWith('system-') &&
    getObject(world.kube, { kind: 'PriorityClass', name: priority }) === undefined
  )
    return forbidden(`no PriorityClass with name ${priority} was found`)
  // The one of every namespace comes back as soon as it is gone, while somebody sees to that.
  const isKept = isActing(world, 'kube-controller-manager')
  const account: string = object.spec?.serviceAccountName ?? 'default'
  if (
    object.kind === 'Pod' &&
    !(account === 'default' && isKept) &&
    getObject(world.kube, { kind: 'ServiceAccount', namespace, name: account }) === undefined
  )
    return forbidden(
      `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
    )
  const why =
    (object.kind === 'Pod'
      ? (securityProblem(world, object) ?? limitProblem(world.kube, object))
      : undefined) ?? quotaProblem(world.kube, object)
  return why === undefined ? undefined : forbidden(why)
}
