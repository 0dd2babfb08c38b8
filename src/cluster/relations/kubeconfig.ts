import { resolvePath } from '../files/paths.ts'
import { yamlValue } from '../kube/read-yaml.ts'
import { remembering } from '../kube/remember.ts'
import { decodeBase64 } from '../text/base64.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import { type Certificate, decodeCertificates, decodeKey } from './certificate.ts'
import { type Daemon, settingsText, watchedText } from './read-settings.ts'

/** How a client of the API server goes about it: where it connects, whom it trusts, as whom it comes. */
export type Kubeconfig = {
  readonly server: string
  readonly authorities: readonly Certificate[]
  readonly skipsVerify: boolean
  readonly client: Certificate | undefined
  readonly clientKeyId: string | undefined
  readonly token: string | undefined
  readonly namespace: string
  readonly context: string
}

/** Where a server at an https address is; `undefined` for any other text. */
export const serverAt = (url: string): { readonly host: string; readonly port: number } | undefined => {
  const [, host, port = '443'] = /^https:\/\/([^:/]+)(?::(\d+))?/.exec(url) ?? []
  return host === undefined ? undefined : { host, port: Number(port) }
}

/** Why a kubeconfig cannot be used: in the words of client-go. */
export type KubeconfigProblem = { readonly problem: string; readonly isMissing: boolean }

const named = (list: KubeValue, name: unknown): KubeValue =>
  Array.isArray(list) ? list.find(item => item?.name === name) : undefined

const decodeText = remembering(decodeBase64)

const decode64 = (text: unknown): string | undefined =>
  typeof text === 'string' ? decodeText(text) : undefined

const unconfigured: KubeconfigProblem = {
  problem:
    'invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable',
  isMissing: true,
}

type ReadFile = (path: string) => string | undefined

const pemAt = (read: ReadFile, { folder, data, file }: { folder: string; data: unknown; file: unknown }) =>
  data !== undefined ? decode64(data) : typeof file === 'string' ? read(resolvePath(folder, file)) : undefined

const missingFile = (read: ReadFile, user: KubeValue, cluster: KubeValue): string | undefined => {
  const files = [
    ['client-cert', user?.['client-certificate'], user?.['client-certificate-data']],
    ['client-key', user?.['client-key'], user?.['client-key-data']],
    ['certificate-authority', cluster?.['certificate-authority'], cluster?.['certificate-authority-data']],
  ] as const
  for (const [what, file, data] of files)
    if (typeof file === 'string' && data === undefined && read(file) === undefined)
      return `invalid configuration: [unable to read ${what} ${file} for ${what.startsWith('cert') ? 'cluster' : 'user'} due to open ${file}: no such file or directory]`
  return undefined
}

/** What a command line names in place of what a kubeconfig says of itself. */
export type Choice = {
  readonly context: string | undefined
  readonly cluster: string | undefined
  readonly user: string | undefined
}

/** What a kubeconfig does not have of what is chosen from it. */
const choiceProblem = (config: KubeValue, { context, cluster, user }: Choice): string | undefined => {
  const lacks = (list: KubeValue, name: string | undefined): boolean =>
    name !== undefined && named(list, name) === undefined
  if (lacks(config.contexts, context)) return `context "${context}" does not exist`
  if (lacks(config.clusters, cluster)) return `cluster "${cluster}" does not exist`
  return lacks(config.users, user) ? `auth info "${user}" does not exist` : undefined
}

/**
 * Reads a kubeconfig of a machine, with the certificates that it holds or names: of a program that runs the one that it started with, of
 * a command line what it chooses.
 */
export const readKubeconfig = (
  machine: Machine,
  path: string,
  reader?: Daemon | Choice,
): Kubeconfig | KubeconfigProblem => {
  const choice = reader !== undefined && 'context' in reader ? reader : undefined
  const program = reader === undefined || 'context' in reader ? undefined : reader
  const text = settingsText(machine, program, path)
  if (text === undefined) return { problem: `stat ${path}: no such file or directory`, isMissing: true }
  if (text.trim() === '' && program !== undefined) return unconfigured
  const config = text.trim() === '' ? {} : yamlValue(text)
  if (config === undefined || config === null || typeof config !== 'object')
    return {
      problem: `error loading config file "${path}": couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
      isMissing: false,
    }
  const unknown = choice === undefined ? undefined : choiceProblem(config, choice)
  if (unknown !== undefined) return { problem: unknown, isMissing: false }
  const current = choice?.context ?? config['current-context']
  const context = named(config.contexts, current)?.context
  const cluster = named(config.clusters, choice?.cluster ?? context?.cluster)?.cluster
  const user = named(config.users, choice?.user ?? context?.user)?.user
  const read: ReadFile = named => watchedText(machine, program, named)
  const lacking = missingFile(read, user, cluster)
  if (lacking !== undefined) return { problem: lacking, isMissing: false }
  const folder = path.slice(0, path.lastIndexOf('/')) || '/'
  const at = (data: unknown, file: unknown) => pemAt(read, { folder, data, file })
  const client = at(user?.['client-certificate-data'], user?.['client-certificate'])
  return {
    server: cluster?.server ?? 'http://localhost:8080',
    authorities: decodeCertificates(
      at(cluster?.['certificate-authority-data'], cluster?.['certificate-authority']),
    ),
    skipsVerify: cluster?.['insecure-skip-tls-verify'] === true,
    client: decodeCertificates(client)[0],
    clientKeyId: decodeKey(at(user?.['client-key-data'], user?.['client-key'])),
    token: user?.token,
    namespace: context?.namespace ?? 'default',
    context: current ?? '',
  }
}

/** Whether reading a kubeconfig failed. */
export const isProblem = (config: Kubeconfig | KubeconfigProblem): config is KubeconfigProblem =>
  'problem' in config

/** The API server that a program dials by its kubeconfig: none when that cannot be read or names no https address. */
export const serversIn = (
  machine: Machine,
  path: string,
  program: Daemon,
): readonly { readonly host: string; readonly port: number }[] => {
  const config = readKubeconfig(machine, path, program)
  const server = isProblem(config) ? undefined : serverAt(config.server)
  return server === undefined ? [] : [server]
}
