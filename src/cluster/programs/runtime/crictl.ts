import { chanceHex } from '../../chance.ts'
import { fullImageName, knownImage } from '../../kube/known-images.ts'
import { klog } from '../../kube/times.ts'
import { endContainer } from '../../laws/pods/run-containers.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { findImage, pullProblem } from '../../relations/image-pull.ts'
import type { Call, Post, Program, Reply } from '../../shell/program.ts'
import type { Container, ContainerRuntime } from '../../world/container.ts'
import { postIn, runInside } from '../kubectl/exec.ts'
import { type CrictlArguments, readCrictl } from './crictl-arguments.ts'
import { inspectContainers, inspectPods, notThere } from './crictl-inspect.ts'
import { crictlTable, listContainers, listImages, listPods, sizeText } from './crictl-lists.ts'
import { isRuntime, reachRuntime } from './reach.ts'

type Command = (call: Call, runtime: ContainerRuntime, args: CrictlArguments) => Reply | Promise<Reply>

const MIB = 1024 ** 2

const findContainer = (runtime: ContainerRuntime, id: string | undefined): Container | undefined =>
  id === undefined ? undefined : runtime.containers.find(c => c.id.startsWith(id))

const wantsId = (command: string): Reply => ({
  stderr: `FATA[0000] ${command === 'logs' ? 'ID cannot be empty' : 'ID cannot be empty'}\n`,
  exit: 1,
})

const logs: Command = (_call, runtime, { words, flags }) => {
  if (words[0] === undefined) return wantsId('logs')
  const container = findContainer(runtime, words[0])
  if (container === undefined) return notThere('container', words[0])
  const tail = Number(flags.get('tail') ?? -1)
  const text = (lines: Container['log']): string =>
    lines
      .map(line => `${flags.has('timestamps') ? `${new Date(line.atMs).toISOString()} ` : ''}${line.text}\n`)
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

const stats: Command = (_call, runtime, { words }) => {
  const rows = runtime.containers
    .filter(c => c.state === 'running' && (words[0] === undefined || c.id.startsWith(words[0])))
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
      post: postIn({ call }, { machine: call.machine, host: call.host }, container),
      words: words.slice(1),
      isInteractive: flags.has('tty') || flags.has('interactive'),
    },
  )
  return {
    ...reply,
    stderr: (reply.stderr ?? '').replace(
      /^command terminated with exit code (\d+)$/m,
      'FATA[0000] execing command in container: command terminated with exit code $1',
    ),
  }
}

const pull: Command = (call, runtime, { words }) => {
  const image = words[0]
  if (image === undefined) return { stderr: 'FATA[0000] Image cannot be empty\n', exit: 1 }
  const problem = pullProblem(call.world, call.machine, { image })
  if (problem !== undefined) {
    const atMs = machineNowMs(call.world, call.machine)
    const code = problem.endsWith('not found') ? 'NotFound' : 'Unknown'
    const text = `rpc error: code = ${code} desc = ${problem}`.replaceAll('"', '\\"')
    const line = klog(
      'E',
      { atMs, pid: 22_893, source: 'remote_image.go:171' },
      `"PullImage from image service failed" err="${text}" image="${image}"`,
    )
    return {
      stderr: `${line}\ntime="${new Date(atMs).toISOString().slice(0, 19)}Z" level=fatal msg="pulling image: ${text}"\n`,
      exit: 1,
      tookMs: problem.includes('i/o timeout') ? 30_000 : 800,
    }
  }
  const known = findImage(call.machine, image)
  const id = known?.id ?? `sha256:${chanceHex(call.world, 64)}`
  if (known === undefined)
    runtime.images.push({
      id,
      tags: [fullImageName(image)],
      sizeBytes: (knownImage(image)?.sizeMiB ?? 20) * MIB,
      isPinned: false,
    })
  return { stdout: `Image is up to date for ${id}\n`, tookMs: 3_000 }
}

const stop: Command = (call, runtime, { words }) => {
  let stdout = ''
  for (const id of words) {
    const container = findContainer(runtime, id)
    if (container === undefined) return { stdout, ...notThere('container', id) }
    if (container.state === 'running')
      endContainer(container, { atMs: call.world.nowMs, exitCode: 137, reason: 'Error' })
    stdout += `${id}\n`
  }
  return { stdout, tookMs: 900 }
}

const remove: Command = (call, runtime, { words, flags }) => {
  const ids = flags.has('all') ? runtime.containers.filter(c => c.state === 'exited').map(c => c.id) : words
  if (ids.length === 0) return flags.has('all') ? {} : wantsId('rm')
  let stdout = ''
  for (const id of ids) {
    const container = findContainer(runtime, id)
    if (container === undefined) return { stdout, ...notThere('container', id) }
    if (container.state === 'running' && !flags.has('force'))
      return {
        stdout,
        stderr: `ERRO[0000] container "${id}" is running, please stop it first\nFATA[0000] unable to remove container(s)\n`,
        exit: 1,
      }
    if (container.state === 'running')
      endContainer(container, { atMs: call.world.nowMs, exitCode: 137, reason: 'Error' })
    runtime.containers = runtime.containers.filter(c => c !== container)
    stdout += `${id}\n`
  }
  return { stdout }
}

