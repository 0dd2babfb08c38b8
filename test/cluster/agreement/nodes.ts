import type { Relation } from './desk.ts'
import { isTrue, type Meta, type Node, type Pod, quantityOf } from './objects.ts'
import { itemsOf, linesOf, pairsOf, rowsOf, sorted, textOf } from './read.ts'
import { isManaged } from './workloads.ts'

const statesAgree: Relation = {
  name: 'table, JSON, describe, taints and lease of a node agree',
  where: 'cluster',
  check: async desk => {
    const nodes = await itemsOf<Node>(desk, 'nodes')
    if (!nodes) return
    type Lease = { readonly metadata: Meta; readonly spec: { readonly renewTime: string } }
    const leases = await itemsOf<Lease>(desk, 'leases -n kube-node-lease')
    const rows = new Map(
      rowsOf((await textOf(desk, 'kubectl get nodes --no-headers')) ?? '').map(([name = '', state = '']) => [
        name,
        state,
      ]),
    )
    // A kubelet writes by the clock of its own machine.
    const clocks = await Promise.all(
      (await desk.machines()).map(async machine => Number(await textOf(desk, 'date +%s', machine))),
    )
    const now = Number((await textOf(desk, 'date +%s')) ?? '')
    const latest = Math.max(now, ...clocks)
    const managed = await isManaged(desk)
    for (const { metadata, spec, status } of nodes) {
      const { name } = metadata
      const ready = status.conditions.find(({ type }) => type === 'Ready')
      desk.same(`${name}`, {
        json: `${ready?.status === 'True' ? 'Ready' : 'NotReady'}${spec.unschedulable ? ',SchedulingDisabled' : ''}`,
        table: rows.get(name),
      })
      const described = (await textOf(desk, `kubectl describe node ${name}`)) ?? ''
      for (const { type, status: state, reason } of status.conditions)
        desk.holds(
          new RegExp(`^ {2}${type} +${state} .* ${reason} `, 'm').test(described),
          `json: ${name} ${type}=${state} ${reason} | describe: ${new RegExp(`^ {2}${type} .*$`, 'm').exec(described)?.[0]}`,
        )
      if (managed) {
        const taints = new Set((spec.taints ?? []).map(({ key }) => key))
        desk.same(`taint not-ready of ${name}`, {
          condition: ready?.status === 'False',
          taint: taints.has('node.kubernetes.io/not-ready'),
        })
        // The other way round it may be left over, or somebody's own.
        if (ready?.status === 'Unknown')
          desk.holds(
            taints.has('node.kubernetes.io/unreachable'),
            `conditions: Ready of ${name} is Unknown | it has no taint unreachable`,
          )
        desk.same(`taint unschedulable of ${name}`, {
          spec: spec.unschedulable ?? false,
          taint: taints.has('node.kubernetes.io/unschedulable'),
        })
        for (const kind of ['disk', 'memory', 'pid'] as const) {
          const condition = { disk: 'DiskPressure', memory: 'MemoryPressure', pid: 'PIDPressure' }[kind]
          desk.same(`taint ${kind}-pressure of ${name}`, {
            condition: isTrue(status.conditions, condition),
            taint: taints.has(`node.kubernetes.io/${kind}-pressure`),
          })
        }
      }
      const lease = leases?.find(one => one.metadata.name === name)
      if (!lease || !managed) continue
      const age = now - Date.parse(lease.spec.renewTime) / 1000
      if (ready?.status === 'True')
        desk.holds(age <= 60, `${name} is Ready | its lease was renewed ${age} s ago`)
      if (ready?.status === 'Unknown')
        desk.holds(age >= 30, `${name} is Unknown | its lease was renewed ${age} s ago`)
      desk.holds(
        Date.parse(lease.spec.renewTime) / 1000 <= latest + 2,
        `the lease of ${name} was renewed in the future: ${lease.spec.renewTime}`,
      )
    }
  },
}

