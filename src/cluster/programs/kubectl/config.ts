import { readText, writeText } from '../../files/file-tree.ts'
import { yamlValue } from '../../kube/read-yaml.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Arguments } from './arguments.ts'
import { configPathOf } from './client.ts'
import { configChanges } from './config-change.ts'
import { formatObjects, yamlText } from './output.ts'
import { formatTable } from './table.ts'

/** A list with each of its entries changed; `null` where there is none, as Go writes it. */
const listOrNull = (list: KubeValue, change: (entry: KubeValue) => KubeValue): KubeValue =>
  list?.map(change) ?? null

const masked = (config: KubeValue): KubeValue => ({
  ...config,
  clusters: listOrNull(config.clusters, (c: KubeValue) => ({
    ...c,
    cluster: {
      ...c.cluster,
      ...(c.cluster?.['certificate-authority-data'] ? { 'certificate-authority-data': 'DATA+OMITTED' } : {}),
    },
  })),
  users: listOrNull(config.users, (u: KubeValue) => ({
    ...u,
    user: Object.fromEntries(
      Object.entries(u.user ?? {}).map(([k, v]) => [
        k,
        k.endsWith('-data') ? 'DATA+OMITTED' : k === 'token' ? 'REDACTED' : v,
      ]),
    ),
  })),
})

const switchContext = (call: Call, path: string, change: KubeValue): void =>
  writeText(call.machine.files, path, { text: yamlText(change), mtimeMs: call.world.nowMs })

const contextTable = (config: KubeValue): string =>
  formatTable([
    ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'],
    ...(config.contexts ?? []).map((c: KubeValue) => [
      c.name === config['current-context'] ? '*' : '',
      c.name,
      c.context?.cluster ?? '',
      c.context?.user ?? '',
      c.context?.namespace ?? '',
    ]),
  ])

/** A configuration with what its current context uses alone. */
const minified = (config: KubeValue): KubeValue => {
  const contexts = (config.contexts ?? []).filter((c: KubeValue) => c.name === config['current-context'])
  const uses = (part: 'cluster' | 'user') => (held: KubeValue) =>
    contexts.some((c: KubeValue) => c.context?.[part] === held.name)
  return {
    ...config,
    clusters: (config.clusters ?? []).filter(uses('cluster')),
    contexts,
    users: (config.users ?? []).filter(uses('user')),
  }
}

const viewConfig = (args: Arguments, config: KubeValue): Reply => {
  const format = args.flags.get('output') ?? 'yaml'
  const text = formatObjects(format, { items: [config], isList: false, prefix: () => '' })
  return typeof text === 'object' ? { stderr: text.problem, exit: 1 } : { stdout: text ?? yamlText(config) }
}

const noConfig = {
  apiVersion: 'v1',
  clusters: null,
  contexts: null,
  'current-context': '',
  kind: 'Config',
  preferences: {},
  users: null,
}

/** `kubectl config`. */
export const showConfig = (call: Call, args: Arguments): Reply => {
  const { path } = configPathOf(call, args)
  const text = readText(call.machine.files, path)
  const config: KubeValue = text === undefined ? noConfig : yamlValue(text)
  const [, action, name] = args.words
  const shown = args.flags.has('raw') ? config : masked(config)
  const change = configChanges[action ?? '']
  if (change !== undefined) return change(call, args, { path, config: config ?? noConfig })
  switch (action) {
    case 'view':
      return viewConfig(args, args.flags.has('minify') ? minified(shown) : shown)
    case 'current-context':
      return config['current-context']
        ? { stdout: `${config['current-context']}\n` }
        : { stderr: 'error: current-context is not set\n', exit: 1 }
    case 'get-contexts':
      return { stdout: contextTable(config) }
    case 'use-context':
      if (!(config.contexts ?? []).some((c: KubeValue) => c.name === name))
        return { stderr: `error: no context exists with the name: "${name}"\n`, exit: 1 }
      switchContext(call, path, { ...config, 'current-context': name })
      return { stdout: `Switched to context "${name}".\n` }
    case 'get-clusters':
      return { stdout: `NAME\n${(config.clusters ?? []).map((c: KubeValue) => `${c.name}\n`).join('')}` }
    case 'get-users':
      return { stdout: `NAME\n${(config.users ?? []).map((u: KubeValue) => `${u.name}\n`).join('')}` }
    default:
      return {
        stderr: `error: unknown command "${action ?? ''}"\nSee 'kubectl config -h' for help and examples\n`,
        exit: 1,
      }
  }
}
