import { type Kind, kindOf } from '../../kube/kinds.ts'
import { mayDo, refusalText, type Wish } from '../../relations/authorize.ts'
import type { Client } from './client.ts'

const nodeReads = new Set([
  'configmaps',
  'endpoints',
  'leases',
  'nodes',
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'secrets',
  'services',
])

/** Whether the authorizer Node lets a kubelet do this: one by one what its pods need, and lists of what is no secret. */
const isNodesRight = (groups: readonly string[], { verb, resource = '' }: Wish): boolean =>
  groups.includes('system:nodes') &&
  nodeReads.has(resource) &&
  (verb === 'get' || (/^(list|watch)$/.test(verb) && !/^(secrets|configmaps)$/.test(resource)))

/** Whether a client may do something, by the authorizers that the API server runs with. */
export const isAllowed = ({ call, answer }: Client, wish: Wish): boolean => {
  const modes = answer.server.flags['authorization-mode']?.split(',') ?? ['Node', 'RBAC']
  return (
    modes.includes('AlwaysAllow') ||
    answer.groups.includes('system:masters') ||
    (modes.includes('Node') && isNodesRight(answer.groups, wish)) ||
    (modes.includes('RBAC') && mayDo(call.world, answer, wish))
  )
}

/** What a client does with a kind of objects: the verb, with a name or a part of it where there is one, in another namespace than it works in. */
export type Deed = {
  readonly verb: string
  readonly name?: string | undefined
  readonly part?: string | undefined
  readonly namespace?: string | undefined
}

/** What somebody wants who does something with a kind, in the namespace that the command line means where none is named. */
export const wishOf = (client: Client, kind: Kind, { verb, name, part, namespace }: Deed): Wish => ({
  verb,
  group: kind.group,
  resource: part === undefined ? kind.plural : `${kind.plural}/${part}`,
  namespace: kind.isNamespaced
    ? (namespace ?? (client.args.flags.has('all-namespaces') ? undefined : client.namespace))
    : undefined,
  ...(name === undefined ? {} : { name }),
})

/** Why the API server refuses a wish; `undefined` when the client may do it. */
export const refusedWish = (client: Client, wish: Wish): string | undefined =>
  isAllowed(client, wish) ? undefined : refusalText(client.answer, wish)

/** kubectl's error when a client may not do something; `undefined` when it may. */
export const forbidden = (client: Client, kind: Kind, deed: Deed): string | undefined => {
  const refused = refusedWish(client, wishOf(client, kind, deed))
  return refused === undefined ? undefined : `Error from server (Forbidden): ${refused}\n`
}

/** What a command asks of a pod that it gets a stream from. */
const streams: Readonly<Record<string, Pick<Deed, 'verb' | 'part'>>> = {
  cp: { verb: 'create', part: 'exec' },
  exec: { verb: 'create', part: 'exec' },
  log: { verb: 'get', part: 'log' },
  logs: { verb: 'get', part: 'log' },
  'port-forward': { verb: 'create', part: 'portforward' },
}

/** The refusal of a command that gets a stream from a pod; `undefined` where it may, and for all other commands. */
export const streamRefusal = (client: Client): string | undefined => {
  const [command = '', target] = client.args.words
  const deed = streams[command]
  const kind = kindOf('pods')
  if (deed === undefined || kind === undefined) return undefined
  const name = target?.split('/').at(-1)
  const isPod = target !== undefined && (!target.includes('/') || kindOf(target.split('/')[0] ?? '') === kind)
  const unseen = isPod ? forbidden(client, kind, { verb: 'get', name }) : undefined
  return unseen ?? forbidden(client, kind, { ...deed, name })
}
