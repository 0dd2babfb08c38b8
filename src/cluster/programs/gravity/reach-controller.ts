import { isPlanetRunning } from '../../laws/gravity/keep-planets.ts'
import { connect } from '../../relations/connect.ts'
import { resolveName } from '../../relations/resolve-name.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { failed } from './new-operation.ts'

const HOST = 'gravity-site.kube-system.svc.cluster.local'
const PORT = 3009
const URL = `https://${HOST}:${PORT}/portal/v1/sites/local`

/** What stands between the client on a host and the cluster's controller, which it finds through Planet's resolver; `undefined` where nothing does. */
export const controllerFailure = ({ world, host }: Call): Reply | undefined => {
  const { planet } = host
  const refused = (text: string, tookMs: number): Reply => failed(`Get ${URL}: dial ${text}`, { tookMs })
  if (planet === undefined || !isPlanetRunning(host))
    return refused(
      `tcp: lookup ${HOST} on 127.0.0.2:53: read udp 127.0.0.1:51802->127.0.0.2:53: read: connection refused`,
      1_000,
    )
  const found = resolveName(world, planet, HOST)
  if (found.kind !== 'found') return refused(`tcp: lookup ${HOST} on 127.0.0.2:53: no such host`, 5_000)
  const address = found.addresses[0] ?? ''
  const dialed = connect(world, { from: planet, address, port: PORT, protocol: 'tcp' })
  if (dialed.kind === 'open') return undefined
  return dialed.kind === 'refused'
    ? refused(`tcp ${address}:${PORT}: connect: connection refused`, 500)
    : refused(`tcp ${address}:${PORT}: i/o timeout`, 30_000)
}
