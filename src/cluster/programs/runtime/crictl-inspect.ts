import { numberOf } from '../../kube/quantity.ts'
import { getObject } from '../../kube/store.ts'
import { specOf } from '../../laws/pods/run-containers.ts'
import { byDigest } from '../../relations/image-names.ts'
import { processesOf } from '../../relations/processes.ts'
import { pauseImageOf } from '../../relations/runtime-settings.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { Container, ContainerRuntime, Sandbox } from '../../world/container.ts'
import { renderGoTemplate } from '../kubectl/go-template/render.ts'
import type { CrictlArguments } from './crictl-arguments.ts'

const iso = (ms: number | undefined): string =>
  ms === undefined ? '0001-01-01T00:00:00Z' : `${new Date(ms).toISOString().slice(0, -1)}418276Z`

const envs = (c: Container) => Object.entries(c.environment).map(([key, value]) => ({ key, value }))

type Mount = { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }

const mountsOf = (
  call: Call,
  c: Container,
  { volumeMounts, uid }: { readonly volumeMounts: readonly Mount[]; readonly uid: string },
) => {
  const pod = getObject(call.world.kube, { kind: 'Pod', namespace: c.namespace, name: c.podName })
  return volumeMounts.map(m => {
    const hostPath = pod?.spec?.volumes?.find((v: { name: string }) => v.name === m.name)?.hostPath?.path
    return {
      containerPath: m.mountPath,
      hostPath: hostPath ?? `/var/lib/kubelet/pods/${uid}/volumes/${m.name}`,
      propagation: 'PROPAGATION_PRIVATE',
      readonly: m.readOnly === true,
      selinuxRelabel: false,
    }
  })
}

const resourcesOf = (memory: string) => ({
  linux: {
    cpuPeriod: '100000',
    cpuQuota: '0',
    cpuShares: '102',
    memoryLimitInBytes: memory,
    oomScoreAdj: '998',
  },
})

const containerView = (call: Call, runtime: ContainerRuntime, c: Container) => {
  const sandbox = runtime.sandboxes.find(s => s.id === c.sandboxId)
  const spec = specOf(call.world, c)
  const labels = {
    'io.kubernetes.container.name': c.name,
    'io.kubernetes.pod.name': c.podName,
    'io.kubernetes.pod.namespace': c.namespace,
    'io.kubernetes.pod.uid': sandbox?.kubeUid ?? '',
  }
  const logPath = `/var/log/pods/${c.namespace}_${c.podName}_${sandbox?.kubeUid ?? ''}/${c.name}/${c.attempt}.log`
  const mounts = mountsOf(call, c, { volumeMounts: spec?.volumeMounts ?? [], uid: sandbox?.kubeUid ?? '' })
  const memory = String(Math.round(numberOf(spec?.resources?.limits?.memory)))
  return {
    status: {
      id: c.id,
      metadata: { attempt: c.attempt, name: c.name },
      state: `CONTAINER_${c.state.toUpperCase()}`,
      createdAt: iso(c.createdMs),
      startedAt: iso(c.startedMs),
      finishedAt: iso(c.finishedMs),
      exitCode: c.exitCode ?? 0,
      image: { annotations: {}, image: c.image },
      imageRef: byDigest(c.image, c.imageId),
      reason: c.reason,
      message: c.message,
      labels,
      annotations: {
        'io.kubernetes.container.restartCount': String(c.attempt),
        'io.kubernetes.container.terminationMessagePath': '/dev/termination-log',
        'io.kubernetes.pod.terminationGracePeriod': '30',
      },
      mounts,
      logPath,
      resources: resourcesOf(memory),
    },
    info: {
      sandboxID: c.sandboxId,
      pid: c.state === 'running' ? c.pid : 0,
      removing: false,
      snapshotKey: c.id,
      snapshotter: 'overlayfs',
      runtimeType: 'io.containerd.runc.v2',
      config: {
        metadata: { name: c.name, attempt: c.attempt },
        image: { image: c.imageId },
        command: c.command,
        envs: envs(c),
        labels,
        log_path: `${c.name}/${c.attempt}.log`,
      },
    },
  }
}

const sandboxView = ({ world, machine }: Call, s: Sandbox) => ({
  status: {
    id: s.id,
    metadata: { attempt: s.attempt, name: s.name, namespace: s.namespace, uid: s.kubeUid },
    state: s.state === 'ready' ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
    createdAt: iso(s.createdMs),
    network: { additionalIps: [], ip: s.address ?? '' },
    linux: {
      namespaces: { options: { ipc: 'POD', network: s.isHostNetwork ? 'NODE' : 'POD', pid: 'CONTAINER' } },
    },
    labels: s.labels,
    annotations: {},
    runtimeHandler: '',
  },
  info: {
    pid:
      processesOf(world, machine).find(({ kind, sandboxId }) => kind === 'pause' && sandboxId === s.id)
        ?.pid ?? 0,
    processStatus: s.state === 'ready' ? 'running' : 'deleted',
    netNamespaceClosed: false,
    image: pauseImageOf(machine),
    runtimeType: 'io.containerd.runc.v2',
  },
})

/** `crictl inspect`. */
export const inspectContainers = (
  call: Call,
  runtime: ContainerRuntime,
  { words: ids, flags }: CrictlArguments,
): Reply => {
  let stdout = ''
  const template = flags.get('output') === 'go-template' ? flags.get('template') : undefined
  for (const id of ids) {
    const container = runtime.containers.find(c => c.id.startsWith(id))
    if (container === undefined) return { stdout, ...notThere('container', id) }
    const view = containerView(call, runtime, container)
    const shown =
      template === undefined ? JSON.stringify(view, undefined, 2) : renderGoTemplate(template, view)
    if (typeof shown !== 'string')
      return { stderr: `FATA[0000] failed to parse go-template: ${shown.problem.trimEnd()}\n`, exit: 1 }
    stdout += `${shown}\n`
  }
  return { stdout }
}

/** `crictl inspectp`. */
export const inspectPods = (call: Call, runtime: ContainerRuntime, ids: readonly string[]): Reply => {
  const found = ids.map(id => runtime.sandboxes.find(s => s.id.startsWith(id)))
  const missing = found.indexOf(undefined)
  if (missing >= 0)
    return {
      stderr: `FATA[0000] getting the status of the pod sandbox "${ids[missing]}": rpc error: code = NotFound desc = an error occurred when try to find sandbox: not found\n`,
      exit: 1,
    }
  return {
    stdout: found
      .map(s => (s === undefined ? '' : `${JSON.stringify(sandboxView(call, s), undefined, 2)}\n`))
      .join(''),
  }
}

/** What crictl says of an id that is nobody's. */
export const notThere = (what: 'container' | 'sandbox', id: string): Reply => ({
  stderr: `FATA[0000] getting the status of the ${what} "${id}": rpc error: code = NotFound desc = an error occurred when try to find ${what} "${id}": not found\n`,
  exit: 1,
})
