import { getObject } from '../kube/store.ts'
import type { Container } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { accountUser, mayDo, refusalText } from './authorize.ts'
import { inStep } from './in-step.ts'

/** A kind that a CoreDNS may not list, and the API server's sentence about it. */
export type RefusedKind = { readonly kind: string; readonly text: string }

/** The version of a CoreDNS, by its image. */
export const corednsVersionOf = (container: Container | undefined): string =>
  /:v?(\d[\w.]*)$/.exec(container?.image ?? '')?.[1] ?? '1.10.1'

/** Whether a CoreDNS is older than 1.8, which watches endpoints and not slices of them, and has klog tell of what fails. */
export const isOldCoredns = (container: Container): boolean =>
  Number(corednsVersionOf(container).split('.')[1]) < 8

/** The kinds that a CoreDNS watches. */
const kindsOf = (container: Container) =>
  [
    { kind: 'Service', group: '', resource: 'services' },
    isOldCoredns(container)
      ? { kind: 'Endpoints', group: '', resource: 'endpoints' }
      : { kind: 'EndpointSlice', group: 'discovery.k8s.io', resource: 'endpointslices' },
    { kind: 'Namespace', group: '', resource: 'namespaces' },
  ] as const

/** The kinds that a CoreDNS watches, each with the path under which the API server lists it. */
export const watchedKinds = (
  container: Container,
): readonly { readonly kind: string; readonly path: string }[] =>
  kindsOf(container).map(({ kind, group, resource }) => ({
    kind,
    path: `${group === '' ? '/api/v1' : `/apis/${group}/v1`}/${resource}?limit=500&resourceVersion=0`,
  }))

/** What a CoreDNS may not see by the account of its pod; nothing where it may see all that it needs. */
export const refusedKinds = (world: World, container: Container): readonly RefusedKind[] =>
  inStep(world, `refusal/coredns/${container.id}`, () => {
    const { namespace, podName: name } = container
    const account = getObject(world.kube, { kind: 'Pod', namespace, name })?.spec?.serviceAccountName
    const person = accountUser(namespace, account ?? 'default')
    return kindsOf(container).flatMap(({ kind, group, resource }) => {
      const wish = { verb: 'list', group, resource }
      return mayDo(world, person, wish) ? [] : [{ kind, text: refusalText(person, wish) }]
    })
  })

/** The mark of a CoreDNS that has not seen the cluster's services since it began, among the times of its runtime. */
export const unsyncedMark = ({ id }: Container): string => `unsynced/${id}`

/** Whether a CoreDNS has seen nothing of the cluster since it began: it then answers for none of its names. */
export const isUnsynced = ({ runtime }: Machine, container: Container): boolean =>
  runtime?.timers[unsyncedMark(container)] !== undefined
