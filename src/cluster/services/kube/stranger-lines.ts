import { clientAuthoritiesOf } from '../../relations/api-server.ts'
import { askApi } from '../../relations/ask-api.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { clusterHosts, isUnitRunning, kubeletUnitOf } from '../../relations/cluster-hosts.ts'
import { componentsOf } from '../../relations/components.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import { kubeletConfigPath } from '../../relations/kubelet-settings.ts'
import { runningContainers } from '../../relations/pods.ts'
import type { Daemon } from '../../relations/read-settings.ts'
import { unverifiedText } from '../../relations/server-clients.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Running, Span } from '../service.ts'
import { serverOf } from './api-process.ts'
import { apiProblem } from './network-agents.ts'
import { UNAUTHORIZED } from './pod-api.ts'
import { klogOf, repeating, type TimedLine } from './telling.ts'

type Asker = { readonly machine: Machine; readonly path: string; readonly program: Daemon }

/** The programs that come to the API server again and again with a kubeconfig of their own. */
const askersOf = (world: World): readonly Asker[] => [
  ...clusterHosts(world).flatMap(({ machine }) => {
    const unit = kubeletUnitOf(machine)
    return unit === undefined || !isUnitRunning(machine, unit.name)
      ? []
      : [{ machine, path: kubeletConfigPath(unit), program: unit }]
  }),
  ...(['kube-controller-manager', 'kube-scheduler'] as const).flatMap(name =>
    componentsOf(world, name).map(({ machine, kubeconfig, program }) => ({
      machine,
      path: kubeconfig,
      program,
    })),
  ),
]

/** Why the API server does not know somebody who comes with a certificate, as it logs it. */
const certificateProblem = (
  world: World,
  self: Running,
  { machine, path, program }: Asker,
): string | undefined => {
  const config = readKubeconfig(machine, path, program)
  if (isProblem(config) || config.client === undefined) return undefined
  const answer = askApi(world, { from: machine, config, heldSinceMs: program.startedMs })
  return answer.kind === 'unauthorized'
    ? unverifiedText(config.client, {
        authorities: clientAuthoritiesOf(serverOf(self)),
        atMs: machineNowMs(world, self.machine),
      })
    : undefined
}

const HOUR_MS = 3_600_000

/** What it finds wrong with a token: past its end by its own clock, or signed with a key that it does not know. */
const tokenProblem = ({ clockOffsetMs }: Machine): string =>
  clockOffsetMs >= HOUR_MS
    ? '[invalid bearer token, service account token has expired]'
    : '[invalid bearer token, square/go-jose: error in cryptographic primitive]'

const agents = ['coredns', 'calico-node', 'kube-proxy', 'metrics-server'] as const

const hasStrangeToken = (world: World): boolean =>
  agents.some(name =>
    runningContainers(world, name).some(
      ({ machine, container }) => apiProblem(world, { machine, unit: undefined, container }) === UNAUTHORIZED,
    ),
  )

const ASKED_MS = 6_000

/** What an API server says of those who come to it and whom it does not know. */
export const strangerLines = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  // Who comes is found out anew only when it is told.
  if (repeating(span, ASKED_MS, () => '').length === 0) return []
  const problems = askersOf(world).flatMap(asker => certificateProblem(world, self, asker) ?? [])
  const tokens = hasStrangeToken(world) ? [tokenProblem(self.machine)] : []
  return [...new Set([...problems, ...tokens])].flatMap(problem =>
    repeating(span, ASKED_MS, atMs =>
      klogOf(
        'E',
        { atMs, source: 'authentication.go:73' },
        `"Unable to authenticate the request" err="${problem}"`,
      ),
    ),
  )
}
