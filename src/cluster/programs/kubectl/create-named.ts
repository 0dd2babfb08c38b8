import { namesIn, nodeAt, readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { kindOf } from '../../kube/kinds.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { getObject } from '../../kube/store.ts'
import { createJobFrom } from '../../laws/controllers/cron-jobs.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { buildAccess } from './create-access.ts'
import { isRule } from './create-ingress.ts'
import { buildJob, jobProblem } from './create-jobs.ts'
import { buildPolicy } from './create-policy.ts'
import { buildSecret } from './create-secret.ts'
import { createToken } from './create-token.ts'
import { dryRunOf } from './dry-run.ts'
import { madeObject } from './made-object.ts'
import { jsonText, yamlText } from './output.ts'
import { etcdProblem, writeProblem } from './refused-write.ts'
import { writeObject } from './write-object.ts'
import { replyOf, type Written } from './written.ts'

const literals = (client: Client): Readonly<Record<string, string>> => {
  const data: Record<string, string> = {}
  for (const pair of client.args.lists.get('from-literal') ?? [])
    data[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1)
  for (const file of client.args.lists.get('from-file') ?? [])
    for (const [key, path] of filesAt(client, file)) data[key] = textAt(client, path) ?? ''
  for (const file of client.args.lists.get('from-env-file') ?? [])
    for (const line of (textAt(client, file) ?? '').split('\n'))
      if (/^\s*\w+=/.test(line))
        data[line.slice(0, line.indexOf('=')).trim()] = line.slice(line.indexOf('=') + 1)
  return data
}

const textAt = ({ call }: Client, path: string): string | undefined =>
  readText(call.machine.files, resolvePath(call.cwd, path))

/** The keys and paths that a `--from-file` names: a file, or each file of a folder. */
const filesAt = ({ call }: Client, file: string): readonly (readonly [key: string, path: string])[] => {
  const [first = '', ...rest] = file.split('=')
  if (rest.length > 0) return [[first, rest.join('=')]]
  const path = resolvePath(call.cwd, file)
  if (nodeAt(call.machine.files, path)?.kind !== 'directory') return [[path.split('/').at(-1) ?? '', path]]
  return namesIn(call.machine.files, path)
    .filter(name => nodeAt(call.machine.files, `${path}/${name}`)?.kind === 'file')
    .map(name => [name, `${path}/${name}`] as const)
}

/** The first file that a command line names and that is not there, as kubectl says it. */
const missingFile = (client: Client): string | undefined => {
  const { call, args } = client
  const flags = ['from-file', 'from-env-file', ...(args.words[2] === 'tls' ? ['cert', 'key'] : [])]
  const named = flags.flatMap(flag => args.lists.get(flag) ?? [])
  const paths = named.map(word => (word.includes('=') ? word.slice(word.indexOf('=') + 1) : word))
  const missing = paths.find(path => nodeAt(call.machine.files, resolvePath(call.cwd, path)) === undefined)
  return missing === undefined ? undefined : `error: error reading ${missing}: no such file or directory\n`
}

/** The certificate and the key of `create secret tls`. */
const pairOf = (client: Client): Readonly<Record<string, string>> => {
  const { flags, words } = client.args
  if (words[2] !== 'tls') return {}
  const read = (flag: string): string => textAt(client, flags.get(flag) ?? '') ?? ''
  return { 'tls.crt': read('cert'), 'tls.key': read('key') }
}

const build = (client: Client, what: string, words: readonly string[]): KubeValue => {
  const { flags, lists, rest } = client.args
  const [name] = words
  const metadata = { name }
  switch (what) {
    case 'namespace':
    case 'ns':
      return { apiVersion: 'v1', kind: 'Namespace', metadata }
    case 'configmap':
    case 'cm':
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: literals(client) }
    case 'secret':
      return buildSecret(client.args, { ...literals(client), ...pairOf(client) })
    case 'serviceaccount':
    case 'sa':
      return { apiVersion: 'v1', kind: 'ServiceAccount', metadata }
    case 'deployment':
    case 'deploy': {
      const labels = { app: name ?? '' }
      const port = flags.get('port')
      const containers = (lists.get('image') ?? []).map(image => ({
        name: image.split('/').at(-1)?.split(':')[0],
        image,
        ...(port === undefined ? {} : { ports: [{ containerPort: Number(port), protocol: 'TCP' }] }),
        ...(rest.length === 0 ? {} : { command: [...rest] }),
      }))
      return {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, labels },
        spec: {
          replicas: Number(flags.get('replicas') ?? 1),
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers } },
        },
      }
    }
    default:
      return (
        buildJob(client, what, words[0]) ??
        buildPolicy(client, what, words) ??
        buildAccess(client, what, words[0])
      )
  }
}

