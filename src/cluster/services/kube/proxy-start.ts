import { minorOf } from '../../kube/minor-version.ts'
import { klog } from '../../kube/times.ts'
import type { World } from '../../world/world.ts'
import type { Line, Running } from '../service.ts'

/** The first release of kube-proxy that writes fields beside a message. */
const STRUCTURED = 21

type Said = readonly [source: string, text: string, level?: 'W']

const conntrackMax = ({ machine }: Running): string =>
  machine.sysctls.get('net.netfilter.nf_conntrack_max') ?? '262144'

const before = (world: World, self: Running): readonly Said[] => [
  ['server_others.go:267', 'Flag proxy-mode="" unknown, assuming iptables proxy', 'W'],
  ['server_others.go:147', 'Using iptables Proxier.'],
  ['server.go:555', `Version: ${world.kube.version}`],
  ['conntrack.go:52', `Setting nf_conntrack_max to ${conntrackMax(self)}`],
  ['config.go:102', 'Starting endpoints config controller'],
  ['controller_utils.go:1027', 'Waiting for caches to sync for endpoints config controller'],
  ['config.go:202', 'Starting service config controller'],
  ['controller_utils.go:1027', 'Waiting for caches to sync for service config controller'],
  ['controller_utils.go:1034', 'Caches are synced for endpoints config controller'],
  ['controller_utils.go:1034', 'Caches are synced for service config controller'],
]

const nodeAddress = ({ machine }: Running): string =>
  machine.interfaces.find(({ kind }) => kind === 'ethernet')?.addresses[0]?.split('/')[0] ?? ''

const structured = (world: World, self: Running): readonly Said[] => [
  ['server_others.go:69', '"Using iptables proxy"'],
  ['server.go:1050', `"Successfully retrieved node IP(s)" IPs=["${nodeAddress(self)}"]`],
  ['conntrack.go:58', `"Setting nf_conntrack_max" nf_conntrack_max=${conntrackMax(self)}`],
  ['server.go:632', '"kube-proxy running in dual-stack mode" primary ipFamily="IPv4"'],
  ['server_others.go:152', '"Using iptables Proxier"'],
  ['server.go:846', `"Version info" version="${world.kube.version}"`],
  ['server.go:848', '"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""'],
  ['config.go:188', '"Starting service config controller"'],
  ['shared_informer.go:311', 'Waiting for caches to sync for service config'],
  ['config.go:97', '"Starting endpoint slice config controller"'],
  ['shared_informer.go:311', 'Waiting for caches to sync for endpoint slice config'],
  ['config.go:315', '"Starting node config controller"'],
  ['shared_informer.go:311', 'Waiting for caches to sync for node config'],
  ['shared_informer.go:318', 'Caches are synced for service config'],
  ['shared_informer.go:318', 'Caches are synced for endpoint slice config'],
  ['shared_informer.go:318', 'Caches are synced for node config'],
]

/** What kube-proxy says as it starts: as process 1 of its container, or under the number that its unit has for it. */
export const proxyGreeting = (world: World, self: Running): readonly Line[] => {
  const { container, unit } = self
  const atMs = container?.startedMs ?? world.nowMs
  const pid = container === undefined ? (unit?.mainPid ?? 1) : 1
  const said: readonly Said[] = minorOf(world) < STRUCTURED ? before(world, self) : structured(world, self)
  return said.map(([source, text, level]) => ({ text: klog(level ?? 'I', { atMs, source, pid }, text) }))
}
