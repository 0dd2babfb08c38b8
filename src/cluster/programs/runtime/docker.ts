import { isRuntimeUp } from '../../relations/cluster-hosts.ts'
import type { Call, Program, Reply } from '../../shell/program.ts'
import type { Container, ContainerRuntime } from '../../world/container.ts'
import { postIn, runInside } from '../kubectl/exec.ts'
import { formatTable } from '../kubectl/table.ts'
import { agoText, sizeText } from './crictl-lists.ts'

const SHORT_ID = 12
const COMMAND_LENGTH = 20

const nameOf = (runtime: ContainerRuntime, c: Container): string => {
  const uid = runtime.sandboxes.find(s => s.id === c.sandboxId)?.kubeUid ?? ''
  return `k8s_${c.name}_${c.podName}_${c.namespace}_${uid}_${c.attempt}`
}

const statusOf = ({ world }: Call, c: Container): string => {
  const since = (ms: number | undefined): string => agoText(world.nowMs - (ms ?? world.nowMs))
  if (c.state === 'running') return `Up ${since(c.startedMs).replace(/ ago$/, '')}`
  return c.state === 'created' ? 'Created' : `Exited (${c.exitCode ?? 0}) ${since(c.finishedMs)}`
}

const commandText = ({ command }: Container): string => {
  const line = command.join(' ') || '/entrypoint'
  return `"${line.length > COMMAND_LENGTH ? `${line.slice(0, COMMAND_LENGTH - 1)}…` : line}"`
}

const list = (call: Call, runtime: ContainerRuntime, args: readonly string[]): Reply => {
  const isAll = args.some(word => /^(-\w*a\w*|--all)$/.test(word))
  const shown = [...runtime.containers]
    .filter(c => isAll || c.state === 'running')
    .sort((a, b) => b.createdMs - a.createdMs)
  if (args.some(word => /^(-\w*q\w*|--quiet)$/.test(word)))
    return { stdout: shown.map(c => `${c.id.slice(0, SHORT_ID)}\n`).join('') }
  const rows = shown.map(c => [
    c.id.slice(0, SHORT_ID),
    c.image,
    commandText(c),
    agoText(call.world.nowMs - c.createdMs),
    statusOf(call, c),
    '',
    nameOf(runtime, c),
  ])
  return {
    stdout: formatTable([
      ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES'],
      ...rows,
    ]),
  }
}

const findContainer = (runtime: ContainerRuntime, word: string | undefined): Container | undefined =>
  word === undefined
    ? undefined
    : runtime.containers.find(c => c.id.startsWith(word) || nameOf(runtime, c) === word)

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
  return { stdout: shown.map(line => `${line.text}\n`).join('') }
}

const inspect = (runtime: ContainerRuntime, [word]: readonly string[]): Reply => {
  const c = findContainer(runtime, word)
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
    Name: `/${nameOf(runtime, c)}`,
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
  const post = postIn({ call }, { machine: call.machine, host: call.host }, container)
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

/** docker(1), where it is the runtime. */
export const docker: Program = {
  names: ['docker'],
  isInstalled: ({ machine, container }) => container === undefined && machine.runtime?.kind === 'docker',
  run: call => {
    const { runtime } = call.machine
    const [command, ...args] = call.args
    if (runtime === undefined || !isRuntimeUp(call.machine))
      return {
        stderr: `Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n`,
        exit: 1,
      }
    if (command === 'ps') return list(call, runtime, args)
    if (command === 'logs') return logs(runtime, args)
    if (command === 'inspect') return inspect(runtime, args)
    if (command === 'images') return images(runtime)
    if (command === 'exec') return exec(call, runtime, args)
    if (command === 'version' || command === '--version')
      return { stdout: `Docker version ${runtime.version}, build 9bb540d\n` }
    return { stderr: `docker: '${command ?? ''}' is not a docker command.\nSee 'docker --help'\n`, exit: 1 }
  },
}
