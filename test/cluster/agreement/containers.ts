import type { Desk, Relation } from './desk.ts'
import { type ContainerStatus, isTrue, keyOf, type Node, type Pod } from './objects.ts'
import { itemsOf, jsonOf, linesOf, rowsOf, sorted, textOf } from './read.ts'

type Container = {
  readonly id: string
  readonly podSandboxId: string
  readonly metadata: { readonly name: string; readonly attempt: number }
  readonly state: string
  readonly createdAt: string
  readonly labels: Readonly<Record<string, string>>
}

type Sandbox = {
  readonly id: string
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string }
  readonly state: string
}

const containersOf = async (desk: Desk): Promise<readonly Container[] | undefined> =>
  (await jsonOf<{ readonly containers: readonly Container[] }>(desk, 'crictl ps -a -o json'))?.containers

const sandboxesOf = async (desk: Desk): Promise<readonly Sandbox[]> =>
  (await jsonOf<{ readonly items: readonly Sandbox[] }>(desk, 'crictl pods -o json'))?.items ?? []

/** The node that a machine is, as the API knows it, with its pods; undefined where the API does not answer. */
const nodeHere = async (
  desk: Desk,
): Promise<{ readonly node: Node; readonly pods: readonly Pod[] } | undefined> => {
  const asker = { ...desk, machine: desk.machine }
  const home = (await desk.machines()).includes('workstation') ? 'workstation' : desk.machine
  const nodes = (await jsonOf<{ readonly items: readonly Node[] }>(asker, 'kubectl get nodes -o json', home))
    ?.items
  const own = ((await textOf(desk, 'hostname -I')) ?? '').trim().split(/\s+/)
  const node = nodes?.find(({ status }) => status.addresses.some(({ address }) => own.includes(address)))
  const pods = (await jsonOf<{ readonly items: readonly Pod[] }>(asker, 'kubectl get pods -A -o json', home))
    ?.items
  return node && pods && { node, pods: pods.filter(({ spec }) => spec.nodeName === node.metadata.name) }
}

/** Whether what the kubelet of a node writes reaches the API's database: then its lease is young. */
const isHeard = async (desk: Desk, { metadata }: Node): Promise<boolean> => {
  const home = (await desk.machines()).includes('workstation') ? 'workstation' : desk.machine
  const line = `kubectl get lease ${metadata.name} -n kube-node-lease -o json`
  const lease = await jsonOf<{ readonly spec: { readonly renewTime: string } }>(desk, line, home)
  const now = Number((await textOf(desk, 'date +%s')) ?? '')
  return lease !== undefined && now - Date.parse(lease.spec.renewTime) / 1000 < 40
}

const ctrAgrees: Relation = {
  name: 'crictl and ctr know the same containers and sandboxes',
  where: 'machine',
  check: async desk => {
    const containers = await containersOf(desk)
    if (!containers) return
    const sandboxes = await sandboxesOf(desk)
    const ctr = rowsOf((await textOf(desk, 'ctr -n k8s.io c ls')) ?? '', 1).map(([id = '']) => id)
    desk.same('containers', {
      crictl: sorted([...containers, ...sandboxes].map(({ id }) => id)),
      'ctr c ls': sorted(ctr),
    })
    const tasks = rowsOf((await textOf(desk, 'ctr -n k8s.io t ls')) ?? '', 1)
      .filter(row => row[2] === 'RUNNING')
      .map(([id = '']) => id)
    const running = [
      ...containers.filter(({ state }) => state === 'CONTAINER_RUNNING'),
      ...sandboxes.filter(({ state }) => state === 'SANDBOX_READY'),
    ].map(({ id }) => id)
    desk.same('tasks', { crictl: sorted(running), 'ctr t ls': sorted(tasks) })
    for (const { id, podSandboxId, state, metadata } of containers) {
      const sandbox = sandboxes.find(one => one.id === podSandboxId)
      desk.holds(
        sandbox !== undefined,
        `crictl ps: ${metadata.name} ${id.slice(0, 13)} in the sandbox ${podSandboxId.slice(0, 13)} | crictl pods has none`,
      )
      if (state === 'CONTAINER_RUNNING')
        desk.holds(
          sandbox?.state === 'SANDBOX_READY',
          `crictl ps: ${metadata.name} runs | crictl pods: its sandbox is ${sandbox?.state}`,
        )
    }
  },
}

