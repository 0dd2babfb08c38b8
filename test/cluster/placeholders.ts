import { shellAt, type World } from '../../src/cluster/index.ts'

const firstLineOf = async (world: World, machine: string, line: string): Promise<string> => {
  const { stdout } = await shellAt(world, { machine, hasTerminal: false }).run(line)
  return stdout.split('\n')[0] ?? ''
}

const addressOf = (world: World, machine: string): string =>
  world.machines
    .get(machine)
    ?.interfaces.find(i => i.name !== 'lo')
    ?.addresses[0]?.split('/')[0] ?? ''

const podOf = (selector: string): string =>
  `$(kubectl get pods -n kube-system -o name -l ${selector} | head -1)`

/** What fills the placeholders of the documents' commands with names of an MKS world, by the place where a command runs. */
export const createFiller = async (world: World): Promise<(run: string, where: string) => string> => {
  const controlPlane = world.handles['control-plane'] ?? ''
  const worker = world.handles['worker-1'] ?? ''
  const etcd = await firstLineOf(world, controlPlane, 'crictl ps -q --name etcd')
  const container = await firstLineOf(world, worker, 'crictl ps -q')
  const app = (await firstLineOf(world, world.home, 'kubectl get pods -n shop -o name')).replace('pod/', '')
  const podAddress = await firstLineOf(
    world,
    world.home,
    "kubectl get pods -n shop -o wide | grep ^web | awk '{print $(NF-3)}'",
  )
  const otherPodAddress = await firstLineOf(
    world,
    world.home,
    `kubectl get pods -n shop -o wide | grep -v ${worker} | awk '$3 == "Running" {print $(NF-3)}'`,
  )
  const rows: readonly (readonly [RegExp, string])[] = [
    [/CONTROL_PLANE_IP|<api-server>/g, addressOf(world, controlPlane)],
    [/WORKER_NODE_IP/g, addressOf(world, worker)],
    [/<etcd-container-id>/g, etcd],
    [/YOUR_RAFAY_ENDPOINT_DOMAIN/g, world.platforms.rafay?.controllerHost ?? ''],
    [/SERVICE_OR_DB_IP/g, '10.0.4.40'],
    [/SERVICE_NAME/g, 'kubelet'],
    [/kube-proxy-xxxxx/g, podOf('k8s-app=kube-proxy')],
    [/<cni-pod-name>/g, podOf('k8s-app=calico-node')],
    [/(kube-apiserver|etcd|kube-scheduler|kube-controller-manager)-<node>/g, `$1-${controlPlane}`],
    [/NODE_NAME|<node-name>|<node>/g, worker],
    [/POD_NAME -n kube-system/g, `${podOf('k8s-app=kube-dns')} -n kube-system`],
    [/POD_NAME -n NAMESPACE/g, `${app} -n shop`],
    [/-n (NAMESPACE|A_NAMESPACE|<namespace>)/g, '-n shop'],
    [/SVC_NAME|A_SERVICE/g, 'web'],
    [/<pod-name>|<pending-pod>|<pod>/g, `${app} -n shop`],
    [/<service-name>/g, 'web -n shop'],
    [/POD_IP:PORT/g, `${podAddress}:8080`],
    [/<label>/g, 'web'],
    [/<pod-id>/g, '$(crictl pods -q | head -1)'],
    [/<image-name>/g, 'pause'],
    [/<coredns-pod-ip>/g, '10.96.0.10'],
    [/<nfs-server-ip>|<nfs-server>/g, '10.0.4.30'],
    [/<revision>/g, '1'],
    [/<pv-name>/g, '$(kubectl get pv -o name | head -1 | cut -d/ -f2)'],
    [/<secret-name>|<configmap-name>/g, '-n shop'],
    [/TASKSET_ID/g, '1'],
    [/ping 10\.244\.2\.15/g, `ping ${otherPodAddress}`],
  ]
  return (run, where) => {
    const ownContainer = where === 'control-plane' ? etcd : container
    const filled = rows.reduce((text, [placeholder, value]) => text.replace(placeholder, value), run)
    return filled.replace(
      /CONTAINER_ID_OR_NAME|(SCHEDULER_|CONTROLLER_MANAGER_)?CONTAINER_ID|<container-id>/g,
      ownContainer,
    )
  }
}
