import { readText, writeText } from '../../files/file-tree.ts'
import { minorIn, minorOf } from '../../kube/minor-version.ts'
import { yamlValue } from '../../kube/read-yaml.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import { availabilityOf } from '../../relations/metrics-api.ts'
import { serviceOf } from '../../services/services.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Arguments } from './arguments.ts'
import { titleOf } from './change.ts'
import { changeObject, changeProblem } from './change-object.ts'
import type { Client } from './client.ts'
import { discoveryAt } from './discovery.ts'
import { findNamed } from './find.ts'
import { findTyped, isTarget } from './find-target.ts'
import { refusedWish } from './forbidden.ts'
import { kindOf, kindsIn } from './kinds.ts'
import { replaceFields } from './merge-fields.ts'
import { askNode, nodeProxyPath } from './node-proxy.ts'
import { yamlText } from './output.ts'
import { writeProblem } from './refused-write.ts'
import { servedKinds } from './served-kinds.ts'
import { formatTable } from './table.ts'

/** What comes of a path below an API whose server is not available. */
const unservedPath = ({ call }: Client, path: string): Reply | undefined => {
  const [, group, version] = /^\/apis\/([^/]+)\/([^/?]+)/.exec(path) ?? []
  const service = getObject(call.world.kube, { kind: 'APIService', name: `${version}.${group}` })
  if (group === undefined || service === undefined || availabilityOf(call.world, service).isAvailable)
    return undefined
  return {
    stderr: 'Error from server (ServiceUnavailable): the server is currently unable to handle the request\n',
    exit: 1,
  }
}

/** `kubectl get --raw PATH`. */
export const getRaw = (client: Client, path: string): Reply => {
  const { server } = client.answer
  const container = server.machine.runtime?.containers.find(
    c => c.service === 'kube-apiserver' && c.state === 'running',
  )
  const self = { machine: server.machine, unit: undefined, container }
  const proxied = nodeProxyPath(path)
  if (proxied !== undefined) return askNode(client, proxied)
  const unserved = unservedPath(client, path)
  if (unserved !== undefined) return unserved
  const list = /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/?]+))?$/.exec(
    path,
  )
  const kind = kindOf(list?.[2] ?? '', client.call.world)
  const isKind = list !== null && kind !== undefined
  const refused = refusedWish(
    client,
    isKind
      ? {
          verb: list[3] === undefined ? 'list' : 'get',
          group: kind.group,
          resource: kind.plural,
          namespace: list[1],
          name: list[3],
        }
      : { verb: 'get', path: path.replace(/\?.*/s, '') },
  )
  if (refused !== undefined) return { stderr: `Error from server (Forbidden): ${refused}\n`, exit: 1 }
  if (isKind) {
    const { world } = client.call
    if (list[3] !== undefined) {
      const within = { ...client, namespace: list[1] ?? client.namespace }
      const one = findNamed(within, kind, { name: list[3] })
      return 'problem' in one
        ? { stderr: one.problem, exit: 1 }
        : { stdout: `${JSON.stringify(one.object)}\n` }
    }
    return {
      stdout: `${JSON.stringify({ kind: `${kind.kind}List`, apiVersion: kind.version, metadata: { resourceVersion: String(world.kube.revision) }, items: listObjects(world.kube, kind.kind, list[1]) })}\n`,
    }
  }
  const discovered = discoveryAt(client.call.world, path)
  if (discovered !== undefined) return { stdout: `${JSON.stringify(discovered)}\n` }
  const asked = { port: server.port, path, isAllowed: true } as const
  const answer = serviceOf('kube-apiserver').answers?.(client.call.world, self, asked)
  if (answer === undefined || answer.status === 403 || answer.status === 404)
    return {
      stderr: 'Error from server (NotFound): the server could not find the requested resource\n',
      exit: 1,
    }
  if (answer.status >= 500)
    return {
      stderr: `Error from server (InternalError): an error on the server ("${answer.body.replaceAll('\n', '\\n')}") has prevented the request from succeeding\n`,
      exit: 1,
    }
  return { stdout: answer.body }
}

const KUSTOMIZE = 'v5.0.4-0.20230601165947-6ce0bf390ce3'
/** The minor release whose kubectl has no `version --short` any more. */
const LACKS_SHORT = 28

/** A build as older versions of kubectl print it. */
const buildText = (version: string): string =>
  `version.Info{Major:"1", Minor:"${minorIn(version)}", GitVersion:"${version}", GitCommit:"b7394102d6ef778017f2ca4046abbaa23b88c290", GitTreeState:"clean", BuildDate:"2019-04-08T17:11:31Z", GoVersion:"go1.12.1", Compiler:"gc", Platform:"linux/amd64"}`

