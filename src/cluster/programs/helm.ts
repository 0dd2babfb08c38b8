import { listObjects, putObject, touchObject } from '../kube/store.ts'
import type { Call, Program, Reply } from '../shell/program.ts'
import type { KubeObject } from '../world/kube-object.ts'
import { readArguments } from './kubectl/arguments.ts'
import { type Client, connectClient, isClient } from './kubectl/client.ts'
import { refusedWish } from './kubectl/forbidden.ts'

/** A release as Helm stores it in a secret. */
type Release = {
  readonly name: string
  readonly namespace: string
  readonly revision: string
  readonly updated: string
  readonly status: string
  readonly chart: string
  readonly appVersion: string
  readonly description: string
  readonly secret: KubeObject
}

const releasesIn = (call: Call, namespace: string | undefined): readonly Release[] =>
  listObjects(call.world.kube, 'Secret', namespace)
    .filter(s => s.type === 'helm.sh/release.v1')
    .map(s => ({
      name: s.metadata.labels?.name ?? '',
      namespace: s.metadata.namespace ?? '',
      revision: s.metadata.labels?.version ?? '1',
      updated: `${s.metadata.creationTimestamp.replace('T', ' ').replace('Z', '')}.402817632 +0000 UTC`,
      status: s.metadata.labels?.status ?? 'deployed',
      chart: s.metadata.annotations?.chart ?? '',
      appVersion: s.metadata.annotations?.appVersion ?? '',
      description: s.metadata.annotations?.description ?? descriptions[s.metadata.labels?.status ?? ''] ?? '',
      secret: s,
    }))
    .sort((a, b) => Number(a.revision) - Number(b.revision))

/** What Helm writes beside a revision's status at each step. */
const descriptions: Readonly<Record<string, string>> = {
  '': 'Install complete',
  deployed: 'Install complete',
  superseded: 'Install complete',
  'pending-install': 'Initial install underway',
  'pending-upgrade': 'Preparing upgrade',
  'pending-rollback': 'Preparing rollback',
}

/** The newest revision of each release. */
const newestIn = (call: Call, namespace: string | undefined): readonly Release[] => [
  ...new Map(releasesIn(call, namespace).map(r => [`${r.namespace}/${r.name}`, r])).values(),
]

/** Whether a list shows a release: without a wish those that are deployed or have failed. */
const isShown = ({ status }: Release, flags: ReadonlyMap<string, string>): boolean => {
  if (flags.has('all')) return true
  const wanted = ['deployed', 'failed', 'pending', 'superseded', 'uninstalled', 'uninstalling'].filter(word =>
    flags.has(word),
  )
  return (wanted.length === 0 ? ['deployed', 'failed'] : wanted).some(word => status.startsWith(word))
}

const table = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(row => {
      const widths = row.map((_, at) => Math.max(...rows.map(other => (other[at] ?? '').length)))
      return `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('\t')}\n`
    })
    .join('')

