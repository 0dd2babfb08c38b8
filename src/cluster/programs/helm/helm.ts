import { minorOf } from '../../kube/minor-version.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import { readArguments } from '../kubectl/arguments.ts'
import { type Client, connectClient, isClient } from '../kubectl/client.ts'
import { refusedWish } from '../kubectl/forbidden.ts'
import { install, upgrade } from './change-release.ts'
import { type HelmArguments, readHelmArguments } from './helm-arguments.ts'
import { helmTwo } from './helm-two.ts'
import type { Wish } from './move-release.ts'
import { newestIn, releasesIn } from './releases.ts'
import { repositories } from './repositories.ts'
import { get, history, list, notFound, statusText } from './show-releases.ts'
import { rollBack, uninstall } from './undo-release.ts'

/** Helm keeps its releases in Secrets: without the right to list these it sees none. */
const refusal = (client: Client, { words: [command = ''], has }: HelmArguments): Reply | undefined => {
  const namespace = has('all-namespaces') ? undefined : client.namespace
  const refused = refusedWish(client, { verb: 'list', resource: 'secrets', namespace })
  if (refused === undefined) return undefined
  const doing = /^(ls|list)$/.test(command) ? 'list: failed to list' : 'query: failed to query with labels'
  return { stderr: `Error: ${doing}: ${refused}\n`, exit: 1 }
}

const reach = (call: Call, args: HelmArguments): Client | Reply => {
  const read = readArguments(args.forCluster)
  if ('problem' in read) return { stderr: `Error: ${read.problem}`, exit: 1 }
  const client = connectClient(call, read)
  if (isClient(client)) return refusal(client, args) ?? client
  const text = (client.stderr ?? '').trim().split('\n').at(-1) ?? ''
  return { ...client, stderr: `Error: Kubernetes cluster unreachable: ${text}\n` }
}

const showOne = (call: Call, { namespace, name, args }: Wish, what: string): Reply => {
  const wanted = args.revision
  const release =
    wanted === undefined
      ? newestIn(call.world.kube, namespace).find(one => one.name === name)
      : releasesIn(call.world.kube, namespace).find(one => one.name === name && one.revision === wanted)
  if (release === undefined) return notFound
  return what === 'status' ? { stdout: statusText(release) } : get(release, { what, output: args.output })
}

const commands: Readonly<Record<string, (call: Call, wish: Wish) => Reply | Promise<Reply>>> = {
  list: ({ world }, { namespace, args }) =>
    list(world.kube, args.has('all-namespaces') ? undefined : namespace, args),
  history: ({ world }, { namespace, name }) => history(world.kube, namespace, name),
  status: (call, wish) => showOne(call, wish, 'status'),
  get: (call, wish) => showOne(call, { ...wish, name: wish.args.words[2] ?? '' }, wish.name),
  rollback: rollBack,
  uninstall,
  install,
  upgrade,
}

const aliases: Readonly<Record<string, string>> = {
  ls: 'list',
  hist: 'history',
  del: 'uninstall',
  delete: 'uninstall',
  un: 'uninstall',
}

const VERSION =
  'version.BuildInfo{Version:"v3.14.3", GitCommit:"f03cc04caaa8f6d7c3e67cf918929150cf6f3f12", GitTreeState:"clean", GoVersion:"go1.21.7"}\n'

/** Clusters of an earlier minor release have Helm 2. */
const NEEDS_NO_TILLER = 20

const runTwo = (call: Call): Reply => {
  const read = readArguments([])
  const client = 'problem' in read ? undefined : connectClient(call, read)
  return helmTwo(call, client === undefined || isClient(client) ? undefined : client)
}

/** helm(1) 3.14, in older clusters 2.12: the releases that are installed, and what changes them. */
export const helm: Program = {
  names: ['helm'],
  isInstalled: ({ machine, container }) =>
    container === undefined &&
    (machine.role === 'workstation' || machine.role === 'control-plane' || machine.role === 'master'),
  run: call => {
    if (minorOf(call.world) < NEEDS_NO_TILLER) return runTwo(call)
    const args = readHelmArguments(call.args)
    if (typeof args === 'string') return { stderr: args, exit: 1 }
    const [word = '', name = ''] = args.words
    if (word === 'version') return { stdout: args.has('short') ? 'v3.14.3+gf03cc04\n' : VERSION }
    if (word === 'repo') return repositories(call, args.words.slice(1))
    const command = commands[aliases[word] ?? word]
    if (command === undefined)
      return {
        stderr: `Error: unknown command "${word}" for "helm"\nRun 'helm --help' for usage.\n`,
        exit: 1,
      }
    const client = reach(call, args)
    if (!isClient(client)) return client
    return command(call, { namespace: client.namespace, name, args })
  },
}