/** `kubectl version`; without a server it still tells its own. */
export const showVersion = (call: Call, args: Arguments, server: Reply | undefined): Reply => {
  const { version } = call.world.kube
  const format = args.flags.get('output')
  if (args.flags.has('short') && minorOf(call.world) >= LACKS_SHORT)
    return { stderr: "error: unknown flag: --short\nSee 'kubectl version --help' for usage.\n", exit: 1 }
  if (format !== undefined && format !== 'json' && format !== 'yaml')
    return { stderr: "error: --output must be 'yaml' or 'json'\n", exit: 1 }
  if (format !== undefined) {
    const info = {
      gitVersion: version,
      major: '1',
      minor: String(minorOf(call.world)),
      platform: 'linux/amd64',
    }
    const isAlone = args.flags.has('client') || server !== undefined
    const told = {
      clientVersion: info,
      ...(minorOf(call.world) < LACKS_SHORT ? {} : { kustomizeVersion: KUSTOMIZE }),
      ...(isAlone ? {} : { serverVersion: info }),
    }
    const stdout = format === 'yaml' ? yamlText(told) : `${JSON.stringify(told, undefined, 2)}\n`
    return args.flags.has('client') || server === undefined ? { stdout } : { ...server, stdout }
  }
  const isOld = minorOf(call.world) < LACKS_SHORT
  const told = isOld && !args.flags.has('short') ? buildText(version) : version
  const own = `Client Version: ${told}\n${isOld ? '' : `Kustomize Version: ${KUSTOMIZE}\n`}`
  if (args.flags.has('client')) return { stdout: own }
  return server === undefined ? { stdout: `${own}Server Version: ${told}\n` } : { ...server, stdout: own }
}

const SAYS_CONTROL_PLANE = 20

/** `kubectl cluster-info`. */
export const clusterInfo = ({ call, config }: Client): Reply => ({
  stdout: `Kubernetes ${minorOf(call.world) < SAYS_CONTROL_PLANE ? 'master' : 'control plane'} is running at ${config.server}\nCoreDNS is running at ${config.server}/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`,
})

/** `kubectl api-resources`. */
export const apiResources = ({ call, args: { flags } }: Client): Reply => {
  const { served, problem } = servedKinds(call.world)
  const shown = [...served]
    .filter(kind => !flags.has('namespaced') || String(kind.isNamespaced) === flags.get('namespaced'))
    .filter(kind => !flags.has('api-group') || kind.group === flags.get('api-group'))
    .sort((a, b) => a.group.localeCompare(b.group) || (a.plural < b.plural ? -1 : 1))
  const end = problem === undefined ? {} : { stderr: problem, exit: 1 }
  if (flags.get('output') === 'name')
    return { stdout: shown.map(k => `${k.plural}${k.group === '' ? '' : `.${k.group}`}\n`).join(''), ...end }
  const heads = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND']
  return {
    stdout: formatTable([
      ...(flags.has('no-headers') ? [] : [heads]),
      ...shown.map(k => [k.plural, k.names.slice(2).join(','), k.version, String(k.isNamespaced), k.kind]),
    ]),
    ...end,
  }
}

/** `kubectl api-versions`. */
export const apiVersions = ({ call }: Client): Reply => ({
  stdout: [...new Set(kindsIn(call.world).map(kind => `${kind.version}\n`))].sort().join(''),
})

const TEMPORARY = '/tmp/kubectl-edit-2938471.yaml'

/** `kubectl edit`: an EDITOR that works without a terminal, such as `sed -i …`, changes the object; any other needs the person's own. */
export const editObject = async (client: Client): Promise<Reply> => {
  const { call, args } = client
  const found = findTyped(
    client,
    args.words.slice(1).flatMap(word => word.split('/')),
  )
  if (!isTarget(found)) return found
  const { object } = found
  const editor = call.env.KUBE_EDITOR ?? call.env.EDITOR ?? 'vi'
  const isOnScreen = /^(vi|vim|nano|emacs|less|ed)\b/.test(editor)
  if (isOnScreen && !call.passage.hasTerminal) {
    const { stderr = '' } = await call.passage.runHere([editor.split(' ')[0] ?? '', TEMPORARY])
    return { stderr: `${stderr}error: there was a problem with the editor "${editor}"\n`, exit: 1 }
  }
  if (isOnScreen)
    return {
      stderr: `error: the editor "${editor.split(' ')[0]}" wants a terminal of its own; set EDITOR to a command that changes the file, such as 'sed -i s/old/new/', or use kubectl patch or apply\n`,
      exit: 1,
    }
  writeText(call.machine.files, TEMPORARY, { text: yamlText(object), mtimeMs: call.world.nowMs })
  const ran = await call.passage.runHere(['bash', '-c', `${editor} ${TEMPORARY}`])
  if ((ran.exit ?? 0) !== 0)
    return { stderr: `${ran.stderr ?? ''}error: there was a problem with the editor "${editor}"\n`, exit: 1 }
  const text = readText(call.machine.files, TEMPORARY) ?? ''
  const edited = yamlValue(text)
  if (edited === undefined)
    return { stderr: `error: ${TEMPORARY} does not parse: the object was not changed\n`, exit: 1 }
  const refused = writeProblem(client, { verb: 'patch' }, [object])
  if (refused !== undefined) return refused
  const edit = (copy: KubeObject): void => replaceFields(copy, structuredClone(edited))
  if (changeProblem(object, edit) !== undefined) {
    const [kind = '', ...group] = titleOf(object).split('/')[0]?.split('.') ?? []
    return {
      stderr: `error: ${[kindOf(kind)?.plural ?? kind, ...group].join('.')} "${object.metadata.name}" is invalid\nA copy of your changes has been stored to "${TEMPORARY}"\nerror: Edit cancelled, no valid changes were saved.\n`,
      exit: 1,
    }
  }
  return changeObject(client, object, edit)
    ? { stdout: `${titleOf(object)} edited\n` }
    : { stderr: 'Edit cancelled, no changes made.\n' }
}
