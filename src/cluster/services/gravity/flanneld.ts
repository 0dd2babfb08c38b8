import { klog } from '../../kube/times.ts'
import { shownMs } from '../../relations/clock.ts'
import { etcdHealthOf } from '../../relations/etcd-health.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { flagsOf } from '../../relations/flags.ts'
import { serverAt } from '../../relations/kubeconfig.ts'
import type { World } from '../../world/world.ts'
import { repeating } from '../kube/telling.ts'
import type { Running, Service } from '../service.ts'

const say = (
  { machine, unit }: Running,
  level: 'I' | 'E',
  at: { atMs: number; source: string; text: string },
) => klog(level, { atMs: shownMs(machine, at.atMs), pid: unit?.mainPid ?? 1, source: at.source }, at.text)

const leaseOf = (world: World, { machine }: Running): string => {
  const node = world.kube.objects.get(`Node//${mainAddressOf(machine)}`)
  return node?.spec?.podCIDR ?? world.kube.podCidr
}

/** flanneld with the VXLAN backend: keeps its lease in etcd, complains while etcd does not answer; the tunnel is the kernel's. */
export const flanneld: Service = {
  dials: (_world, { unit }) =>
    (flagsOf(unit?.execStart.split(' ') ?? [])['etcd-endpoints'] ?? '').split(',').flatMap(url => {
      const server = serverAt(url)
      return server === undefined ? [] : [server]
    }),
  greeting: (world, self) => {
    const atMs = self.unit?.startedMs ?? world.nowMs
    const ip = mainAddressOf(self.machine)
    const info = (source: string, text: string) => ({ text: say(self, 'I', { atMs, source, text }) })
    return [
      info('main.go:450', `Searching for interface using ${ip}`),
      info(
        'main.go:531',
        `Using interface with name ${self.machine.interfaces.find(i => i.kind === 'ethernet')?.name ?? 'eth0'} and address ${ip}`,
      ),
      info('main.go:544', `Defaulting external address to interface address (${ip})`),
      info('main.go:244', 'Created subnet manager: Etcd Local Manager with Previous Subnet: None'),
      info('main.go:386', 'Found network config - Backend type: vxlan'),
      info(
        'vxlan.go:120',
        `VXLAN config: VNI=1 Port=${world.platforms.gravity?.vxlanPort ?? 8472} GBP=false DirectRouting=false`,
      ),
      info('local_manager.go:201', `Found lease (${leaseOf(world, self)}) for current IP (${ip}), reusing`),
      info('main.go:317', 'Wrote subnet file to /run/flannel/subnet.env'),
      info('main.go:321', 'Running backend.'),
      info('vxlan_network.go:60', 'watching for new subnet leases'),
    ]
  },
  chatter: (world, self, span) =>
    etcdHealthOf(world).hasQuorum
      ? repeating(span, 3_600_000, atMs =>
          say(self, 'I', {
            atMs,
            source: 'main.go:429',
            text: 'Waiting for 22h59m59.931s to renew lease',
          }),
        )
      : repeating(span, 10_000, atMs =>
          say(self, 'E', {
            atMs,
            source: 'watch.go:43',
            text: 'Watch subnets: client: etcd cluster is unavailable or misconfigured; error #0: client: etcd member https://127.0.0.1:2379 has no leader',
          }),
        ),
}