const processesLive: Relation = {
  name: 'a running container has its process and its shim',
  where: 'machine',
  check: async desk => {
    if (!(await containersOf(desk))) return
    const ps = new Map(
      linesOf((await textOf(desk, 'ps -eo pid,args --no-headers')) ?? '').map(line => [
        /\d+/.exec(line)?.[0] ?? '',
        line,
      ]),
    )
    for (const [id = '', pid = '', status] of rowsOf((await textOf(desk, 'ctr -n k8s.io t ls')) ?? '', 1))
      if (status === 'RUNNING')
        desk.holds(ps.has(pid), `ctr t ls: ${id.slice(0, 13)} runs as ${pid} | ps has no such process`)
    const shims = new Set([...ps.values()].flatMap(line => / -id (\w{64})/.exec(line)?.[1] ?? []))
    const ready = (await sandboxesOf(desk))
      .filter(({ state }) => state === 'SANDBOX_READY')
      .map(({ id }) => id)
    desk.same('sandboxes', { crictl: sorted(ready), 'shims in ps': sorted([...shims]) })
  },
}

const stateOf = ({ state }: ContainerStatus): string =>
  state.running ? 'CONTAINER_RUNNING' : state.terminated ? 'CONTAINER_EXITED' : 'waiting'

const apiAgrees: Relation = {
  name: 'crictl and the API know the same containers of a node that reports',
  where: 'machine',
  check: async desk => {
    const containers = await containersOf(desk)
    const here = containers && (await nodeHere(desk))
    if (!here || !isTrue(here.node.status.conditions, 'Ready') || !(await isHeard(desk, here.node))) return
    if (
      (await desk.type('systemctl is-active kubelet k3s k3s-agent')).stdout.split('\n').includes('active') ===
      false
    )
      return
    const byId = new Map(containers.map(one => [one.id, one]))
    for (const pod of here.pods) {
      if (['Failed', 'Succeeded'].includes(pod.status.phase)) continue
      for (const status of pod.status.containerStatuses ?? []) {
        const id = status.containerID?.replace(/^\w+:\/\//, '')
        if (!id) continue
        const own = byId.get(id)
        desk.holds(
          own !== undefined,
          `kubectl: ${keyOf(pod)} ${status.name} is ${id.slice(0, 13)} | crictl has no such container`,
        )
        if (!own) continue
        if (stateOf(status) !== 'waiting')
          desk.same(`${keyOf(pod)} ${status.name}`, { kubectl: stateOf(status), crictl: own.state })
        desk.same(`restarts of ${keyOf(pod)} ${status.name}`, {
          kubectl: status.restartCount,
          crictl: own.metadata.attempt,
        })
        const started = status.state.running?.startedAt
        if (started)
          desk.holds(
            Math.abs(Date.parse(started) - Number(own.createdAt) / 1e6) <= 3000,
            `kubectl: ${keyOf(pod)} ${status.name} started ${started} | crictl: created ${new Date(Number(own.createdAt) / 1e6).toISOString()}`,
          )
      }
    }
    const uids = new Set(here.pods.map(({ metadata }) => metadata.uid))
    for (const { state, labels } of containers)
      if (state === 'CONTAINER_RUNNING')
        desk.holds(
          uids.has(labels['io.kubernetes.pod.uid'] ?? '') ||
            here.pods.some(({ metadata }) => metadata.name === labels['io.kubernetes.pod.name']),
          `crictl: ${labels['io.kubernetes.pod.name']} runs | kubectl knows no such pod on ${here.node.metadata.name}`,
        )
  },
}

const logsAgree: Relation = {
  name: 'the log folders show the containers that crictl shows',
  where: 'machine',
  check: async desk => {
    const containers = await containersOf(desk)
    if (!containers) return
    const links = linesOf((await textOf(desk, 'ls /var/log/containers')) ?? '')
    const linked = new Set(links.flatMap(name => /-(\w{64})\.log$/.exec(name)?.[1] ?? []))
    const folders = linesOf((await textOf(desk, 'ls /var/log/pods')) ?? '')
    for (const { id, state, metadata } of containers)
      if (state !== 'CONTAINER_CREATED')
        desk.holds(
          linked.has(id),
          `crictl: ${metadata.name} ${id.slice(0, 13)} | /var/log/containers has no link to it`,
        )
    for (const { metadata } of await sandboxesOf(desk))
      desk.holds(
        folders.some(name => name === `${metadata.namespace}_${metadata.name}_${metadata.uid}`),
        `crictl pods: ${metadata.namespace}/${metadata.name} ${metadata.uid} | /var/log/pods has no folder of it`,
      )
    const broken = linesOf((await textOf(desk, 'find -L /var/log/containers -type l')) ?? '')
    desk.holds(broken.length === 0, `find -L: links that lead nowhere: ${broken.slice(0, 2).join(', ')}`)
  },
}

const imagesAgree: Relation = {
  name: 'the image of a running container is among the images',
  where: 'machine',
  check: async desk => {
    const containers = await containersOf(desk)
    const images = (
      await jsonOf<{
        readonly images: readonly {
          readonly id: string
          readonly repoTags: readonly string[]
          readonly repoDigests: readonly string[]
        }[]
      }>(desk, 'crictl images -o json')
    )?.images
    if (!containers || !images) return
    const ids = new Set(images.map(({ id }) => id))
    for (const one of containers as readonly (Container & { readonly imageRef: string })[])
      if (one.state === 'CONTAINER_RUNNING')
        desk.holds(
          ids.has(one.imageRef),
          `crictl ps: ${one.metadata.name} runs ${one.imageRef.slice(0, 20)} | crictl images has no such id`,
        )
    const ctr = new Set(rowsOf((await textOf(desk, 'ctr -n k8s.io i ls')) ?? '', 1).map(([ref = '']) => ref))
    for (const name of images.flatMap(({ id, repoTags, repoDigests }) => [id, ...repoTags, ...repoDigests]))
      desk.holds(ctr.has(name), `crictl images: ${name} | ctr i ls has none`)
  },
}

const kubeletAgrees: Relation = {
  name: 'the kubelet tells the pods that the API has for its node',
  where: 'cluster',
  check: async desk => {
    const nodes = await itemsOf<Node>(desk, 'nodes')
    for (const { metadata, status } of nodes ?? []) {
      const told = await jsonOf<{ readonly items: readonly Pod[] }>(
        desk,
        `kubectl get --raw /api/v1/nodes/${metadata.name}/proxy/pods`,
      )
      if (!told || !isTrue(status.conditions, 'Ready')) continue
      const pods = (await itemsOf<Pod>(desk, 'pods -A'))?.filter(
        ({ spec }) => spec.nodeName === metadata.name,
      )
      const lasting = (list: readonly Pod[]): readonly string[] =>
        sorted(list.filter(pod => !['Failed', 'Succeeded'].includes(pod.status.phase)).map(keyOf))
      desk.same(`pods on ${metadata.name}`, { kubelet: lasting(told.items), kubectl: lasting(pods ?? []) })
    }
  },
}

/** Relations about containers. */
export const containerRelations: readonly Relation[] = [
  ctrAgrees,
  processesLive,
  apiAgrees,
  logsAgree,
  imagesAgree,
  kubeletAgrees,
]
