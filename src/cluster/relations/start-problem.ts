import { nodeAt } from '../files/file-tree.ts'
import { isInImage } from '../kube/image-programs.ts'
import { toolsOf } from '../kube/image-tools.ts'
import { commandOf, entrypointOf, knownImage, readImageName, type Told } from '../kube/known-images.ts'
import type { Container } from '../world/container.ts'
import type { KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import { lacksOverlay } from './module-settings.ts'
import { CONTAINER_THREADS } from './process-sums.ts'
import { programFoldersOf } from './runtime-folders.ts'
import { freeThreads } from './threads.ts'

const SHIM = 'containerd-shim-runc-v2'

const lacks = (machine: Machine, program: string): boolean =>
  programFoldersOf(machine.runtime).every(
    folder => ((nodeAt(machine.files, `${folder}/${program}`)?.mode ?? 0) & 0o111) === 0,
  )

const NO_RUNC = 'exec: "runc": executable file not found in $PATH'

/** What a runtime says when it cannot do something to a container because runc is not there; `undefined` when it is. */
export const runcProblem = (
  machine: Machine,
  { doing, id }: { readonly doing: string; readonly id: string },
): string | undefined => {
  if (!lacks(machine, 'runc')) return undefined
  const folder =
    machine.runtime?.kind === 'docker'
      ? '/run/containerd/io.containerd.runtime.v1.linux/moby'
      : '/run/containerd/io.containerd.runtime.v2.task/k8s.io'
  return `${doing}: unable to retrieve OCI runtime error (open ${folder}/${id}/log.json: no such file or directory): ${NO_RUNC}: unknown`
}

/** What keeps a runtime from killing a container: runc sends the signals. */
export const killProblem = (machine: Machine, id: string): string | undefined =>
  lacks(machine, 'runc')
    ? `failed to stop container "${id}": failed to kill container "${id}": unknown error after kill: ${NO_RUNC}: : unknown`
    : undefined

/** What a runtime says before it has made a task; Docker says it as its daemon does. */
const failed = ({ runtime }: Machine): string =>
  runtime?.kind === 'docker'
    ? 'Error response from daemon: OCI runtime create failed'
    : 'failed to create containerd task: failed to create shim task: OCI runtime create failed'

/** What keeps a runtime from making any container: one of the programs that it calls is not there, or no more can be begun. */
export const taskProblem = (machine: Machine, id: string): string | undefined =>
  freeThreads(machine) < CONTAINER_THREADS
    ? `failed to create containerd task: failed to start shim: start failed: : fork/exec ${programFoldersOf(machine.runtime)[0] ?? '/usr/bin'}/${SHIM}: resource temporarily unavailable: unknown`
    : programProblem(machine, id)

const programProblem = (machine: Machine, id: string): string | undefined =>
  lacksOverlay(machine)
    ? 'failed to create containerd task: failed to create shim task: failed to mount rootfs component: no such device: unknown'
    : absentProgram(machine, id)

const absentProgram = (machine: Machine, id: string): string | undefined =>
  machine.runtime?.kind === 'containerd' && lacks(machine, SHIM)
    ? `failed to create containerd task: failed to start shim: failed to resolve runtime path: runtime "io.containerd.runc.v2" binary not installed "${SHIM}": file does not exist: unknown`
    : runcProblem(machine, { doing: failed(machine), id })

/** What images for shells have, and most others. */
const shellTools = new Set(
  'sh bash ash sleep echo tail cat ls true false env date wget nslookup ping nc top httpd printf test sync stress stress-ng curl dig python python3 seq yes dd find grep awk sed sort uniq head wc id whoami hostname uname ps kill mkdir rm cp mv touch chmod chown df du free mount netstat ip ifconfig route traceroute tar gzip vi less watch timeout xargs tee tr cut expr nsenter chroot sysctl iperf3 tcpdump perl openssl telnet'.split(
    ' ',
  ),
)
/** Small programs with which images begin their own. */
const starters = new Set(
  'dumb-init tini docker-entrypoint.sh entrypoint.sh start.sh install run.sh'.split(' '),
)

/** What images of servers have beside these, and what asks them. */
const clients = new Set('redis-cli psql pg_isready'.split(' '))

/** By what nginx is asked to try its settings, or for its version, instead of serving. */
const asksAside = /^-[tTvV]/

const baseOf = (word: string): string => word.split('/').at(-1) ?? ''

const isOwnProgram = (image: string, name: string): boolean => {
  const { repository } = readImageName(image)
  const service = knownImage(image)?.service ?? ''
  const own = baseOf(repository)
  return (
    starters.has(name) ||
    name === own ||
    name === service ||
    name === baseOf(entrypointOf(image)[0] ?? '') ||
    name.startsWith(`${own}-`)
  )
}

/** Whether a container whose command is named so is a shell or a tool, instead of what its image is for. */
export const isToolCommand = (image: string, command: readonly string[]): boolean => {
  const name = baseOf(command[0] ?? '')
  const line = command.slice(1).join(' ')
  if (clients.has(name) || (name === 'nginx' && asksAside.test(command[1] ?? ''))) return true
  return (
    shellTools.has(name) &&
    !isOwnProgram(image, name) &&
    ![baseOf(readImageName(image).repository), knownImage(image)?.service ?? ''].some(own =>
      new RegExp(`(^|[\\s/;&])${own.replace(/[^\w-]/g, '\\$&')}(\\s|$)`).test(line),
    )
  )
}

/** What runs first in a container by its specification; `undefined` where that is what its image says. */
const wordOf = (spec: KubeValue): string | undefined => {
  const { words, isTold } = commandOf(spec as Told)
  return isTold || knownImage(spec.image)?.service === 'busybox' ? words[0] : undefined
}

/** What a runtime says when the program that it is to start in a container is not there. */
export const lackText = (machine: Machine, word: string): string => {
  const reason = word.includes('/')
    ? `stat ${word}: no such file or directory`
    : 'executable file not found in $PATH'
  return machine.runtime?.kind === 'docker'
    ? `${failed(machine)}: container_linux.go:349: starting container process caused "exec: \\"${word}\\": ${reason}": unknown`
    : `${failed(machine)}: runc create failed: unable to start container process: exec: "${word}": ${reason}: unknown`
}

const commandProblem = (machine: Machine, spec: KubeValue): string | undefined => {
  const word = wordOf(spec)
  if (word === undefined || /\$\(/.test(word)) return undefined
  const name = baseOf(word)
  const hasTool = shellTools.has(name) && toolsOf(spec.image) !== 'none' && isInImage(spec.image, name)
  return hasTool || isOwnProgram(spec.image, name) ? undefined : lackText(machine, word)
}

/** Why a runtime cannot start a container of this specification, in its words; `undefined` when it can. */
export const startProblem = (
  machine: Machine,
  { spec, container: { id, awaitsInput } }: { readonly spec: KubeValue; readonly container: Container },
): string | undefined =>
  taskProblem(machine, id) ?? (awaitsInput === true ? undefined : commandProblem(machine, spec))
