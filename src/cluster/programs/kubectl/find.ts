import { allKinds, type Kind, kindOf, verbsOf } from '../../kube/kinds.ts'
import { fitsSelector, readSelector } from '../../kube/labels.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import { componentStatuses } from '../../relations/component-statuses.ts'
import { availabilityOf, metricsApiOf } from '../../relations/metrics-api.ts'
import { metricsObjects } from '../../relations/metrics-objects.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Client } from './client.ts'
import { forbidden } from './forbidden.ts'
import { valuesAt } from './json-path.ts'

/** What a command line asks for: a kind and names, or all of it. */
export type Wanted = { readonly kind: Kind; readonly names: readonly string[] }

/** Reads words of the form `pod/x`, of which each has a kind of its own. */
const readCombined = (
  world: World,
  words: readonly string[],
): readonly Wanted[] | { readonly problem: string } => {
  if (!words.every(word => word.includes('/')))
    return {
      problem:
        "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'\n",
    }
  const wanted: Wanted[] = []
  for (const word of words) {
    const [kindWord = '', name = '', more] = word.split('/')
    if (more !== undefined)
      return { problem: 'error: arguments in resource/name form may not have more than one slash\n' }
    if (kindWord === '' || name === '')
      return { problem: 'error: arguments in resource/name form must have a single resource and name\n' }
    const kind = kindOf(kindWord, world)
    if (kind === undefined)
      return { problem: `error: the server doesn't have a resource type "${kindWord}"\n` }
    wanted.push({ kind, names: [name] })
  }
  return wanted
}

/** Reads `pods`, `pod/x`, `pv,pvc`, `all`, `deployment web` into kinds and names. */
export const readWanted = (
  { call: { world } }: Client,
  words: readonly string[],
): readonly Wanted[] | { readonly problem: string } => {
  const [first = ''] = words
  if (words.some(word => word.includes('/'))) return readCombined(world, words)
  const parts =
    first === 'all' ? allKinds : first.split(',').flatMap(word => (word === 'all' ? allKinds : [word]))
  const wanted: Wanted[] = []
  for (const word of parts) {
    const kind = kindOf(word, world)
    if (kind === undefined) return { problem: `error: the server doesn't have a resource type "${word}"\n` }
    wanted.push({ kind, names: words.slice(1) })
  }
  return wanted
}

const fitsFields = (object: KubeObject, selector: string): boolean =>
  selector.split(',').every(part => {
    const read = /^\s*([\w.]+)\s*(!=|==|=)\s*(.*?)\s*$/.exec(part)
    if (read === null) return true
    const value = String(valuesAt(object, read[1] ?? '')[0] ?? '')
    return read[2] === '!=' ? value !== read[3] : value === read[3]
  })

/** Whether all namespaces are looked at. */
export const isEverywhere = ({ args }: Client): boolean => args.flags.get('all-namespaces') === 'true'

/** Whether an object belongs to the group of a kind: definitions may give one name to kinds of several groups. */
const isOfGroup = ({ columns, group }: Kind, { apiVersion }: KubeObject): boolean =>
  columns === undefined || apiVersion.startsWith(`${group}/`)

/** The objects of a kind, of one namespace where it is given: those that are stored, and those made for each question. */
export const objectsOf = (world: World, type: Kind, namespace: string | undefined): readonly KubeObject[] => {
  const { kind } = type
  if (kind === 'ComponentStatus') return componentStatuses(world)
  if (kind.endsWith('Metrics')) return metricsObjects(world, kind, namespace)
  return listObjects(world.kube, kind, namespace).filter(object => isOfGroup(type, object))
}

const allOf = (client: Client, type: Kind): readonly KubeObject[] =>
  objectsOf(
    client.call.world,
    type,
    type.isNamespaced && !isEverywhere(client) ? client.namespace : undefined,
  )

