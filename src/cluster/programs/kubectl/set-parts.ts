import { isQuantity, quantityText } from '../../kube/quantity.ts'
import { touchObject } from '../../kube/store.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import { targetsOf, titleOf } from './change.ts'
import type { Client } from './client.ts'
import { writeProblem } from './refused-write.ts'
import { changeProblem } from './write-object.ts'

/** `kubectl set image|env|resources|serviceaccount`. */
export const setParts = (client: Client): Reply => {
  const [, what, ...words] = client.args.words
  const pairs = words.filter(word => word.includes('=') || (what === 'env' && word.endsWith('-')))
  const others = words.filter(word => !pairs.includes(word))
  const isAccount = what === 'serviceaccount' || what === 'sa'
  const account = isAccount ? others.at(-1) : undefined
  const { items, problems } = targetsOf(client, isAccount ? others.slice(0, -1) : others)
  const refused = writeProblem(client, { verb: 'patch' }, items)
  if (refused !== undefined) return refused
  const amounts = ['limits', 'requests'].flatMap(side => (client.args.flags.get(side) ?? '').split(','))
  if (amounts.some(pair => pair !== '' && !isQuantity(pair.split('=')[1] ?? '')))
    return { stderr: `error: ${quantityText}\n`, exit: 1 }
  let errors = problems
  for (const object of items) {
    const containers: readonly KubeValue[] = structuredClone(
      object.spec?.template?.spec?.containers ?? object.spec?.containers ?? [],
    )
    for (const pair of pairs) {
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      const touched = what === 'image' ? containers.filter(c => name === '*' || c.name === name) : containers
      if (touched.length === 0) errors += `error: unable to find container named "${name}"\n`
      for (const container of touched) setOne(container, what ?? '', { name, value, pair })
    }
    if (what === 'resources') for (const container of containers) setResources(client, container)
    const holder = object.kind === 'Pod' ? object.spec : object.spec?.template?.spec
    const invalid = changeProblem(object, copy => {
      const place = copy.kind === 'Pod' ? copy.spec : copy.spec?.template?.spec
      if (place !== undefined) place.containers = containers
    })
    if (invalid !== undefined) return { stderr: errors + invalid, exit: 1 }
    if (holder !== undefined) holder.containers = containers
    if (holder !== undefined && account !== undefined)
      Object.assign(holder, { serviceAccount: account, serviceAccountName: account })
    object.metadata.generation = (object.metadata.generation ?? 1) + 1
    touchObject(client.call.world, object)
  }
  const done = isAccount ? 'serviceaccount updated' : (doneWords[what ?? ''] ?? `${what} updated`)
  return {
    stdout: items.map(o => `${titleOf(o)} ${done}\n`).join(''),
    stderr: errors,
    exit: errors === '' ? 0 : 1,
  }
}

const doneWords: Readonly<Record<string, string>> = {
  resources: 'resource requirements updated',
}

const setOne = (
  container: KubeValue,
  what: string,
  { name, value, pair }: { name: string; value: string; pair: string },
): void => {
  if (what === 'image') container.image = value
  if (what !== 'env') return
  const plain = pair.endsWith('-') && !pair.includes('=') ? pair.slice(0, -1) : name
  container.env = (container.env ?? []).filter((e: KubeValue) => e.name !== plain)
  if (pair.includes('=')) container.env.push({ name, value })
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