const sumsAgree: Relation = {
  name: 'what a node has given away is the sum of its pods',
  where: 'cluster',
  check: async desk => {
    const pods = await itemsOf<Pod>(desk, 'pods -A')
    for (const { metadata } of (await itemsOf<Node>(desk, 'nodes')) ?? []) {
      const described = (await textOf(desk, `kubectl describe node ${metadata.name}`)) ?? ''
      const own = (pods ?? []).filter(
        ({ spec, status }) =>
          spec.nodeName === metadata.name && !['Failed', 'Succeeded'].includes(status.phase),
      )
      desk.same(`pods on ${metadata.name}`, {
        describe: Number(/Non-terminated Pods: +\((\d+) in total/.exec(described)?.[1]),
        pods: own.length,
      })
      for (const resource of ['cpu', 'memory']) {
        const need = (
          list: readonly { readonly resources?: { readonly requests?: Readonly<Record<string, string>> } }[],
        ): readonly number[] => list.map(one => quantityOf(one.resources?.requests?.[resource]))
        const sum = own.reduce(
          (total, { spec }) =>
            total +
            Math.max(
              need(spec.containers).reduce((a, b) => a + b, 0),
              ...need(spec.initContainers ?? []),
              0,
            ),
          0,
        )
        const told = new RegExp(`^ {2}${resource} +(\\S+) \\(`, 'm').exec(
          described.slice(described.indexOf('Allocated resources')),
        )?.[1]
        desk.holds(
          Math.abs(quantityOf(told) - sum) < Math.max(0.001, sum * 1e-6),
          `describe node ${metadata.name}: ${resource} ${told} | its pods ask for ${sum}`,
        )
      }
    }
  },
}

const machineAgrees: Relation = {
  name: 'what a node tells of its machine is what the machine says',
  where: 'cluster',
  check: async desk => {
    const nodes = await itemsOf<Node>(desk, 'nodes')
    for (const machine of nodes ? await desk.machines() : []) {
      const own = ((await textOf(desk, 'hostname -I', machine)) ?? '').trim().split(/\s+/)
      const node = nodes?.find(({ status }) => status.addresses.some(({ address }) => own.includes(address)))
      if (!node || !isTrue(node.status.conditions, 'Ready')) continue
      const { nodeInfo, capacity } = node.status
      const { stdout } = await desk.type(
        'uname -r; cat /proc/sys/kernel/random/boot_id /etc/machine-id; nproc; grep MemTotal /proc/meminfo',
        machine,
      )
      const [kernel, boot, id, cpus, memory = ''] = linesOf(stdout)
      desk.same(`kernel of ${machine}`, { node: nodeInfo['kernelVersion'], uname: kernel })
      desk.same(`boot of ${machine}`, { node: nodeInfo['bootID'], proc: boot })
      desk.same(`machine id of ${machine}`, { node: nodeInfo['machineID'], file: id })
      desk.same(`processors of ${machine}`, { node: capacity['cpu'], nproc: cpus })
      desk.same(`memory of ${machine}`, {
        node: quantityOf(capacity['memory']) / 1024,
        meminfo: Number(/\d+/.exec(memory)?.[0]),
      })
      const system = pairsOf((await textOf(desk, 'cat /etc/os-release', machine)) ?? '')[
        'PRETTY_NAME'
      ]?.replaceAll('"', '')
      if (!nodeInfo['containerRuntimeVersion']?.startsWith('docker'))
        desk.same(`system of ${machine}`, { node: nodeInfo['osImage'], 'os-release': system })
      const runtime = await textOf(desk, 'crictl version', machine)
      if (runtime)
        desk.same(`runtime of ${machine}`, {
          node: nodeInfo['containerRuntimeVersion']?.split('://')[1]?.replace(/^v/, ''),
          crictl: /RuntimeVersion: +v?(\S+)/.exec(runtime)?.[1],
        })
      const kubelet = await textOf(desk, 'kubelet --version', machine)
      if (kubelet)
        desk.same(`kubelet of ${machine}`, {
          node: nodeInfo['kubeletVersion'],
          kubelet: kubelet.trim().split(' ')[1],
        })
    }
  },
}

const podRoutes: Relation = {
  name: "a running pod has an address in its node's range, and a route there",
  where: 'cluster',
  check: async desk => {
    const nodes = (await itemsOf<Node>(desk, 'nodes')) ?? []
    const pods = (await itemsOf<Pod>(desk, 'pods -A')) ?? []
    for (const pod of pods) {
      const node = nodes.find(({ metadata }) => metadata.name === pod.spec.nodeName)
      const prefix = node?.spec.podCIDR?.replace(/\.\d+\/24$/, '.')
      if (!pod.status.podIP || pod.spec.hostNetwork || !prefix?.endsWith('.')) continue
      desk.holds(
        pod.status.podIP.startsWith(prefix),
        `${pod.metadata.name} has ${pod.status.podIP} | its node's range is ${node?.spec.podCIDR}`,
      )
    }
    for (const { metadata, status } of nodes) {
      const inside = status.addresses
        .filter(({ type }) => type === 'InternalIP')
        .map(({ address }) => address)
      desk.same(`hosts of pods on ${metadata.name}`, {
        node: inside,
        pods: sorted(
          [
            ...new Set(
              pods
                .filter(({ spec }) => spec.nodeName === metadata.name)
                .flatMap(pod => pod.status.hostIP ?? []),
            ),
            ...inside,
          ].filter((one, at, all) => all.indexOf(one) === at),
        ),
      })
    }
  },
}

/** Relations about nodes. */
export const nodeRelations: readonly Relation[] = [statesAgree, sumsAgree, machineAgrees, podRoutes]