const list = (call: Call, namespace: string | undefined, flags: ReadonlyMap<string, string>): Reply => {
  const shown = newestIn(call, namespace)
    .filter(release => isShown(release, flags))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const rows = shown.map(r => [r.name, r.namespace, r.revision, r.updated, r.status, r.chart, r.appVersion])
  return {
    stdout: table([['NAME', 'NAMESPACE', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION'], ...rows]),
  }
}

const one = (call: Call, namespace: string, name: string): Reply => {
  const release = newestIn(call, namespace).find(r => r.name === name)
  if (release === undefined) return { stderr: 'Error: release: not found\n', exit: 1 }
  return {
    stdout: `NAME: ${release.name}\nLAST DEPLOYED: ${release.updated}\nNAMESPACE: ${release.namespace}\nSTATUS: ${release.status}\nREVISION: ${release.revision}\nTEST SUITE: None\n`,
  }
}

const history = (call: Call, namespace: string, name: string): Reply => {
  const revisions = releasesIn(call, namespace).filter(r => r.name === name)
  if (revisions.length === 0) return { stderr: 'Error: release: not found\n', exit: 1 }
  return {
    stdout: table([
      ['REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION', 'DESCRIPTION'],
      ...revisions.map(r => [r.revision, r.updated, r.status, r.chart, r.appVersion, r.description]),
    ]),
  }
}

type Wish = { readonly namespace: string; readonly name: string; readonly to: string }

/** A new revision with what an earlier one had; without a wish the one before the newest. */
const rollBack = (call: Call, { namespace, name, to }: Wish): Reply => {
  const { world } = call
  const revisions = releasesIn(call, namespace).filter(r => r.name === name)
  const newest = revisions.at(-1)
  if (newest === undefined) return { stderr: 'Error: release: not found\n', exit: 1 }
  const number = to === '' || to === '0' ? String(Number(newest.revision) - 1) : to
  const past = revisions.find(({ revision }) => revision === number)
  if (past === undefined) return { stderr: `Error: release has no ${number} version\n`, exit: 1 }
  for (const { secret, status } of revisions) {
    if (status !== 'deployed' && secret !== newest.secret) continue
    secret.metadata.labels = { ...secret.metadata.labels, status: 'superseded' }
    touchObject(world, secret)
  }
  const version = String(Number(newest.revision) + 1)
  const { apiVersion, kind, metadata, ...content } = structuredClone(past.secret)
  putObject(world, {
    apiVersion,
    kind,
    metadata: {
      name: `sh.helm.release.v1.${name}.v${version}`,
      namespace,
      labels: { ...metadata.labels, status: 'deployed', version },
      annotations: { ...metadata.annotations, description: `Rollback to ${number}` },
    },
    ...content,
  })
  return { stdout: 'Rollback was a success! Happy Helming!\n' }
}

/** Helm keeps its releases in Secrets: without the right to list these it sees none. */
const refusal = (client: Client): Reply | undefined => {
  const [command = ''] = client.args.words
  const namespace = client.args.flags.has('all-namespaces') ? undefined : client.namespace
  const refused = refusedWish(client, { verb: 'list', resource: 'secrets', namespace })
  if (refused === undefined) return undefined
  const doing = /^(ls|list)$/.test(command) ? 'list: failed to list' : 'query: failed to query with labels'
  return { stderr: `Error: ${doing}: ${refused}\n`, exit: 1 }
}

const failure = (
  call: Call,
  args: Exclude<ReturnType<typeof readArguments>, { problem: string }>,
): Reply | undefined => {
  const client = connectClient(call, args)
  if (isClient(client)) return refusal(client)
  const text = (client.stderr ?? '').trim().split('\n').at(-1) ?? ''
  return { ...client, stderr: `Error: Kubernetes cluster unreachable: ${text}\n` }
}

/** helm(1): the releases that are installed. */
export const helm: Program = {
  names: ['helm'],
  isInstalled: ({ machine, container }) =>
    container === undefined &&
    (machine.role === 'workstation' || machine.role === 'control-plane' || machine.role === 'master'),
  run: call => {
    const args = readArguments(call.args.map(word => (word === '-a' ? '--all' : word)))
    if ('problem' in args)
      return { stderr: `Error: ${args.problem.split('\n')[0]?.replace(/^error: /, '')}\n`, exit: 1 }
    const [command, name = ''] = args.words
    if (command === 'version')
      return {
        stdout:
          'version.BuildInfo{Version:"v3.14.3", GitCommit:"f03cc04caaa8f6d7c3e67cf918929150cf6f3f12", GitTreeState:"clean", GoVersion:"go1.21.7"}\n',
      }
    if (command === 'repo' && /^(list|ls)$/.test(name))
      return { stderr: 'Error: no repositories to show\n', exit: 1 }
    const failed = failure(call, args)
    if (failed !== undefined) return failed
    const namespace = args.flags.get('namespace') ?? 'default'
    if (command === 'ls' || command === 'list')
      return list(call, args.flags.has('all-namespaces') ? undefined : namespace, args.flags)
    if (command === 'status') return one(call, namespace, name)
    if (command === 'history' || command === 'hist') return history(call, namespace, name)
    if (command === 'rollback') return rollBack(call, { namespace, name, to: args.words[2] ?? '' })
    return {
      stderr: `Error: unknown command "${command ?? ''}" for "helm"\nRun 'helm --help' for usage.\n`,
      exit: 1,
    }
  },
}
