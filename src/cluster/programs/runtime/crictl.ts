import { nanoIsoOf } from '../../kube/times.ts'
import { imageStoreOf } from '../../relations/runtime-folders.ts'
import { postIn } from '../../shell/post-in.ts'
import type { Post, Program } from '../../shell/program.ts'
import type { Container } from '../../world/container.ts'
import { runInside } from '../kubectl/exec.ts'
import { readCrictl } from './crictl-arguments.ts'
import {
  type Command,
  findContainer,
  pull,
  remove,
  removeImages,
  removePods,
  stop,
  stopPods,
  wantsId,
} from './crictl-changes.ts'
import { showRuntime } from './crictl-info.ts'
import { inspectContainers, inspectPods, notThere } from './crictl-inspect.ts'
import { crictlTable, listContainers, listImages, listPods, sizeText } from './crictl-lists.ts'
import { isRuntime, reachRuntime } from './reach.ts'

const logs: Command = (_call, runtime, { words, flags }) => {
  if (words[0] === undefined) return wantsId('logs')
  const container = findContainer(runtime, words[0])
  if (container === undefined) return notThere('container', words[0])
  const tail = Number(flags.get('tail') ?? -1)
  const text = (lines: Container['log']): string =>
    lines
      .map(
        line => `${flags.has('timestamps') ? `${nanoIsoOf(line.shownMs ?? line.atMs)} ` : ''}${line.text}\n`,
      )
      .join('')
  const shown = tail < 0 ? container.log : container.log.slice(Math.max(0, container.log.length - tail))
  if (!flags.has('follow')) return { stdout: text(shown) }
  let last = container.log.at(-1)
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

const stats: Command = (_call, runtime, { words, flags }) => {
  const id = flags.get('id') ?? words[0] ?? ''
  const podId = flags.get('pod') ?? ''
  const rows = runtime.containers
    .filter(c => c.state === 'running' && c.id.startsWith(id) && c.sandboxId.startsWith(podId))
    .map(c => [
      c.id.slice(0, 13),
      c.name,
      (c.cpuMillis / 10).toFixed(2),
      sizeText(c.memoryBytes, 4),
      sizeText(40_960, 4),
      '14',
    ])
  return { stdout: crictlTable([['CONTAINER', 'NAME', 'CPU %', 'MEM', 'DISK', 'INODES'], ...rows]) }
}

const exec: Command = async (call, runtime, { words, flags }) => {
  const container = findContainer(runtime, words[0])
  if (words[0] === undefined) return wantsId('exec')
  if (container === undefined) return notThere('container', words[0])
  if (container.state !== 'running')
    return {
      stderr: `FATA[0000] execing command in container: rpc error: code = Unknown desc = container is in CONTAINER_EXITED state\n`,
      exit: 1,
    }
  const reply = await runInside(
    { call },
    {
      post: postIn(call.world, { machine: call.machine, host: call.host }, container),
      words: words.slice(1),
      isInteractive: flags.has('tty') || flags.has('interactive'),
    },
  )
  return {
    ...reply,
    stderr: (reply.stderr ?? '')
      .replace(
        /^command terminated with exit code (\d+)$/m,
        'FATA[0000] execing command in container: command terminated with exit code $1',
      )
      .replace(
        /^error: Internal error occurred: error executing command in container: /m,
        'FATA[0000] execing command in container: rpc error: code = Unknown desc = ',
      ),
  }
}

const BLOCK = 4096
/** How many times larger layers are once they are unpacked. */
const UNPACKED = 2.3
const LAYER_BYTES = 40_960
const INODE_BYTES = 21_000

/** What the store of images takes on its filesystem. */
const showImageStore: Command = ({ world }, runtime) => {
  const mountpoint = `${imageStoreOf(runtime)}/io.containerd.snapshotter.v1.overlayfs`
  const packed = runtime.images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const bytes = Math.round((packed * UNPACKED) / BLOCK) * BLOCK + runtime.containers.length * LAYER_BYTES
  const status = {
    imageFilesystems: [
      {
        timestamp: `${Math.floor(world.nowMs)}000000`,
        fsId: { mountpoint },
        usedBytes: { value: String(bytes) },
        inodesUsed: { value: String(Math.round(bytes / INODE_BYTES)) },
      },
    ],
  }
  return { stdout: `${JSON.stringify({ status }, undefined, 2)}\n` }
}

const commands: Readonly<Record<string, readonly [Command, string]>> = {
  ps: [listContainers, 'listing containers'],
  pods: [listPods, 'listing pod sandboxes'],
  images: [(_call, runtime, args) => listImages(runtime, args), 'listing images'],
  image: [(_call, runtime, args) => listImages(runtime, args), 'listing images'],
  inspect: [
    (call, runtime, args) =>
      args.words.length === 0 ? wantsId('inspect') : inspectContainers(call, runtime, args),
    'getting the status of the container',
  ],
  inspectp: [
    (call, runtime, { words }) =>
      words.length === 0 ? wantsId('inspectp') : inspectPods(call, runtime, words),
    'getting the status of the pod sandbox',
  ],
  logs: [logs, 'getting the status of the container'],
  stats: [stats, 'get container stats'],
  exec: [exec, 'execing command in container'],
  pull: [pull, 'pulling image'],
  stop: [stop, 'stopping the container'],
  rm: [remove, 'removing the container'],
  rmi: [removeImages, 'removing the image'],
  stopp: [stopPods, 'stopping the pod sandbox'],
  rmp: [removePods, 'removing the pod sandbox'],
  imagefsinfo: [showImageStore, 'image filesystem info request'],
  info: [showRuntime, 'getting status of runtime'],
  version: [
    (_call, runtime) => ({
      stdout: `Version:  0.1.0\nRuntimeName:  ${runtime.kind}\nRuntimeVersion:  ${runtime.version}\nRuntimeApiVersion:  v1\n`,
    }),
    'getting the runtime version',
  ],
}

const hasRuntime = ({ machine, container }: Post): boolean =>
  container === undefined && machine.runtime?.kind === 'containerd'

/** crictl(1): the runtime seen through its CRI socket. */
export const crictl: Program = {
  names: ['crictl'],
  isInstalled: hasRuntime,
  run: call => {
    const args = readCrictl(call.args)
    if ('problem' in args) return { stderr: args.problem, exit: 1 }
    const { command } = args
    if (command === undefined || command === '-h' || command === '--help' || command === 'help')
      return {
        stdout:
          'NAME:\n   crictl - client for CRI\n\nUSAGE:\n   crictl [global options] command [command options] [arguments...]\n\nVERSION:\n   v1.28.0\n',
      }
    const found = commands[command]
    if (found === undefined) return { stderr: `No help topic for '${command}'\n`, exit: 3 }
    const runtime = reachRuntime(call, { endpoint: args.endpoint, doing: found[1] })
    return isRuntime(runtime) ? found[0](call, runtime, args) : runtime
  },
}
