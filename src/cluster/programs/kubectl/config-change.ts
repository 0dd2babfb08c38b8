import { readText, writeText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Arguments } from './arguments.ts'
import { yamlText } from './output.ts'

/** A kubeconfig that is being changed, and where it lies. */
export type ConfigFile = { readonly path: string; readonly config: KubeValue }

type Change = (call: Call, args: Arguments, file: ConfigFile) => Reply

const failed = (text: string): Reply => ({ stderr: `error: ${text}\n`, exit: 1 })

const save = (call: Call, path: string, config: KubeValue): void =>
  writeText(call.machine.files, path, { text: yamlText(config), mtimeMs: call.world.nowMs })

type Part = { readonly list: 'clusters' | 'users' | 'contexts'; readonly of: 'cluster' | 'user' | 'context' }

const clusters: Part = { list: 'clusters', of: 'cluster' }
const users: Part = { list: 'users', of: 'user' }
const contexts: Part = { list: 'contexts', of: 'context' }

/** The configuration with fields of one named part set, the part made where it is missing; `undefined` takes a field away. */
const withFields = (
  config: KubeValue,
  { list, of, name }: Part & { readonly name: string },
  fields: KubeValue,
): KubeValue => {
  const held: readonly KubeValue[] = config[list] ?? []
  const changed = (before: KubeValue): KubeValue =>
    Object.fromEntries(Object.entries({ ...before, ...fields }).filter(([, value]) => value !== undefined))
  const isThere = held.some(entry => entry.name === name)
  const entries = held.map(entry => (entry.name === name ? { ...entry, [of]: changed(entry[of]) } : entry))
  return { ...config, [list]: isThere ? entries : [...held, { [of]: changed({}), name }] }
}

/** The fields for files that flags name: their contents with `--embed-certs`, else their paths; or the flag whose file is not there. */
const fileFields = (call: Call, { flags }: Arguments, names: readonly string[]): KubeValue | string => {
  const fields: Record<string, string | undefined> = {}
  for (const name of names) {
    const given = flags.get(name)
    if (given === undefined) continue
    const path = resolvePath(call.cwd, given)
    const isEmbedded = flags.get('embed-certs') === 'true'
    const text = isEmbedded ? readText(call.machine.files, path) : ''
    if (text === undefined)
      return `could not stat ${name} file ${given}: stat ${given}: no such file or directory`
    fields[name] = isEmbedded ? undefined : path
    fields[`${name}-data`] = isEmbedded ? btoa(text) : undefined
  }
  return fields
}

const flagFields = ({ flags }: Arguments, names: readonly string[]): KubeValue =>
  Object.fromEntries(names.flatMap(name => (flags.has(name) ? [[name, flags.get(name)]] : [])))

const setCluster: Change = (call, args, { path, config }) => {
  const name = args.words[2]
  if (name === undefined) return failed('Unexpected args: []')
  const files = fileFields(call, args, ['certificate-authority'])
  if (typeof files === 'string') return failed(files)
  const skips = args.flags.get('insecure-skip-tls-verify')
  const fields = {
    ...files,
    ...flagFields(args, ['server', 'tls-server-name']),
    ...(skips === undefined ? {} : { 'insecure-skip-tls-verify': skips === 'true' ? true : undefined }),
  }
  save(call, path, withFields(config, { ...clusters, name }, fields))
  return { stdout: `Cluster "${name}" set.\n` }
}

const setUser: Change = (call, args, { path, config }) => {
  const name = args.words[2]
  if (name === undefined) return failed('Unexpected args: []')
  const files = fileFields(call, args, ['client-certificate', 'client-key'])
  if (typeof files === 'string') return failed(files)
  const fields = { ...files, ...flagFields(args, ['token', 'username', 'password']) }
  save(call, path, withFields(config, { ...users, name }, fields))
  return { stdout: `User "${name}" set.\n` }
}

const setContext: Change = (call, args, { path, config }) => {
  const name: string | undefined = args.flags.has('current') ? config['current-context'] : args.words[2]
  if (!name)
    return failed(
      args.flags.has('current')
        ? 'no current context is set'
        : 'you must specify a non-empty context name or --current',
    )
  const isThere = (config.contexts ?? []).some((entry: KubeValue) => entry.name === name)
  const fields = flagFields(args, ['cluster', 'user', 'namespace'])
  save(call, path, withFields(config, { ...contexts, name }, fields))
  return { stdout: `Context "${name}" ${isThere ? 'modified' : 'created'}.\n` }
}

const remove =
  ({ list, of }: Part): Change =>
  (call, args, { path, config }) => {
    const name = args.words[2] ?? ''
    const held: readonly KubeValue[] = config[list] ?? []
    if (!held.some(entry => entry.name === name)) return failed(`cannot delete ${of} ${name}, not in ${path}`)
    save(call, path, { ...config, [list]: held.filter(entry => entry.name !== name) })
    return { stdout: `deleted ${of} ${name} from ${path}\n` }
  }

const renameContext: Change = (call, args, { path, config }) => {
  const [, , from = '', to = ''] = args.words
  const held: readonly KubeValue[] = config.contexts ?? []
  if (!held.some(entry => entry.name === from))
    return failed(`cannot rename the context "${from}", it's not in ${path}`)
  if (held.some(entry => entry.name === to))
    return failed(`cannot rename the context "${from}", the context "${to}" already exists in ${path}`)
  const current = config['current-context'] === from ? to : config['current-context']
  const renamed = held.map(entry => (entry.name === from ? { ...entry, name: to } : entry))
  save(call, path, { ...config, contexts: renamed, 'current-context': current })
  return { stdout: `Context "${from}" renamed to "${to}".\n` }
}

const parts: Readonly<Record<string, Part>> = { clusters, users, contexts }

/** Sets the property of a dotted path, or takes it away where there is no value. */
const changeProperty = (config: KubeValue, property: string, value: string | undefined): KubeValue => {
  const [head = '', ...rest] = property.split('.')
  const part = parts[head]
  if (part === undefined) return { ...config, [head]: value ?? '' }
  const field = rest.at(-1) ?? ''
  const name = rest.length > 1 ? rest.slice(0, -1).join('.') : field
  if (value === undefined && rest.length === 1)
    return { ...config, [head]: (config[head] ?? []).filter((entry: KubeValue) => entry.name !== name) }
  const isTruth = field === 'insecure-skip-tls-verify'
  return withFields(config, { ...part, name }, { [field]: isTruth ? value === 'true' || undefined : value })
}

const setProperty: Change = (call, args, { path, config }) => {
  const [, , property, value] = args.words
  if (property === undefined || value === undefined) return failed('Unexpected args: []')
  save(call, path, changeProperty(config, property, value))
  return { stdout: `Property "${property}" set.\n` }
}

const unsetProperty: Change = (call, args, { path, config }) => {
  const property = args.words[2]
  if (property === undefined) return failed('Unexpected args: []')
  save(call, path, changeProperty(config, property, undefined))
  return { stdout: `Property "${property}" unset.\n` }
}

/** What `kubectl config` changes, by its subcommand. */
export const configChanges: Readonly<Record<string, Change>> = {
  set: setProperty,
  unset: unsetProperty,
  'set-cluster': setCluster,
  'set-credentials': setUser,
  'set-context': setContext,
  'rename-context': renameContext,
  'delete-cluster': remove(clusters),
  'delete-user': remove(users),
  'delete-context': remove(contexts),
}