const ruleProblem = ({ args }: Client, what: string): string | undefined => {
  const odd = /^ing(ress)?$/.test(what)
    ? (args.lists.get('rule') ?? []).find(rule => !isRule(rule))
    : undefined
  return odd === undefined
    ? undefined
    : `error: rule ${odd} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]\n`
}

const OWN_WORDS = 20

/** What kubectl calls what it could not create; for other kinds it says only what the API server said. */
const failureNames: Readonly<Record<string, string>> = {
  ClusterRoleBinding: 'clusterrolebinding:',
  ConfigMap: 'configmap:',
  CronJob: 'cronjob:',
  Deployment: 'deployment:',
  Ingress: 'ingress:',
  Job: 'job:',
  PodDisruptionBudget: 'poddisruptionbudgets:',
  PriorityClass: 'priorityclass:',
  ResourceQuota: 'quota:',
  RoleBinding: 'rolebinding:',
  Secret: 'secret',
  ServiceAccount: 'serviceaccount:',
}

/** What was refused, as the parts of `kubectl create` that make objects themselves say it. */
const inOwnWords = ({ call }: Client, { kind, spec }: KubeValue, written: Written): Written => {
  const name = kind === 'Service' ? `${spec?.type ?? 'ClusterIP'} service:` : failureNames[kind]
  const [, why] =
    /^Error from server \(\w+\): (?:error when creating "[^"]*": )?([\s\S]*)$/.exec(written.stderr ?? '') ??
    []
  return name === undefined || why === undefined || minorOf(call.world) < OWN_WORDS
    ? written
    : { ...written, stderr: `error: failed to create ${name} ${why}` }
}

/** `kubectl create KIND NAME …`. */
export const createNamed = (client: Client): Reply => {
  const [, what = '', ...words] = client.args.words
  if (what === 'token') return createToken(client, words[0])
  const from = client.args.flags.get('from')
  if (what === 'job' && from !== undefined) {
    const cron = getObject(client.call.world.kube, {
      kind: 'CronJob',
      namespace: client.namespace,
      name: from.split('/').at(-1) ?? '',
    })
    if (cron === undefined)
      return {
        stderr: `Error from server (NotFound): cronjobs.batch "${from.split('/').at(-1)}" not found\n`,
        exit: 1,
      }
    const refused = writeProblem(client, { verb: 'create' }, [{ kind: 'Job', metadata: {} }])
    if (refused !== undefined) return refused
    const annotations = { 'cronjob.kubernetes.io/instantiate': 'manual' }
    createJobFrom(client.call.world, cron, { name: words[0] ?? '', annotations })
    return { stdout: `job.batch/${words[0]} created\n` }
  }
  const missing = missingFile(client) ?? jobProblem(client, what) ?? ruleProblem(client, what)
  if (missing !== undefined) return { stderr: missing, exit: 1 }
  const object = build(client, what, words)
  if (object === undefined)
    return {
      stderr: `error: unknown command "${what}"\nSee 'kubectl create -h' for help and examples\n`,
      exit: 1,
    }
  if (client.args.flags.has('namespace') && kindOf(object.kind)?.isNamespaced === true)
    object.metadata = { ...object.metadata, namespace: client.namespace }
  const format = client.args.flags.get('output')
  if (dryRunOf(client.args) === 'client' && (format === 'yaml' || format === 'json'))
    return { stdout: (format === 'yaml' ? yamlText : jsonText)(madeObject(object)) }
  const refused = etcdProblem(client)
  if (refused !== undefined) return refused
  return replyOf(client, [inOwnWords(client, object, writeObject(client, object, 'create'))])
}
