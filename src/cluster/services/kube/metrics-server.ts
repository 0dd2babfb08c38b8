import { listObjects } from '../../kube/store.ts'
import { apiServers } from '../../relations/api-server.ts'
import { scrapeProblem } from '../../relations/metrics-api.ts'
import { proxyClientProblem } from '../../relations/server-clients.ts'
import { quoted } from '../../text/quoted.ts'
import type { World } from '../../world/world.ts'
import type { Running, Service, Span } from '../service.ts'
import { apiProblem, inClusterController } from './network-agents.ts'
import { klogOf, repeating, type TimedLine, tcp } from './telling.ts'

const SCRAPE_MS = 15_000
const ASKED_MS = 30_000

const scrapeLines = (world: World, { machine, container }: Running, span: Span): readonly TimedLine[] => {
  if (container === undefined) return []
  const host = world.machines.get(machine.name) ?? machine
  return listObjects(world.kube, 'Node').flatMap(node => {
    const problem = scrapeProblem(world, { machine, host, container }, node)
    if (problem === undefined) return []
    const escaped = quoted(problem)
    return repeating(span, SCRAPE_MS, atMs =>
      klogOf(
        'E',
        { atMs, source: 'scraper.go:140' },
        `"Failed to scrape node" err="${escaped}" node="${node.metadata.name}"`,
      ),
    )
  })
}

/** What it says of an API server whose certificate it does not take for the proxy's. */
const proxyLines = (world: World, { machine }: Running, span: Span): readonly TimedLine[] => {
  const [server] = apiServers(world)
  const problem = server === undefined ? undefined : proxyClientProblem(world, server, machine)
  if (problem === undefined) return []
  return repeating(span, ASKED_MS, atMs =>
    klogOf(
      'E',
      { atMs, source: 'authentication.go:73' },
      `"Unable to authenticate the request" err="${problem}"`,
    ),
  )
}

const controller = inClusterController(
  (world, { container }) => {
    const atMs = container?.startedMs ?? world.nowMs
    return [
      klogOf(
        'I',
        { atMs, source: 'serving.go:342' },
        'Generated self-signed cert (/tmp/apiserver.crt, /tmp/apiserver.key)',
      ),
      klogOf('I', { atMs, source: 'secure_serving.go:267' }, 'Serving securely on [::]:4443'),
    ]
  },
  (problem, atMs) =>
    klogOf(
      'E',
      { atMs, source: 'configmap_cafile_content.go:242' },
      `kube-system/extension-apiserver-authentication failed with : Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": ${problem}`,
    ),
)

/** metrics-server: asks every node's kubelet for its figures, and answers while it reaches the API server. */
export const metricsServer: Service = {
  ...controller,
  chatter: (world, self, span) => [
    ...(controller.chatter?.(world, self, span) ?? []),
    ...scrapeLines(world, self, span),
    ...proxyLines(world, self, span),
  ],
  listens: () => [tcp(4443)],
  answers: (world, self) =>
    apiProblem(world, self) === undefined
      ? { status: 200, body: 'ok' }
      : { status: 500, body: '[-]metric-informer-sync failed: reason withheld\n' },
}
