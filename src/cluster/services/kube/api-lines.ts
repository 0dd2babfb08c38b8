import { listObjects } from '../../kube/store.ts'
import { msOf } from '../../kube/times.ts'
import { askApi } from '../../relations/ask-api.ts'
import { clusterHosts, isUnitRunning, kubeletUnitOf } from '../../relations/cluster-hosts.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import { kubeletConfigPath } from '../../relations/kubelet-settings.ts'
import type { World } from '../../world/world.ts'
import type { Span } from '../service.ts'
import { toldWithin } from './ordinary-lines.ts'
import { klogOf, repeating, type TimedLine } from './telling.ts'

/** The addresses of services that were made within a span. */
export const allocatedLines = (world: World, span: Span): readonly TimedLine[] =>
  listObjects(world.kube, 'Service').flatMap(({ metadata, spec }) =>
    toldWithin(span, msOf(metadata.creationTimestamp)).flatMap(atMs => {
      const address = spec?.clusterIP
      if (address === undefined || address === 'None') return []
      const name = `${metadata.namespace}/${metadata.name}`
      const text = `"allocated clusterIPs" service="${name}" clusterIPs={"IPv4":"${address}"}`
      return [{ atMs, text: klogOf('I', { atMs, source: 'alloc.go:330' }, text) }]
    }),
  )

/** The addresses of the nodes whose kubelets do not take the certificate that the API server shows them. */
const doubters = (world: World): readonly string[] =>
  clusterHosts(world).flatMap(({ machine, host }) => {
    const unit = kubeletUnitOf(machine)
    if (unit === undefined || !isUnitRunning(machine, unit.name)) return []
    const config = readKubeconfig(machine, kubeletConfigPath(unit), unit)
    if (isProblem(config)) return []
    const answer = askApi(world, { from: machine, config, heldSinceMs: unit.startedMs })
    return answer.kind === 'tls' ? [mainAddressOf(host)] : []
  })

/** What an API server says of clients that end the handshake because of its certificate. */
export const handshakeLines = (world: World, span: Span): readonly TimedLine[] => {
  const addresses = doubters(world)
  return addresses.flatMap((address, at) =>
    repeating(span, 7_000 + at * 500, atMs =>
      klogOf(
        'I',
        { atMs, source: 'log.go:245' },
        `http: TLS handshake error from ${address}:${32_768 + (Math.floor(atMs / 7) % 28_000)}: remote error: tls: bad certificate`,
      ),
    ),
  )
}
