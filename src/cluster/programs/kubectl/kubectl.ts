import { syncNodePorts } from '../../laws/controllers/node-ports.ts'
import type { Call, Post, Program, Reply } from '../../shell/program.ts'
import { apiResources, apiVersions } from './api-resources.ts'
import { type Arguments, readArguments } from './arguments.ts'
import { attach } from './attach.ts'
import { canI } from './auth.ts'
import { autoscale } from './autoscale.ts'
import { decideCertificates } from './certificates.ts'
import { deleteObjects, scaleObjects, writeManifests } from './change.ts'
import { type Client, connectClient, isClient } from './client.ts'
import { showConfig } from './config.ts'
import { copyFiles } from './copy.ts'
import { createNamed } from './create-named.ts'
import { debug } from './debug.ts'
import { describeObjects } from './describe.ts'
import { diffManifests } from './diff.ts'
import { drain } from './drain.ts'
import { dryRunOf, markDryRun, onCopy } from './dry-run.ts'
import { dumpCluster } from './dump-cluster.ts'
import { execInPod } from './exec.ts'
import { explain } from './explain.ts'
import { expose } from './expose.ts'
import { finalizedBy, finalizeNamespace } from './finalize.ts'
import { streamRefusal } from './forbidden.ts'
import { getObjects } from './get.ts'
import { getRaw } from './get-raw.ts'
import { showLogs } from './logs.ts'
import { markObjects } from './mark-objects.ts'
import { cordon, taint } from './node-operations.ts'
import { clusterInfo, editObject, showVersion } from './other-commands.ts'
import { listOptions, listPlugins } from './own-commands.ts'
import { patchObjects } from './patch.ts'
import { portForward } from './port-forward.ts'
import { proxy } from './proxy.ts'
import { reconcileAccess } from './reconcile.ts'
import { rollout } from './rollout.ts'
import { runPod } from './run.ts'
import { setParts } from './set-parts.ts'
import { showEvents } from './show-events.ts'
import { showTop } from './top.ts'
import { withRequests } from './verbose.ts'
import { viewApplied } from './view-applied.ts'
import { waitFor } from './wait.ts'

type Command = (client: Client) => Reply | Promise<Reply>

const get: Command = client => {
  const raw = client.args.flags.get('raw')
  return raw === undefined ? getObjects(client) : getRaw(client, raw)
}

const commands: Readonly<Record<string, Command>> = {
  get,
  describe: describeObjects,
  logs: showLogs,
  log: showLogs,
  top: showTop,
  exec: execInPod,
  cp: copyFiles,
  debug,
  diff: diffManifests,
  'port-forward': portForward,
  proxy,
  run: runPod,
  events: showEvents,
  create: client =>
    client.args.flags.has('filename') ? writeManifests(client, 'create') : createNamed(client),
  apply: client =>
    client.args.words[1] === 'view-last-applied' ? viewApplied(client) : writeManifests(client, 'apply'),
  replace: client => {
    const finalized = finalizedBy(client.args.flags.get('raw'))
    return finalized === undefined ? writeManifests(client, 'replace') : finalizeNamespace(client, finalized)
  },
  delete: deleteObjects,
  expose,
  autoscale,
  edit: editObject,
  patch: patchObjects,
  label: client => markObjects(client, 'labels'),
  annotate: client => markObjects(client, 'annotations'),
  scale: scaleObjects,
  set: setParts,
  rollout,
  cordon: client => cordon(client, 'cordon'),
  uncordon: client => cordon(client, 'uncordon'),
  drain,
  taint,
  certificate: decideCertificates,
  attach,
  'cluster-info': client => (client.args.words[1] === 'dump' ? dumpCluster(client) : clusterInfo(client)),
  'api-resources': apiResources,
  'api-versions': apiVersions,
  wait: waitFor,
  auth: client => (client.args.words[1] === 'reconcile' ? reconcileAccess(client) : canI(client)),
  explain,
}

const usage =
  'kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\nUsage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n'

const withPatch = (args: readonly string[]): readonly string[] =>
  args.includes('patch') ? args.map(word => word.replace(/^-p(?==|$)/, '--patch')) : args

/** Runs kubectl's words. */
export const runKubectl = async (call: Call): Promise<Reply> => {
  const args: Arguments | { readonly problem: string } = readArguments(withPatch(call.args))
  if ('problem' in args) return { stderr: args.problem, exit: 1 }
  const verb = args.words[0]
  if (verb === undefined || verb === 'help') return { stdout: usage }
  if (verb === 'config') return showConfig(call, args)
  if (verb === 'plugin') return listPlugins(call, args.words.slice(1))
  if (verb === 'options') return listOptions()
  if (verb === 'version' && args.flags.has('client')) return showVersion(call, args, undefined)
  const command = commands[verb]
  if (command === undefined && verb !== 'version')
    return { stderr: `error: unknown command "${verb}" for "kubectl"\n`, exit: 1 }
  if (args.flags.has('help'))
    return {
      stdout: `Usage:\n  kubectl ${verb} [flags] [options]\n\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n`,
    }
  const dryRun = dryRunOf(args)
  const client = connectClient(dryRun === undefined ? call : onCopy(call), args)
  const told = (reply: Reply): Reply => withRequests(call, args, { client, reply })
  if (verb === 'version') return told(showVersion(call, args, isClient(client) ? undefined : client))
  if (!isClient(client) || command === undefined) return isClient(client) ? {} : told(client)
  const refused = streamRefusal(client)
  if (refused !== undefined) return told({ stderr: refused, exit: 1, tookMs: client.answer.latencyMs })
  const done = await command(client)
  // The API server gives ports as it takes the write, not later.
  if (dryRun === undefined) syncNodePorts(call.world)
  const reply = dryRun === undefined ? done : markDryRun(done, args, dryRun)
  return { ...told(reply), tookMs: Math.max(reply.tookMs ?? 0, client.answer.latencyMs + 60) }
}

const isNode = ({ machine, container }: Post): boolean =>
  container === undefined &&
  (machine.runtime !== undefined ||
    machine.role === 'workstation' ||
    machine.role === 'master' ||
    machine.planet !== undefined)

/** kubectl(1), on the workstation and on the machines of the cluster. */
export const kubectl: Program = {
  names: ['kubectl'],
  isInstalled: isNode,
  run: runKubectl,
}
