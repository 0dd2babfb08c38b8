import { parseAllDocuments, stringify } from 'yaml'
import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { alignColumns, asText } from '../../text/columns.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { GravityResource } from '../../world/platforms.ts'
import type { World } from '../../world/world.ts'
import type { GravityArguments } from './gravity-arguments.ts'
import { unknownCommand } from './gravity-help.ts'
import { canonicalKind, resourceKinds, SUPPORTED_KINDS, textOf } from './gravity-resource-kinds.ts'
import { shortTime } from './gravity-times.ts'
import { failed } from './new-operation.ts'
import { controllerFailure } from './reach-controller.ts'

/** What an installation makes by itself: the accounts of agents and the join token. */
const inherent = ({ platforms: { gravity } }: World): readonly GravityResource[] =>
  gravity === undefined
    ? []
    : [
        ...['adminagent', 'agent'].map(name => ({
          kind: 'user',
          name: `${name}@${gravity.clusterName}`,
          spec: { type: 'agent', roles: [`${name}@${gravity.clusterName}`] },
        })),
        { kind: 'token', name: gravity.joinToken, spec: { user: `agent@${gravity.clusterName}` } },
      ]

/** The resources of a kind that a cluster has. */
export const resourcesOf = (world: World, kind: string): readonly GravityResource[] =>
  [...inherent(world), ...(world.platforms.gravity?.resources ?? [])]
    .filter(resource => resource.kind === kind)
    .sort((a, b) => (a.name < b.name ? -1 : 1))

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  asText(alignColumns([header, header.map(title => '-'.repeat(title.length)), ...rows], { gap: 5 }))

const operationsTable = ({ world }: Call): string =>
  table(
    ['ID', 'Description', 'State', 'Created'],
    (world.platforms.gravity?.operations ?? [])
      .toReversed()
      .map(({ id, description, state, createdMs }) => [
        id,
        description,
        state.replace(/\b[a-z]/g, letter => letter.toUpperCase()),
        shortTime(createdMs),
      ]),
  )

const get = (call: Call, [word = '', name]: readonly string[], form: string | undefined): Reply => {
  const kind = canonicalKind(word)
  if (kind === 'operation') return { stdout: operationsTable(call) }
  if (kind === 'authgateway') return failed('auth gateway resource not found')
  if (kind === 'runtimeenvironment') return {}
  const known = resourceKinds[kind]
  if (known === undefined)
    return failed(
      kind === ''
        ? 'missing resource kind'
        : `unsupported resource "${word}", supported are: ${SUPPORTED_KINDS}`,
    )
  const found = resourcesOf(call.world, kind).filter(resource => name === undefined || resource.name === name)
  if (found.length === 0 && (name !== undefined || kind === 'smtp'))
    return failed(kind === 'smtp' ? 'no cluster SMTP configuration found' : `${kind} "${name}" is not found`)
  if (form === 'yaml' || form === 'json') {
    const documents = found.map(({ kind: of, name: called, spec }) => ({
      kind: of,
      version: 'v2',
      metadata: { name: called },
      spec,
    }))
    const whole = documents.length === 1 ? documents[0] : documents
    return { stdout: form === 'yaml' ? stringify(whole) : `${JSON.stringify(whole, undefined, 2)}\n` }
  }
  const columns = Object.entries(known.columns)
  return {
    stdout: table(
      columns.map(([title]) => title),
      found.map(resource => columns.map(([, cell]) => cell(resource.spec, resource))),
    ),
  }
}

const create = (call: Call, [word]: readonly string[]): Reply => {
  const { world, host, cwd, stdin } = call
  const { gravity } = world.platforms
  const path = word === undefined ? undefined : resolvePath(cwd, word)
  const text = path === undefined ? stdin : readText(host.files, path)
  if (text === undefined) return failed(`open ${word}: no such file or directory`)
  let stdout = ''
  for (const document of parseAllDocuments(text)) {
    const value = document.toJS() as KubeValue
    if (value === null || value === undefined) continue
    const kind = canonicalKind(textOf(value.kind))
    const known = resourceKinds[kind]
    if (known === undefined)
      return {
        ...failed(
          kind === ''
            ? 'missing resource kind'
            : `unsupported resource "${value.kind}", supported are: ${SUPPORTED_KINDS}`,
        ),
        stdout,
      }
    if (kind === 'alerttarget' && resourcesOf(world, 'smtp').length === 0)
      return {
        ...failed(
          'alert target can only be created when cluster SMTP settings are configured, please create SMTP resource first: https://gravitational.com/gravity/docs/cluster/#configuring-monitoring',
        ),
        stdout,
      }
    const resource = { kind, name: textOf(value.metadata?.name), spec: value.spec }
    if (gravity !== undefined)
      gravity.resources = [
        ...(gravity.resources ?? []).filter(other => other.kind !== kind || other.name !== resource.name),
        resource,
      ]
    stdout += `${known.created(resource.name, resource.spec)}\n`
  }
  return { stdout, tookMs: 900 }
}

const remove = ({ world }: Call, [word = '', name = '']: readonly string[], isForced: unknown): Reply => {
  const kind = canonicalKind(word)
  const { gravity } = world.platforms
  const known = resourceKinds[kind]
  if (known === undefined) return failed(`unsupported resource "${word}", supported are: ${SUPPORTED_KINDS}`)
  const kept = gravity?.resources ?? []
  const found = kept.find(other => other.kind === kind && (other.name === name || kind === 'smtp'))
  if (gravity === undefined || found === undefined)
    return isForced === true ? {} : failed(`${kind} "${name}" is not found`)
  gravity.resources = kept.filter(other => other !== found)
  return { stdout: `${known.removed(name)}\n`, tookMs: 700 }
}

/** `gravity resource`: what is set of a cluster: users, tokens, forwarding of logs, mail and alerts. */
export const resources = (call: Call, { words, flags }: GravityArguments): Reply => {
  const [verb, ...rest] = words
  if (verb === undefined || !/^(get|create|rm)$/.test(verb)) return unknownCommand(['resource', ...words])
  if (verb !== 'create' && rest.length === 0)
    return { stderr: "gravity: error: required argument 'kind' not provided, try --help\n", exit: 255 }
  const unreachable = controllerFailure(call)
  if (unreachable !== undefined) return unreachable
  if (verb === 'create') return create(call, rest)
  return verb === 'rm'
    ? remove(call, rest, flags.has('force'))
    : get(call, rest, flags.get('format') ?? flags.get('output'))
}
