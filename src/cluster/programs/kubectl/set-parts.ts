import { isQuantity, quantityText } from '../../kube/quantity.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { targetsOf, titleOf } from './change.ts'
import { changeObject, changeProblem, mergeInto } from './change-object.ts'
import type { Client } from './client.ts'
import { joinReplies } from './join-replies.ts'
import { writeProblem } from './refused-write.ts'
import { envFrom, listEnv } from './set-env.ts'

const fail = (stderr: string): Reply => ({ stderr, exit: 1 })

/** What is to become of a workload: words without `=` name it, the others say what changes. */
type Order = {
  readonly what: string
  readonly pairs: readonly string[]
  readonly account: string | undefined
  readonly added: readonly KubeValue[]
}

const containersOf = (object: KubeObject): readonly KubeValue[] =>
  object.spec?.template?.spec?.containers ?? object.spec?.containers ?? []

const nameIn = (pair: string): string => pair.slice(0, pair.indexOf('='))
const valueIn = (pair: string): string => pair.slice(pair.indexOf('=') + 1)

const setVariable = (container: KubeValue, entry: KubeValue): void => {
  const known: readonly KubeValue[] = container.env ?? []
  container.env = known.some(({ name }) => name === entry.name)
    ? known.map(each => (each.name === entry.name ? entry : each))
    : [...known, entry]
}

const setEnv = (container: KubeValue, { pairs, added }: Order): void => {
  for (const pair of pairs)
    if (pair.includes('=')) setVariable(container, { name: nameIn(pair), value: valueIn(pair) })
    else container.env = (container.env ?? []).filter(({ name }: KubeValue) => name !== pair.slice(0, -1))
  for (const entry of added) setVariable(container, entry)
}

const setResources = ({ args }: Client, container: KubeValue): void => {
  for (const side of ['limits', 'requests'] as const) {
    const given = args.flags.get(side)
    if (given !== undefined)
      container.resources = {
        ...container.resources,
        [side]: {
          ...container.resources?.[side],
          ...Object.fromEntries(given.split(',').map(p => p.split('=') as [string, string])),
        },
      }
  }
}

/** The containers of a workload after the change, and what could not be done. */
const changedContainers = (client: Client, object: KubeObject, order: Order): [KubeValue[], string] => {
  const containers = structuredClone(containersOf(object)) as KubeValue[]
  const chosen = client.args.flags.get('container') ?? '*'
  let errors = ''
  if (order.what === 'image')
    for (const pair of order.pairs) {
      const named = containers.filter(({ name }) => nameIn(pair) === '*' || name === nameIn(pair))
      if (named.length === 0) errors += `error: unable to find container named "${nameIn(pair)}"\n`
      for (const container of named) container.image = valueIn(pair)
    }
  for (const container of containers.filter(({ name }) => chosen === '*' || name === chosen)) {
    if (order.what === 'env') setEnv(container, order)
    if (order.what === 'resources') setResources(client, container)
  }
  return [containers, errors]
}

const doneWords: Readonly<Record<string, string>> = {
  resources: 'resource requirements updated',
  sa: 'serviceaccount updated',
}

/** Changes one object; kubectl says nothing of one that stays as it is. */
const setOne = (client: Client, object: KubeObject, order: Order): Reply => {
  const [containers, errors] = changedContainers(client, object, order)
  const change = (each: KubeObject): void => {
    const holder = each.kind === 'Pod' ? each.spec : each.spec?.template?.spec
    if (holder === undefined) return
    holder.containers = containers
    if (order.account !== undefined)
      Object.assign(holder, { serviceAccount: order.account, serviceAccountName: order.account })
  }
  const invalid = changeProblem(object, change)
  if (invalid !== undefined) return fail(errors + invalid)
  const said = errors === '' ? {} : fail(errors)
  if (!changeObject(client, object, change)) return said
  return { ...said, stdout: `${titleOf(object)} ${doneWords[order.what] ?? `${order.what} updated`}\n` }
}

/** A service's selector becomes what is given, all of it. */
const setSelector = (client: Client, items: readonly KubeObject[], pairs: readonly string[]): Reply => {
  const others = items.filter(({ kind }) => kind !== 'Service')
  if (others.length > 0) return fail(`error: cannot set selector: ${others[0]?.kind} is not a Service\n`)
  for (const object of items) {
    const gone = Object.fromEntries(Object.keys(object.spec?.selector ?? {}).map(key => [key, null]))
    const wanted = Object.fromEntries(
      pairs.flatMap(pair => pair.split(',')).map(pair => [nameIn(pair), valueIn(pair)] as const),
    )
    mergeInto(client, object, { spec: { selector: { ...gone, ...wanted } } })
  }
  return { stdout: items.map(object => `${titleOf(object)} selector updated\n`).join('') }
}

/** `kubectl set image|env|resources|serviceaccount|selector`. */
export const setParts = (client: Client): Reply => {
  const [, what = '', ...words] = client.args.words
  const { flags } = client.args
  const pairs = words.filter(word => word.includes('=') || (what === 'env' && word.endsWith('-')))
  const others = words.filter(word => !pairs.includes(word))
  const isAccount = what === 'serviceaccount' || what === 'sa'
  const { items, problems } = targetsOf(client, isAccount ? others.slice(0, -1) : others)
  if (what === 'env' && flags.has('list'))
    return {
      ...(problems === '' ? {} : fail(problems)),
      stdout: items.map(o => listEnv(o, containersOf(o))).join(''),
    }
  const from = flags.get('from')
  if (what === 'env' && pairs.length === 0 && from === undefined)
    return fail('error: at least one environment variable must be provided\n')
  const refused = writeProblem(client, { verb: 'patch' }, items)
  if (refused !== undefined) return refused
  if (what === 'selector')
    return joinReplies([fail(problems), setSelector(client, items, pairs)].slice(problems === '' ? 1 : 0))
  const amounts = ['limits', 'requests'].flatMap(side => (flags.get(side) ?? '').split(','))
  if (amounts.some(pair => pair !== '' && !isQuantity(pair.split('=')[1] ?? '')))
    return fail(`error: ${quantityText}\n`)
  const added = from === undefined || what !== 'env' ? [] : envFrom(client, from)
  if (typeof added === 'string') return fail(added)
  const order: Order = { what, pairs, account: isAccount ? others.at(-1) : undefined, added }
  const replies = items.map(object => setOne(client, object, order))
  return joinReplies(problems === '' ? replies : [fail(problems), ...replies])
}
