import { getObject } from '../kube/store.ts'
import type { World } from '../world/world.ts'
import { accountUser, mayDo, type Person, refusalText, type Wish } from './authorize.ts'
import { inStep } from './in-step.ts'

const refusalOf = (world: World, person: Person, wish: Wish): string | undefined =>
  mayDo(world, person, wish) ? undefined : refusalText(person, wish)

/** As whom kube-proxy comes: as a pod by its account, else by a certificate of its own; Gravity's has all rights. */
const proxyPerson = ({ name }: World): Person | undefined =>
  name === 'gravity'
    ? undefined
    : name === 'mks'
      ? accountUser('kube-system', 'kube-proxy')
      : { user: 'system:kube-proxy', groups: [] }

/** Why the API server does not let kube-proxy see the services; `undefined` when it does. */
export const proxyRefusal = (world: World): string | undefined =>
  inStep(world, 'refusal/kube-proxy', () => {
    const person = proxyPerson(world)
    return person === undefined
      ? undefined
      : (refusalOf(world, person, { verb: 'list', resource: 'services' }) ??
          refusalOf(world, person, {
            verb: 'list',
            group: 'discovery.k8s.io',
            resource: 'endpointslices',
          }))
  })

const CALICO = 'crd.projectcalico.org'

/** The kinds without which Calico's parts do not work. */
const calicoKinds = [
  'clusterinformations',
  'felixconfigurations',
  'ippools',
  'ipamblocks',
  'blockaffinities',
  'hostendpoints',
]

const calicoProblem = (world: World, account: string): string | undefined => {
  const person = accountUser('kube-system', account)
  const [first = ''] = calicoKinds
  const refused = refusalOf(world, person, { verb: 'get', group: CALICO, resource: first, name: 'default' })
  if (refused !== undefined) return `connection is unauthorized: ${refused}`
  const lacking = calicoKinds.find(
    plural =>
      getObject(world.kube, { kind: 'CustomResourceDefinition', name: `${plural}.${CALICO}` }) === undefined,
  )
  return lacking === undefined
    ? undefined
    : `the server could not find the requested resource (get ${lacking}.${CALICO})`
}

/** Why a part of Calico, by its account, gets nothing of its data from the API server; `undefined` when it does. */
export const calicoRefusal = (world: World, account: string): string | undefined =>
  inStep(world, `refusal/${account}`, () => calicoProblem(world, account))
