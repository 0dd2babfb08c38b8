import { chanceHex } from '../../chance.ts'
import { nodeAt, readText } from '../../files/file-tree.ts'
import { buildInfo, commitOf } from '../../kube/build-info.ts'
import { K3S_DATA } from '../../relations/k3s/k3s-data.ts'
import { k3sUnitOf } from '../../relations/k3s/k3s-units.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import { certificate } from './certificate.ts'
import { checkConfig } from './check-config.ts'
import { subcommandHelp } from './subcommand-help.ts'

const help = `NAME:
   k3s - Kubernetes, but small and simple

USAGE:
   k3s [global options] command [command options] [arguments...]

COMMANDS:
   server           Run management server
   agent            Run node agent
   kubectl          Run kubectl
   crictl           Run crictl
   ctr              Run ctr
   check-config     Run config check
   token            Manage tokens
   etcd-snapshot    Manage etcd snapshots
   secrets-encrypt  Control secrets encryption and keys rotation
   certificate      Manage K3s certificates
   completion       Install shell completion script
   help, h          Shows a list of commands or help for one command

GLOBAL OPTIONS:
   --debug                     (logging) Turn on debug logs [$K3S_DEBUG]
   --data-dir value, -d value  (data) Folder to hold state (default: /var/lib/rancher/k3s or \${HOME}/.rancher/k3s if not root)
   --help, -h                  show help
   --version, -v               print the version
`

const ADMIN = '/etc/rancher/k3s/k3s.yaml'

const fatal = ({ world }: Call, text: string): Reply => ({
  stderr: `time="${new Date(world.nowMs).toISOString().slice(0, 19)}Z" level=fatal msg="${text}"\n`,
  exit: 1,
})

const runKubectl = (call: Call, args: readonly string[]): Reply | Promise<Reply> => {
  const { machine, user, env, stdin, passage } = call
  const hasOwn = env.KUBECONFIG !== undefined || args.some(arg => arg.startsWith('--kubeconfig'))
  const node = nodeAt(machine.files, ADMIN)
  if (!hasOwn && node !== undefined && user !== 'root' && (node.mode & 0o004) === 0)
    return {
      stderr: `time="${new Date(call.world.nowMs).toISOString().slice(0, 19)}Z" level=warning msg="Unable to read ${ADMIN}, please start server with --write-kubeconfig-mode or --write-kubeconfig-group to modify kube config permissions"\nerror: error loading config file "${ADMIN}": open ${ADMIN}: permission denied\n`,
      exit: 1,
    }
  const kubeconfig: Readonly<Record<string, string>> =
    hasOwn || node === undefined ? {} : { KUBECONFIG: ADMIN }
  return passage.runHere(['kubectl', ...args], { stdin, env: kubeconfig })
}

const isServer = ({ machine }: Call): boolean => k3sUnitOf(machine)?.service === 'k3s'

/** A token by which a node may join, with the hash of the server's authority before it. */
const newToken = ({ world, machine }: Call): string => {
  const hash = /^K10\w{64}/.exec(readText(machine.files, `${K3S_DATA}/server/token`) ?? '')?.[0] ?? ''
  return `${hash}::${chanceHex(world, 6)}.${chanceHex(world, 16)}`
}

const tokens = (call: Call, [verb]: readonly string[]): Reply => {
  if (!isServer(call)) return fatal(call, `open ${ADMIN}: no such file or directory`)
  if (verb === 'create' || verb === 'generate') return { stdout: `${newToken(call)}\n` }
  if (verb !== 'list' && verb !== 'ls') return { stdout: subcommandHelp('token', undefined) ?? '' }
  return { stdout: 'TOKEN     TTL         EXPIRES                USAGES           DESCRIPTION\n' }
}

const snapshots = (call: Call, [verb]: readonly string[]): Reply => {
  if (!isServer(call)) return fatal(call, 'error: must be run on a server node')
  const folder = `${K3S_DATA}/server/db/etcd`
  if (nodeAt(call.machine.files, folder) === undefined)
    return fatal(
      call,
      verb === 'save' || verb === undefined ? 'etcd database not found' : 'etcd datastore disabled',
    )
  return { stdout: 'Name Location Size Created\n' }
}

const encryption = (call: Call, [verb]: readonly string[]): Reply => {
  if (!isServer(call)) return fatal(call, `open ${K3S_DATA}/server/token: no such file or directory`)
  if (verb !== 'status') return { stdout: subcommandHelp('secrets-encrypt', undefined) ?? '' }
  const config = readText(call.machine.files, `${K3S_DATA}/server/cred/encryption-config.json`)
  return {
    stdout:
      config === undefined
        ? 'Encryption Status: Disabled, no configuration file found\n'
        : 'Encryption Status: Enabled\nCurrent Rotation Stage: start\nServer Encryption Hashes: All hashes match\n',
  }
}

const version = ({ world }: Call): string =>
  `k3s version ${world.kube.version} (${commitOf(world.kube.version)})\ngo version ${buildInfo(world.kube.version).goVersion}\n`

const subcommands: Readonly<Record<string, (call: Call, args: readonly string[]) => Reply | Promise<Reply>>> =
  {
    kubectl: runKubectl,
    crictl: ({ passage, stdin }, args) => passage.runHere(['crictl', ...args], { stdin }),
    ctr: ({ passage, stdin }, args) =>
      passage.runHere(['ctr', ...args], { stdin, env: { CONTAINERD_NAMESPACE: 'k8s.io' } }),
    certificate,
    'check-config': checkConfig,
    token: tokens,
    'etcd-snapshot': snapshots,
    'secrets-encrypt': encryption,
    server: call =>
      fatal(
        call,
        'starting kubernetes: preparing server: init cluster datastore and https: listen tcp :6443: bind: address already in use',
      ),
    agent: call => fatal(call, '--token is required'),
  }

/** k3s(1): the tools that it carries, and what it tells of itself. */
export const k3sProgram: Program = {
  names: ['k3s'],
  isInstalled: ({ machine, container }) =>
    container === undefined && nodeAt(machine.files, '/usr/local/bin/k3s') !== undefined,
  run: call => {
    const [word = 'help', ...args] = call.args
    if (word === '--version' || word === '-v') return { stdout: version(call) }
    const isAsked = args.some(arg => /^(?:-h|--help|help)$/.test(arg))
    const asked = isAsked ? subcommandHelp(word, args[0]) : undefined
    if (asked !== undefined) return { stdout: asked }
    const subcommand = subcommands[word]
    if (subcommand !== undefined) return subcommand(call, args)
    if (/^(help|h|--help|-h)$/.test(word)) return { stdout: help }
    return { stdout: `No help topic for '${word}'\n`, exit: 3 }
  },
}
