import { chanceBetween } from '../../chance.ts'
import { listObjects, touchObject } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

const range = { least: 30_000, most: 32_767 }

const portsOf = (service: KubeObject): readonly KubeValue[] => service.spec?.ports ?? []

const freePort = (world: World): number => {
  const taken = new Set(
    listObjects(world.kube, 'Service')
      .flatMap(portsOf)
      .map(port => port.nodePort),
  )
  for (;;) {
    const port = chanceBetween(world, range)
    if (!taken.has(port)) return port
  }
}

const opensNodes = ({ spec }: KubeObject): boolean =>
  spec?.type === 'NodePort' || (spec?.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false)

/** A service has a port on the nodes, and addresses from outside, as long as its type gives it such. */
export const syncNodePorts = (world: World): void => {
  for (const service of listObjects(world.kube, 'Service')) {
    const wants = opensNodes(service)
    if (portsOf(service).some(port => (port.nodePort !== undefined) !== wants)) {
      service.spec.ports = portsOf(service).map(({ nodePort, ...port }) =>
        wants ? { ...port, nodePort: nodePort ?? freePort(world) } : port,
      )
      touchObject(world, service)
    }
    if (service.spec?.type === 'LoadBalancer' || service.status?.loadBalancer?.ingress === undefined) continue
    service.status = { ...service.status, loadBalancer: {} }
    touchObject(world, service)
  }
}
