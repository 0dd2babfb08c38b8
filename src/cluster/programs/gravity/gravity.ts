import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { releaseOf } from '../../gravity/versions.ts'
import { quoteWords } from '../../kube/quote-words.ts'
import { isPlanetRunning } from '../../laws/gravity/keep-planets.ts'
import { shareFiles } from '../../laws/gravity/share-files.ts'
import { basicProbes } from '../../relations/gravity-checks.ts'
import type { Call, Post, Program, Reply } from '../../shell/program.ts'
import { type GravityArguments, readGravityArguments } from './gravity-arguments.ts'
import { gravityHelp, unknownCommand } from './gravity-help.ts'
import { joinCluster, leaveCluster, removeFromCluster, uninstallSystem } from './gravity-membership.ts'
import { startInstall, startUpgrade } from './gravity-operations.ts'
import { gravityPlan } from './gravity-plan.ts'
import { gravityReport } from './gravity-report.ts'
import { resources } from './gravity-resources.ts'
import { systemServices } from './gravity-services.ts'
import { gravityStatus } from './gravity-status.ts'
import { backUp, collectGarbage, users } from './gravity-upkeep.ts'
import { failed } from './new-operation.ts'

/** The post inside Planet of a host that has one running. */
const planetPost = ({ host, user }: Call): Post | undefined => {
  if (host.planet === undefined || !isPlanetRunning(host)) return undefined
  shareFiles(host, host.planet)
  return { machine: host.planet, host, container: undefined, user }
}

const notRunning = failed(
  'failed to connect to planet container\n\tdial unix /var/run/planet.socket: connect: no such file or directory',
)

const shells = /^(\/bin\/|\/usr\/bin\/)?(ba)?sh$/

/** `gravity exec`: a command inside Planet; a shell with a terminal is entered. */
const execute = async (call: Call, args: readonly string[]): Promise<Reply> => {
  const post = planetPost(call)
  if (post === undefined) return notRunning
  let at = 0
  while (args[at]?.startsWith('-') === true) at += 1
  const words = args.slice(at)
  const isShell = words.length === 1 && shells.test(words[0] ?? '')
  if (words.length === 0)
    return { stderr: "gravity: error: required argument 'command' not provided, try --help\n", exit: 255 }
  if (isShell && call.passage.hasTerminal) return enter(call, [])
  const reply = await call.passage.runAt(post, isShell ? call.stdin : quoteWords(words), {
    stdin: call.stdin,
    cwd: '/',
  })
  return { ...reply, tookMs: 200 }
}

/** The command behind `--`, with planet's own flags and the `--` in front of its arguments left out. */
const commandBehind = (args: readonly string[]): readonly string[] => {
  const behind = args.slice(args.indexOf('--') + 1)
  const at = behind.findIndex(word => !word.startsWith('-'))
  if (!args.includes('--') || at === -1) return []
  const [word = '', ...rest] = behind.slice(at)
  return [word, ...(rest[0] === '--' ? rest.slice(1) : rest)]
}

/** `gravity enter` and `gravity shell`: a shell inside Planet, or the command that stands behind `--`. */
const enter = async (call: Call, args: readonly string[]): Promise<Reply> => {
  const post = planetPost(call)
  if (post === undefined) return notRunning
  const words = commandBehind(args)
  if (words.length > 0) {
    const reply = await call.passage.runAt(post, quoteWords(words), { stdin: call.stdin, cwd: '/' })
    return { ...reply, tookMs: 200 }
  }
  if (!call.passage.hasTerminal) return call.passage.runAt(post, call.stdin, { cwd: '/' })
  call.passage.enter(post, { cwd: '/' })
  return { tookMs: 300 }
}

const packages = ({ world, env }: Call): Reply => {
  const { gravity } = world.platforms
  const release = releaseOf(env['GRAVITY_BINARY_VERSION'] ?? gravity?.version ?? '')
  const rows = [
    ['gravity', release.gravity],
    ['planet', release.planet],
    ['teleport', release.teleport],
    ['rpcagent-secrets', '0.0.1'],
  ]
  return {
    stdout: `\n[gravitational.io]\n------------------\n\n${rows.map(([name, version]) => `* gravitational.io/${name}:${version}\n`).join('')}`,
  }
}

