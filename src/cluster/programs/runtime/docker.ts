import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import { postIn } from '../../shell/post-in.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import type { ContainerRuntime } from '../../world/container.ts'
import type { Machine } from '../../world/machine.ts'
import { runInside } from '../kubectl/exec.ts'
import { formatTable } from '../kubectl/table.ts'
import { sizeText } from './crictl-lists.ts'
import { endContainers, findContainer, pruneImages, removeContainers } from './docker-changes.ts'
import { info, versionOf } from './docker-info.ts'
import { listContainers } from './docker-list.ts'
import { containerName } from './docker-name.ts'
import { dockerContainers } from './docker-pauses.ts'

const SHORT_ID = 12

const logs = (runtime: ContainerRuntime, args: readonly string[]): Reply => {
  const joined = args.join(' ')
  const tail = /(?:--tail[= ]|-n ?)(\d+)/.exec(joined)?.[1]
  const target = args
    .filter((word, at) => !word.startsWith('-') && !/^(--tail|-n|--since)$/.test(args[at - 1] ?? ''))
    .at(-1)
  const container = findContainer(runtime, target)
  if (container === undefined) return { stderr: `Error: No such container: ${target ?? ''}\n`, exit: 1 }
  const { log } = container
  const shown = tail === undefined ? log : log.slice(Math.max(0, log.length - Number(tail)))
  const text = (lines: typeof log): string => lines.map(line => `${line.text}\n`).join('')
  if (!args.some(word => word === '-f' || word === '--follow')) return { stdout: text(shown) }
  let last = log.at(-1)
  return {
    stdout: text(shown),
    follow: {
      next: () => {
        const fresh =
          last === undefined ? container.log : container.log.slice(container.log.lastIndexOf(last) + 1)
        last = container.log.at(-1)
        return text(fresh)
      },
      isOver: () => container.state !== 'running',
    },
  }
}

const inspect = (runtime: ContainerRuntime, [word]: readonly string[]): Reply => {
  const c = findContainer({ ...runtime, containers: [...dockerContainers(runtime)] }, word)
  if (c === undefined) return { stdout: '[]\n', stderr: `Error: No such object: ${word ?? ''}\n`, exit: 1 }
  const iso = (ms: number | undefined): string =>
    ms === undefined ? '0001-01-01T00:00:00Z' : new Date(ms).toISOString()
  const state = {
    Status: c.state,
    Running: c.state === 'running',
    OOMKilled: c.reason === 'OOMKilled',
    Pid: c.state === 'running' ? c.pid : 0,
    ExitCode: c.exitCode ?? 0,
    Error: c.message,
    StartedAt: iso(c.startedMs),
    FinishedAt: iso(c.finishedMs),
  }
  const view = {
    Id: c.id,
    Created: iso(c.createdMs),
    Path: c.command[0] ?? '',
    Args: c.command.slice(1),
    State: state,
    Image: c.imageId,
    Name: `/${containerName(runtime, c)}`,
    RestartCount: 0,
  }
  return { stdout: `${JSON.stringify([view], undefined, 4)}\n` }
}

const exec = (call: Call, runtime: ContainerRuntime, args: readonly string[]): Reply | Promise<Reply> => {
  const at = args.findIndex(word => !word.startsWith('-'))
  const container = findContainer(runtime, args[at])
  if (container === undefined) return { stderr: `Error: No such container: ${args[at] ?? ''}\n`, exit: 1 }
  if (container.state !== 'running')
    return { stderr: `Error response from daemon: Container ${container.id} is not running\n`, exit: 1 }
  const post = postIn(call.world, { machine: call.machine, host: call.host }, container)
  return runInside(
    { call },
    { post, words: args.slice(at + 1), isInteractive: args.slice(0, at).some(word => /t/.test(word)) },
  )
}

const images = (runtime: ContainerRuntime): Reply => ({
  stdout: formatTable([
    ['REPOSITORY', 'TAG', 'IMAGE ID', 'CREATED', 'SIZE'],
    ...runtime.images.flatMap(i =>
      i.tags.map(tag => [
        tag.slice(0, tag.lastIndexOf(':')),
        tag.slice(tag.lastIndexOf(':') + 1),
        i.id.replace('sha256:', '').slice(0, SHORT_ID),
        '2 months ago',
        sizeText(i.sizeBytes),
      ]),
    ),
  ]),
})

/** The engine that docker(1) speaks to: the cluster's runtime where that is Docker, else one beside it. */
const engineOf = ({ runtime, dockerEngine }: Machine): ContainerRuntime | undefined =>
  runtime?.kind === 'docker' ? runtime : dockerEngine

const commands: Readonly<
  Record<string, (call: Call, engine: ContainerRuntime, args: readonly string[]) => Reply | Promise<Reply>>
> = {
  ps: listContainers,
  logs: (_call, engine, args) => logs(engine, args),
  inspect: (_call, engine, args) => inspect(engine, args),
  images: (_call, engine) => images(engine),
  exec,
  info,
  rm: removeContainers,
  stop: endContainers('stop'),
  kill: endContainers('kill'),
  image: (call, engine, [verb, ...args]) => {
    if (verb === 'ls') return images(engine)
    return verb === 'prune' ? pruneImages(call, engine, args) : unknownCommand(`image ${verb ?? ''}`.trim())
  },
}

const unknownCommand = (command: string): Reply => ({
  stderr: `docker: '${command}' is not a docker command.\nSee 'docker --help'\n`,
  exit: 1,
})

const builds: Readonly<Record<string, string>> = { '18.09.5': 'e8ff056', '24.0.7': 'afdb6d4' }

const buildOf = (engine: ContainerRuntime): string => builds[versionOf(engine)] ?? '9bb540d'

/** docker(1), where there is an engine. */
export const docker: Program = {
  names: ['docker'],
  isInstalled: ({ machine, container }) => container === undefined && engineOf(machine) !== undefined,
  run: call => {
    const engine = engineOf(call.machine)
    const [command = '', ...args] = call.args
    if (engine === undefined || command === '--version' || command === '-v')
      return {
        stdout: engine === undefined ? '' : `Docker version ${versionOf(engine)}, build ${buildOf(engine)}\n`,
      }
    const run = Object.hasOwn(commands, command) ? commands[command] : undefined
    if (run === undefined) return unknownCommand(command)
    if (!isUnitRunning(call.machine, engine.unit))
      return {
        stderr: `Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n`,
        exit: 1,
      }
    return run(call, engine, args)
  },
}