const isUsed = (runtime: ContainerRuntime, tags: readonly string[]): boolean =>
  runtime.containers.some(c => tags.includes(c.image))

const removeImages: Command = (_call, runtime, { words, flags }) => {
  const gone = flags.has('prune')
    ? runtime.images.filter(i => !isUsed(runtime, i.tags) && !i.isPinned)
    : runtime.images.filter(i =>
        words.some(
          w =>
            i.tags.includes(fullImageName(w)) ||
            i.id.replace('sha256:', '').startsWith(w.replace('sha256:', '')),
        ),
      )
  if (!flags.has('prune') && words.length === 0) return { stderr: 'FATA[0000] no image specified\n', exit: 1 }
  if (!flags.has('prune') && gone.length === 0)
    return {
      stderr: `ERRO[0000] no such image ${words[0]}\nFATA[0000] unable to remove the image(s)\n`,
      exit: 1,
    }
  runtime.images = runtime.images.filter(i => !gone.includes(i))
  return {
    stdout: gone
      .flatMap(i => i.tags)
      .map(tag => `Deleted: ${tag}\n`)
      .join(''),
  }
}

const stopPods: Command = (call, runtime, { words }) => {
  let stdout = ''
  for (const id of words) {
    const sandbox = runtime.sandboxes.find(s => s.id.startsWith(id))
    if (sandbox === undefined)
      return {
        stdout,
        stderr: `FATA[0000] stopping the pod sandbox "${id}": rpc error: code = NotFound desc = an error occurred when try to find sandbox "${id}": not found\n`,
        exit: 1,
      }
    for (const container of runtime.containers)
      if (container.sandboxId === sandbox.id && container.state === 'running')
        endContainer(container, { atMs: call.world.nowMs, exitCode: 137, reason: 'Error' })
    sandbox.state = 'not-ready'
    stdout += `Stopped sandbox ${sandbox.id}\n`
  }
  return words.length === 0 ? { stderr: 'FATA[0000] ID cannot be empty\n', exit: 1 } : { stdout, tookMs: 900 }
}

const removePods: Command = (_call, runtime, { words, flags }) => {
  let stdout = ''
  for (const id of words) {
    const sandbox = runtime.sandboxes.find(s => s.id.startsWith(id))
    if (sandbox === undefined)
      return {
        stdout,
        stderr: `FATA[0000] removing the pod sandbox "${id}": rpc error: code = NotFound desc = not found\n`,
        exit: 1,
      }
    if (sandbox.state === 'ready' && !flags.has('force'))
      return {
        stdout,
        stderr: `FATA[0000] removing the pod sandbox "${id}": rpc error: code = Unknown desc = sandbox container "${sandbox.id}" is not fully stopped\n`,
        exit: 1,
      }
    runtime.containers = runtime.containers.filter(c => c.sandboxId !== sandbox.id)
    runtime.sandboxes = runtime.sandboxes.filter(s => s !== sandbox)
    stdout += `Removed sandbox ${sandbox.id}\n`
  }
  return { stdout }
}

const info: Command = (_call, runtime) => {
  const conditions = [
    { type: 'RuntimeReady', status: true, reason: '', message: '' },
    { type: 'NetworkReady', status: true, reason: '', message: '' },
  ]
  const body = {
    status: { conditions },
    cniconfig: { PluginDirs: ['/opt/cni/bin'], PluginConfDir: '/etc/cni/net.d' },
    config: {
      containerd: {
        snapshotter: 'overlayfs',
        defaultRuntimeName: 'runc',
        runtimes: { runc: { runtimeType: 'io.containerd.runc.v2', options: { SystemdCgroup: true } } },
      },
      sandboxImage: 'registry.k8s.io/pause:3.9',
      containerdEndpoint: runtime.socket,
    },
    golang: 'go1.20.13',
    lastCNILoadStatus: 'OK',
  }
  return { stdout: `${JSON.stringify(body, undefined, 2)}\n` }
}

const commands: Readonly<Record<string, readonly [Command, string]>> = {
  ps: [listContainers, 'listing containers'],
  pods: [listPods, 'listing pod sandboxes'],
  images: [(_call, runtime, args) => listImages(runtime, args), 'listing images'],
  image: [(_call, runtime, args) => listImages(runtime, args), 'listing images'],
  inspect: [
    (call, runtime, { words }) =>
      words.length === 0 ? wantsId('inspect') : inspectContainers(call, runtime, words),
    'getting the status of the container',
  ],
  inspectp: [
    (_call, runtime, { words }) => (words.length === 0 ? wantsId('inspectp') : inspectPods(runtime, words)),
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
  info: [info, 'getting status of runtime'],
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