/** Why a kind cannot be asked for: it is none to read, or the server behind it does not answer. */
const unanswered = ({ call: { world } }: Client, kind: Kind, verb: string): string | undefined => {
  if (!verbsOf(kind).includes(verb))
    return 'Error from server (MethodNotAllowed): the server does not allow this method on the requested resource\n'
  const api = kind.kind.endsWith('Metrics') ? metricsApiOf(world) : undefined
  return api === undefined || availabilityOf(world, api).isAvailable
    ? undefined
    : `Error from server (ServiceUnavailable): the server is currently unable to handle the request (get ${kind.plural}.${kind.group})\n`
}

/** The error text for an object that is not there. */
const notFound = ({ plural, group }: Kind, name: string): string =>
  `Error from server (NotFound): ${plural}${group === '' ? '' : `.${group}`} "${name}" not found\n`

/** One object by name. */
const findOne = (client: Client, kind: Kind, name: string): KubeObject | undefined => {
  const { world } = client.call
  const namespace = kind.isNamespaced ? client.namespace : undefined
  if (kind.kind === 'ComponentStatus' || kind.kind.endsWith('Metrics'))
    return objectsOf(world, kind, namespace).find(({ metadata }) => metadata.name === name)
  const found = getObject(world.kube, { kind: kind.kind, namespace, name })
  return found !== undefined && isOfGroup(kind, found) ? found : undefined
}

/** One object by name as the API server lets this client have it, or kubectl's error. */
export const findNamed = (
  client: Client,
  kind: Kind,
  { name, verb = 'get' }: { readonly name: string; readonly verb?: string },
): { readonly object: KubeObject } | { readonly problem: string } => {
  const refused = forbidden(client, kind, { verb, name })
  const problem = refused ?? unanswered(client, kind, verb)
  if (problem !== undefined) return { problem }
  const object = findOne(client, kind, name)
  return object === undefined ? { problem: notFound(kind, name) } : { object }
}

/** The objects that are asked for by their names. What is deleted by its name is not read before. */
const findNames = (client: Client, { kind, names }: Wanted): Found => {
  const { words, flags } = client.args
  const verb = words[0] === 'delete' ? 'delete' : 'get'
  const found = names.map(name => findNamed(client, kind, { name, verb }))
  const isQuiet = flags.has('ignore-not-found')
  return {
    items: found.flatMap(one => ('object' in one ? [one.object] : [])),
    problems: found
      .flatMap(one => ('problem' in one ? [one.problem] : []))
      .filter(problem => !isQuiet || !problem.includes('(NotFound)'))
      .join(''),
  }
}

type Found = { readonly items: readonly KubeObject[]; readonly problems: string }

/** The objects that are asked for, and what went wrong meanwhile. */
export const findWanted = (client: Client, wanted: Wanted): Found => {
  const { kind, names } = wanted
  if (names.length > 0) return findNames(client, wanted)
  const refused = forbidden(client, kind, { verb: 'list' })
  const unread = refused ?? unanswered(client, kind, 'list')
  if (unread !== undefined) return { items: [], problems: unread }
  const selector = client.args.flags.get('selector')
  const labels = selector === undefined ? undefined : readSelector(selector)
  if (selector !== undefined && labels === undefined)
    return {
      items: [],
      problems: `error: unable to parse requirement: found '${selector}', expected: identifier\n`,
    }
  const fields = client.args.flags.get('field-selector')
  const items = allOf(client, kind).filter(
    o => fitsSelector(o.metadata.labels, labels) && (fields === undefined || fitsFields(o, fields)),
  )
  return { items: sorted(items, client.args.flags.get('sort-by')), problems: '' }
}

const compare = (a: KubeValue, b: KubeValue): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a ?? '') < String(b ?? '') ? -1 : String(a ?? '') > String(b ?? '') ? 1 : 0
}

/** Objects in the order of what a path leads to in each; as they are where none is given. */
export const sorted = (items: readonly KubeObject[], path: string | undefined): readonly KubeObject[] => {
  if (path === undefined) return items
  const plain = path.replace(/^\{|\}$/g, '')
  return [...items].sort((a, b) => compare(valuesAt(a, plain)[0], valuesAt(b, plain)[0]))
}
