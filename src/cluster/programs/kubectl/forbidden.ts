import { mayDo, refusalText, type Wish } from '../../relations/authorize.ts'
import type { Client } from './client.ts'
import { type Kind, kindOf } from './kinds.ts'

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

/** What a client does with a kind of objects: the verb, with a name or a part of it where there is one. */
export type Deed = {
  readonly verb: string
  readonly name?: string | undefined
  readonly part?: string | undefined
}

/** What somebody wants who does something with a kind, in the namespace that the command line means. */
export const wishOf = ({ args, namespace }: Client, kind: Kind, { verb, name, part }: Deed): Wish => ({
  verb,
  group: kind.group,
  resource: part === undefined ? kind.plural : `${kind.plural}/${part}`,
  namespace: kind.isNamespaced && !args.flags.has('all-namespaces') ? namespace : undefined,
  ...(name === undefined ? {} : { name }),
})

/** The error when a client may not do something; `undefined` when it may. */
export const forbidden = (client: Client, kind: Kind, deed: Deed): string | undefined => {
  const wish = wishOf(client, kind, deed)
  return isAllowed(client, wish)
    ? undefined
    : `Error from server (Forbidden): ${refusalText(client.answer, wish)}\n`
}

/** What a command of kubectl does to what it names, where that is no reading. */
const deeds: Readonly<
  Record<string, { readonly verb: string; readonly kind?: string; readonly part?: string }>
> = {
  annotate: { verb: 'patch' },
  cordon: { verb: 'patch', kind: 'nodes' },
  cp: { verb: 'create', kind: 'pods', part: 'exec' },
  delete: { verb: 'delete' },
  drain: { verb: 'patch', kind: 'nodes' },
  edit: { verb: 'patch' },
  exec: { verb: 'create', kind: 'pods', part: 'exec' },
  label: { verb: 'patch' },
  log: { verb: 'get', kind: 'pods', part: 'log' },
  logs: { verb: 'get', kind: 'pods', part: 'log' },
  patch: { verb: 'patch' },
  'port-forward': { verb: 'create', kind: 'pods', part: 'portforward' },
  run: { verb: 'create', kind: 'pods' },
  scale: { verb: 'patch', part: 'scale' },
  taint: { verb: 'patch', kind: 'nodes' },
  uncordon: { verb: 'patch', kind: 'nodes' },
}

/** The refusal of a command that changes or enters something; `undefined` where it may, or where it asks for more than one kind. */
export const verbRefusal = (client: Client): string | undefined => {
  const [command = '', ...words] = client.args.words
  const deed = deeds[command]
  if (deed === undefined) return undefined
  const [kindWord = '', name] = words.flatMap(word => word.split('/'))
  const kind = kindOf(deed.kind ?? kindWord)
  if (kind === undefined) return undefined
  return forbidden(client, kind, {
    verb: deed.verb,
    part: deed.part,
    name: deed.kind === undefined ? name : words[0]?.split('/').at(-1),
  })
}
