import { readText } from '../../files/file-tree.ts'
import { readerPid } from '../../files/proc-process.ts'
import { klog } from '../../kube/times.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { runtimeProblem, socketError } from '../../relations/runtime-problem.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { quoted } from '../../text/quoted.ts'
import type { ContainerRuntime } from '../../world/container.ts'

const plain = (socket: string): string => socket.replace(/^unix:\/\//, '').replace(/^\/var\/run\//, '/run/')

const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** The endpoint that crictl uses, and whether somebody said which. */
const endpointOf = (
  { machine, env }: Call,
  named: string | undefined,
): { readonly socket: string; readonly isSet: boolean } => {
  const configured = /^\s*runtime-endpoint:\s*"?([^"\s]+)"?/m.exec(
    readText(machine.files, '/etc/crictl.yaml') ?? '',
  )?.[1]
  const set = named ?? env.CONTAINER_RUNTIME_ENDPOINT ?? configured
  return { socket: plain(set ?? '/run/containerd/containerd.sock'), isSet: set !== undefined }
}

const endpoints =
  'unix:///var/run/dockershim.sock unix:///run/containerd/containerd.sock unix:///run/crio/crio.sock unix:///var/run/cri-dockerd.sock'

/** The runtime behind crictl's endpoint, or what crictl says when nobody answers there. `doing` is what was wanted: `listing containers`. */
export const reachRuntime = (
  call: Call,
  { endpoint, doing }: { readonly endpoint: string | undefined; readonly doing: string },
): ContainerRuntime | Reply => {
  const { machine, world } = call
  const { socket, isSet } = endpointOf(call, endpoint)
  const { runtime } = machine
  const atMs = machineNowMs(world, machine)
  if (runtime !== undefined && runtimeProblem(machine) === undefined && socket === plain(runtime.socket))
    return runtime
  const warning = isSet
    ? ''
    : `time="${iso(atMs)}" level=warning msg="runtime connect using default endpoints: [${endpoints}]. As the default settings are now deprecated, you should set the endpoint instead."\n`
  const asked = runtimeProblem(machine)
  if (asked?.includes('Unimplemented') === true)
    return {
      stderr: `${warning}time="${iso(atMs)}" level=fatal msg="validate service connection: validate CRI v1 runtime API for endpoint \\"unix://${socket}\\": ${asked}"\n`,
      exit: 1,
    }
  const error =
    asked?.includes('DeadlineExceeded') === true
      ? asked
      : `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial unix ${socket}: connect: ${socket === plain(runtime?.socket ?? '') ? socketError(machine) : 'no such file or directory'}"`
  const escaped = quoted(error)
  const line = klog(
    'E',
    { atMs, pid: readerPid(machine), source: 'remote_runtime.go:390' },
    doing === 'listing pod sandboxes'
      ? `"ListPodSandbox with filter from runtime service failed" err="${escaped}" filter="&PodSandboxFilter{Id:,State:nil,LabelSelector:map[string]string{},}"`
      : `"ListContainers with filter from runtime service failed" err="${escaped}" filter="&ContainerFilter{Id:,State:&ContainerStateValue{State:CONTAINER_RUNNING,},PodSandboxId:,LabelSelector:map[string]string{},}"`,
  )
  return {
    stderr: `${warning}${line}\ntime="${iso(atMs)}" level=fatal msg="${doing}: ${escaped}"\n`,
    exit: 1,
    tookMs: 2_000,
  }
}

/** Whether a runtime came about. */
export const isRuntime = (value: ContainerRuntime | Reply): value is ContainerRuntime => 'containers' in value
