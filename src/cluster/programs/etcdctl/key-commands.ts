import { kindsIn } from '../../kube/kinds.ts'
import { removeObject } from '../../kube/store.ts'
import { etcdHealthOf } from '../../relations/etcd-health.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { decimalId } from './endpoint-commands.ts'
import type { EtcdArguments } from './etcd-arguments.ts'
import type { Command } from './member-commands.ts'

const CLUSTER = '14841639068965178418'

/** Where the registry keeps kinds that do not lie under the plural of their name (kubernetes, pkg/registry). */
const places: Readonly<Record<string, string>> = {
  Node: 'minions',
  Service: 'services/specs',
  Endpoints: 'services/endpoints',
  Ingress: 'ingress',
  ReplicationController: 'controllers',
  APIService: 'apiregistration.k8s.io/apiservices',
  CustomResourceDefinition: 'apiextensions.k8s.io/customresourcedefinitions',
}

/** Gives the key under which the registry keeps an object; of kinds that are defined it lies below their group. */
const keysIn = (world: World): ((object: KubeObject) => string) => {
  const kinds = kindsIn(world)
  return ({ kind, apiVersion, metadata: { namespace, name } }) => {
    const known = kinds.find(
      one => one.kind === kind && (one.columns === undefined || apiVersion.startsWith(`${one.group}/`)),
    )
    const plural = known?.plural ?? `${kind.toLowerCase()}s`
    const place = places[kind] ?? (known?.columns === undefined ? plural : `${known.group}/${plural}`)
    return `/registry/${place}/${namespace === undefined ? '' : `${namespace}/`}${name}`
  }
}

type Entry = { readonly key: string; readonly object: KubeObject | undefined; readonly text: string }

const entriesOf = ({ world }: Call): readonly Entry[] => {
  const keyOf = keysIn(world)
  const stored = [...world.kube.objects.values()].map(object => ({
    key: keyOf(object),
    object,
    text: `k8s\0\n${JSON.stringify(object)}`,
  }))
  const own = Object.entries(world.etcd.ownKeys ?? {}).map(([key, text]) => ({
    key,
    object: undefined,
    text,
  }))
  return [...stored, ...own].sort((a, b) => (a.key < b.key ? -1 : 1))
}

const asked = (call: Call, { words: [, first = '', end], flags }: EtcdArguments): readonly Entry[] =>
  entriesOf(call).filter(({ key }) => {
    if (flags.has('prefix')) return key.startsWith(first)
    if (flags.has('from-key')) return key >= first
    return end === undefined ? key === first : key >= first && key < end
  })

const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(''))

const jsonText = ({ world }: Call, shown: readonly Entry[], count: number): string => {
  const { etcd } = world
  const [member] = etcd.members
  const pairs = shown.map(({ key, object, text }) => {
    const version = Number(object?.metadata.resourceVersion ?? etcd.revision)
    return {
      key: base64(key),
      create_revision: version,
      mod_revision: version,
      version: 1,
      value: base64(text),
    }
  })
  const ids = `"cluster_id":${CLUSTER},"member_id":${decimalId(member?.id ?? '0')},"revision":${etcd.revision},"raft_term":${member?.raftTerm ?? 1}`
  return `{"header":{${ids}},${pairs.length === 0 ? '' : `"kvs":${JSON.stringify(pairs)},`}"count":${count}}\n`
}

const countText = ({ world: { etcd } }: Call, count: number): string => {
  const [member] = etcd.members
  const rows: readonly (readonly [string, unknown])[] = [
    ['ClusterID', CLUSTER],
    ['MemberID', decimalId(member?.id ?? '0')],
    ['Revision', etcd.revision],
    ['RaftTerm', member?.raftTerm ?? 1],
    ['More', false],
    ['Count', count],
  ]
  return rows.map(([name, value]) => `"${name}" : ${value}\n`).join('')
}

/** `etcdctl get`. */
export const getKeys: Command = (call, args) => {
  const { flags } = args
  const found = asked(call, args)
  const limit = Number(flags.get('limit') ?? 0)
  const shown = flags.has('count-only') ? [] : limit > 0 ? found.slice(0, limit) : found
  const bare = flags.has('keys-only') ? shown.map(entry => ({ ...entry, text: '' })) : shown
  const format = flags.get('write-out')
  if (flags.has('count-only') && format !== 'fields')
    return { stderr: 'Error: --count-only is only for `--write-out=fields`\n', exit: 128 }
  if (format === 'json') return { stdout: jsonText(call, bare, found.length) }
  if (flags.has('count-only')) return { stdout: countText(call, found.length) }
  return {
    stdout: bare
      .map(({ key, text }) => `${flags.has('print-value-only') ? '' : `${key}\n`}${text}\n`)
      .join(''),
  }
}

/** Why nothing can be written: the database is full. */
const full = (call: Call): Reply | undefined =>
  etcdHealthOf(call.world).hasNoSpace
    ? {
        stderr:
          '{"level":"warn","caller":"v3@v3.5.12/retry_interceptor.go:62","msg":"retrying of unary invoker failed","attempt":0,"error":"rpc error: code = ResourceExhausted desc = etcdserver: mvcc: database space exceeded"}\nError: etcdserver: mvcc: database space exceeded\n',
        exit: 1,
      }
    : undefined

/** `etcdctl put`. */
export const putKey: Command = (call, { words: [, key, value] }) => {
  const refused = full(call)
  if (refused !== undefined) return refused
  if (key === undefined)
    return { stderr: 'Error: put command needs 1 argument and input from stdin or 2 arguments\n', exit: 128 }
  const { etcd } = call.world
  etcd.revision += 1
  etcd.ownKeys = { ...etcd.ownKeys, [key]: value ?? call.stdin }
  return { stdout: 'OK\n' }
}

/** `etcdctl del`: tells how many keys it took away; objects of the cluster go with theirs. */
export const deleteKeys: Command = (call, args) => {
  if (args.words[1] === undefined)
    return {
      stderr: 'Error: del command needs one argument as key and an optional argument as range_end\n',
      exit: 128,
    }
  const found = asked(call, args)
  const { world } = call
  for (const { object } of found) if (object !== undefined) removeObject(world, object)
  const gone = new Set(found.filter(({ object }) => object === undefined).map(({ key }) => key))
  const { ownKeys = {} } = world.etcd
  world.etcd.ownKeys = Object.fromEntries(Object.entries(ownKeys).filter(([key]) => !gone.has(key)))
  return { stdout: `${found.length}\n` }
}
