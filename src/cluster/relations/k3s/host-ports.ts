import { getObject } from '../../kube/store.ts'
import { leadsToPod } from '../../network/host-port-rules.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

/** Where a port of a machine leads that a pod on it has asked for. */
export type HostPortTarget = {
  readonly address: string
  readonly port: number
  /** Whether the pod sends what comes on to a service, as a load balancer of k3s does. */
  readonly isSentOn: boolean
}

/** The pod's port behind a port of its machine (`hostPort`), where one runs that asked for it. */
export const hostPortTarget = (
  world: World,
  machine: Machine,
  { port, protocol }: { readonly port: number; readonly protocol: string },
): HostPortTarget | undefined => {
  for (const container of machine.runtime?.containers ?? []) {
    if (container.state !== 'running') continue
    const sandbox = machine.runtime?.sandboxes.find(one => one.id === container.sandboxId)
    if (sandbox === undefined || sandbox.isHostNetwork || sandbox.address === undefined) continue
    const { namespace, podName: name } = container
    const pod = getObject(world.kube, { kind: 'Pod', namespace, name })
    const spec = pod?.spec?.containers?.find((one: KubeValue) => one.name === container.name)
    const asked = spec?.ports?.find(
      (one: KubeValue) => one.hostPort === port && (one.protocol ?? 'TCP').toLowerCase() === protocol,
    )
    if (asked === undefined || !leadsToPod(machine.firewall, sandbox, { port, protocol })) continue
    const { DEST_IPS: ips, DEST_PORT: to } = container.environment
    return container.service === 'klipper-lb' && ips !== undefined
      ? { address: ips.split(/[\s,]/)[0] ?? '', port: Number(to), isSentOn: true }
      : { address: sandbox.address, port: asked.containerPort, isSentOn: false }
  }
  return undefined
}
