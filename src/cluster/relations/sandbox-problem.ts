import { nodeAt } from '../files/file-tree.ts'
import { fullNameOf, hashOf, uidOf } from '../kube/pod.ts'
import { podGroup } from '../kube/quality-class.ts'
import { listObjects } from '../kube/store.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { askApi } from './ask-api.ts'
import { cniConfigOf, pluginProblem } from './cni.ts'
import { filesystemOf, filesystemUse } from './filesystem-use.ts'
import { findImage, pullProblem } from './image-pull.ts'
import { isProblem, readKubeconfig } from './kubeconfig.ts'
import { kubeletDriver, runtimeDriver } from './pod-group.ts'
import { settingsOf } from './read-settings.ts'
import { taskProblem } from './start-problem.ts'

const CALICO_KUBECONFIG = '/etc/cni/net.d/calico-kubeconfig'

/** Whether Calico has a pool to take addresses of pods from. */
const hasPool = ({ kube }: World): boolean =>
  listObjects(kube, 'IPPool').some(({ spec }) => spec?.disabled !== true)

const calicoProblem = (world: World, machine: Machine): string | undefined => {
  if (nodeAt(machine.files, '/var/lib/calico/nodename') === undefined)
    return 'plugin type="calico" failed (add): stat /var/lib/calico/nodename: no such file or directory: check that the calico/node container is running and has mounted /var/lib/calico/'
  const config = readKubeconfig(machine, CALICO_KUBECONFIG)
  if (isProblem(config))
    return `plugin type="calico" failed (add): error loading config file "${CALICO_KUBECONFIG}": open ${CALICO_KUBECONFIG}: no such file or directory`
  const answer = askApi(world, { from: machine, config })
  const get = `plugin type="calico" failed (add): error getting ClusterInformation: Get "${config.server}/apis/crd.projectcalico.org/v1/clusterinformations/default":`
  switch (answer.kind) {
    case 'answers':
      return hasPool(world)
        ? undefined
        : 'plugin type="calico" failed (add): failed to request IPv4 addresses: no configured Calico pools'
    case 'unauthorized':
      return 'plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized'
    default:
      return `${get} ${answer.text}`
  }
}

const flannelProblem = (machine: Machine): string | undefined =>
  nodeAt(machine.files, '/run/flannel/subnet.env') === undefined
    ? 'plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory'
    : undefined

/** What runc says when a kubelet without systemd hands it a path, and it is to make groups with systemd. */
const driverProblem = (world: World, machine: Machine, pod: KubeObject): string | undefined => {
  if (runtimeDriver(machine) === 'cgroupfs' || kubeletDriver(machine) === 'systemd') return undefined
  const path = `${podGroup(pod, 'cgroupfs')}/${hashOf(`${uidOf(pod)}/${world.nowMs}`, 64)}`
  return `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "${path}" instead: unknown`
}

/** Why containerd has no image for sandboxes, where its settings name one that is not there. */
const pauseProblem = (world: World, machine: Machine): string | undefined => {
  const config = settingsOf(machine, 'containerd.service') ?? ''
  const image = /^\s*sandbox_image\s*=\s*"([^"]+)"/m.exec(config)?.[1]
  if (
    image === undefined ||
    machine.runtime?.kind !== 'containerd' ||
    findImage(machine, image) !== undefined
  )
    return undefined
  const problem = pullProblem(world, machine, { image })
  return problem === undefined
    ? undefined
    : `failed to get sandbox image "${image}": failed to pull image "${image}": ${problem}`
}

/** What keeps a runtime from setting up a pod's sandbox, in its words; `undefined` when it works. */
export const sandboxProblem = (world: World, machine: Machine, pod: KubeObject): string | undefined => {
  const wrap = (text: string): string => `rpc error: code = Unknown desc = ${text}`
  const store = filesystemOf(machine, '/run/containerd') ?? filesystemOf(machine, '/')
  if (store !== undefined && filesystemUse(machine, store).usedBytes >= store.sizeBytes)
    return wrap(
      'failed to create containerd task: failed to create shim task: mkdir /run/containerd/io.containerd.runtime.v2.task/k8s.io: no space left on device: unknown',
    )
  const lackingImage = pauseProblem(world, machine)
  if (lackingImage !== undefined) return wrap(lackingImage)
  const lackingProgram = taskProblem(machine, hashOf(uidOf(pod), 64))
  if (lackingProgram !== undefined) return wrap(lackingProgram)
  const driver = driverProblem(world, machine, pod)
  if (driver !== undefined) return wrap(driver)
  if (pod.spec?.hostNetwork === true) return undefined
  const id = hashOf(`${uidOf(pod)}/${world.nowMs}`, 64)
  const setup = `failed to setup network for sandbox "${id}":`
  const lacking = pluginProblem(machine)
  if (lacking !== undefined) return wrap(`${setup} ${lacking}`)
  const plugins = cniConfigOf(machine)?.plugins ?? []
  const problem = plugins.includes('calico')
    ? calicoProblem(world, machine)
    : plugins.includes('flannel')
      ? flannelProblem(machine)
      : undefined
  return problem === undefined ? undefined : wrap(`${setup} ${problem}`)
}

/** What is said when the pod range of a node is used up. */
export const noAddressText = (machine: Machine, pod: KubeObject): string => {
  const plugins = cniConfigOf(machine)?.plugins ?? []
  const id = hashOf(`${fullNameOf(pod)}`, 64)
  const reason = plugins.includes('calico')
    ? 'plugin type="calico" failed (add): failed to request IPv4 addresses: Assigned 0 out of 1 requested IPv4 addresses; No more free affine blocks and strict affinity enabled'
    : 'plugin type="bridge" failed (add): failed to allocate for range 0: no IP addresses available in range set'
  return `rpc error: code = Unknown desc = failed to setup network for sandbox "${id}": ${reason}`
}
