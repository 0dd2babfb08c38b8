import { readText, writeText } from '../../files/file-tree.ts'
import { buildInfo, buildText } from '../../kube/build-info.ts'
import { kindOf } from '../../kube/kinds.ts'
import { replaceFields } from '../../kube/merge-fields.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { yamlValue } from '../../kube/read-yaml.ts'
import { listObjects } from '../../kube/store.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Arguments } from './arguments.ts'
import { titleOf } from './change.ts'
import { changeObject, changeProblem } from './change-object.ts'
import type { Client } from './client.ts'
import { findTyped, isTarget } from './find-target.ts'
import { yamlText } from './output.ts'
import { writeProblem } from './refused-write.ts'

const KUSTOMIZE = 'v5.0.4-0.20230601165947-6ce0bf390ce3'
/** The minor release whose kubectl has no `version --short` any more. */
const LACKS_SHORT = 28

/** `kubectl version`; without a server it still tells its own. */
export const showVersion = (call: Call, args: Arguments, server: Reply | undefined): Reply => {
  const { version } = call.world.kube
  const format = args.flags.get('output')
  if (args.flags.has('short') && minorOf(call.world) >= LACKS_SHORT)
    return { stderr: "error: unknown flag: --short\nSee 'kubectl version --help' for usage.\n", exit: 1 }
  if (format !== undefined && format !== 'json' && format !== 'yaml')
    return { stderr: "error: --output must be 'yaml' or 'json'\n", exit: 1 }
  if (format !== undefined) {
    const info = buildInfo(version)
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

type OpenPort = { readonly name?: string; readonly port?: number }

/** Where a service of the cluster is reached through the API server: its scheme if that is HTTPS, its name, and its first port's. */
const proxied = ({ metadata, spec }: KubeObject): string => {
  const first = (spec?.['ports'] as readonly OpenPort[] | undefined)?.[0]
  const scheme = first?.name === 'https' || first?.port === 443 ? 'https' : ''
  const parts = scheme !== '' || first?.name ? [scheme, metadata.name, first?.name ?? ''] : [metadata.name]
  return `/api/v1/namespaces/${metadata.namespace}/services/${parts.join(':').replace(/^:/, '')}/proxy`
}

/** `kubectl cluster-info`: the API server, and the services that are marked as the cluster's own. */
export const clusterInfo = ({ call: { world }, config }: Client): Reply => {
  const own = listObjects(world.kube, 'Service', 'kube-system').filter(
    ({ metadata }) => metadata.labels?.['kubernetes.io/cluster-service'] === 'true',
  )
  return {
    stdout: asText([
      `Kubernetes ${minorOf(world) < SAYS_CONTROL_PLANE ? 'master' : 'control plane'} is running at ${config.server}`,
      ...own.map(
        each =>
          `${each.metadata.labels?.['kubernetes.io/name'] ?? each.metadata.name} is running at ${config.server}${proxied(each)}`,
      ),
      '',
      "To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.",
    ]),
  }
}

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