const apps = ({ world }: Call): Reply => {
  const version = world.platforms.gravity?.version ?? ''
  const names = [
    'dns-app',
    'kubernetes',
    'logging-app',
    'monitoring-app',
    'rbac-app',
    'site',
    world.platforms.gravity?.appName ?? '',
    'tiller-app',
  ]
  return {
    stdout: `\n[gravitational.io]\n------------------\n\n${names.map(name => `* gravitational.io/${name}:${version}\n`).join('')}`,
  }
}

const version = ({ env, world }: Call): Reply => ({
  stdout: `Edition:\topen-source\nVersion:\t${env['GRAVITY_BINARY_VERSION'] ?? world.platforms.gravity?.version ?? ''}\nGit Commit:\t3a8a5ae8a9d1bb9bd5dbd3e7b2ad3c1a3b8f7d50\nHelm Version:\tv2.12\n`,
})

/** `gravity check`: what a manifest asks of its host; silent where all is there. */
const checkHost: Command = (call, { words }) => {
  const [word = 'app.yaml'] = words
  const { host, cwd } = call
  const text = readText(host.files, resolvePath(cwd, word))
  if (text === undefined) return failed(`open ${word}: no such file or directory`)
  if (!/^kind: *(Cluster|Bundle|Application)/m.test(text)) return failed('unsupported manifest kind')
  const problems = basicProbes(host)
    .filter(({ severity }) => severity !== 'none')
    .map(
      ({ detail, error, checker }) =>
        `\t[×] ${detail === '' ? checker : detail}${error === '' ? '' : ` (${error})`}`,
    )
  return problems.length === 0
    ? { tookMs: 2_000 }
    : failed(`The following checks failed:\n${problems.join('\n')}`, { tookMs: 2_000 })
}

type Command = (call: Call, args: GravityArguments) => Reply | Promise<Reply>

const commands: Readonly<Record<string, Command>> = {
  status: (call, { flags }) => gravityStatus(call, flags),
  plan: (call, { words, flags }) => gravityPlan(call, words, flags),
  report: gravityReport,
  install: startInstall,
  upgrade: startUpgrade,
  join: joinCluster,
  remove: removeFromCluster,
  leave: leaveCluster,
  package: packages,
  app: apps,
  resource: resources,
  users,
  gc: collectGarbage,
  backup: (call, args) => backUp(call, args, 'backup'),
  restore: (call, args) => backUp(call, args, 'restore'),
  version,
  system: (call, args) => system(call, args),
  check: checkHost,
}

/** `gravity planet`: what its words name, in Planet. */
const inPlanet = (call: Call, args: readonly string[]): Reply | Promise<Reply> => {
  const [verb = '', ...rest] = args
  if (verb === 'enter') return enter(call, rest)
  return verb === 'status'
    ? execute(call, ['planet', 'status', ...rest])
    : unknownCommand(['planet', ...args])
}

const run = (call: Call): Reply | Promise<Reply> => {
  const verbAt = call.args.findIndex(word => !word.startsWith('-'))
  const verb = call.args[verbAt]
  const asksHelp = verb === 'help' || (call.args.includes('--help') && verb !== 'exec')
  if (verb === undefined || asksHelp) {
    const words = call.args.filter(word => !word.startsWith('-'))
    return {
      stderr: gravityHelp(verb === 'help' ? words.slice(1) : words),
      exit: asksHelp ? 0 : 255,
    }
  }
  const behind = call.args.slice(verbAt + 1)
  if (verb === 'exec') return execute(call, behind)
  if (verb === 'enter' || verb === 'shell') return enter(call, behind)
  if (verb === 'planet') return inPlanet(call, behind)
  const read = readGravityArguments([...call.args.slice(0, verbAt), ...behind])
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  return command === undefined ? unknownCommand([verb, ...read.words]) : command(call, read)
}

const system: Command = (call, args) => {
  const [verb] = args.words
  if (verb === 'uninstall') return uninstallSystem(call, args)
  return verb === 'service'
    ? systemServices(call, { ...args, words: ['system', ...args.words] })
    : unknownCommand(['system', ...args.words])
}

/** gravity: the cluster's own command, on its hosts. The second name is what its binaries elsewhere start. */
export const gravity: Program = {
  names: ['gravity', 'gravity-binary'],
  isInstalled: ({ container, machine, host }, { platforms }) =>
    platforms.gravity !== undefined && container === undefined && machine === host,
  run,
}
