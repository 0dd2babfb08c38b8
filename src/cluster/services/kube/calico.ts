import { calicoRefusal } from '../../relations/agent-rights.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import type { Service } from '../service.ts'
import { isStarting } from '../starting.ts'
import { apiProblem, inClusterController, serviceAddress } from './network-agents.ts'
import { failedGet } from './pod-api.ts'
import { exits, repeating, tcp } from './telling.ts'

const stamp = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, -1).replace('T', ' ')}`

/** calico-node: needs the API server by its service address; without it is not ready. */
export const calicoNode: Service = {
  listens: () => [tcp(9099, '127.0.0.1'), tcp(179, '0.0.0.0')],
  // Felix and the part that gives pods their addresses.
  dials: world => Array.from({ length: 2 }, () => ({ host: serviceAddress(world), port: 443 })),
  ailment: (world, self) => {
    const startedMs = self.container?.startedMs ?? world.nowMs
    const refused = isStarting(world, self) ? calicoRefusal(world, 'calico-node') : undefined
    if (refused === undefined) return undefined
    const lines = [
      `[WARNING][9] startup/startup.go 448: Connection to the datastore is unauthorized error=${refused}`,
      '[WARNING][9] startup/utils.go 49: Terminating',
    ].map(text => ({ text: `${stamp(startedMs + 900)} ${text}` }))
    return { exit: exits(1), afterMs: 1_000, lines: [...lines, { text: 'Calico node failed to start' }] }
  },
  greeting: (world, self) => {
    const atMs = self.container?.startedMs ?? world.nowMs
    const say = (text: string) => ({ text: `${stamp(atMs)} [INFO][9] startup/startup.go ${text}` })
    return [
      say('427: Early log level set to info'),
      say('503: Initialize BGP data'),
      say(
        `747: Using autodetected IPv4 address on interface ${self.machine.interfaces.find(i => i.kind === 'ethernet')?.name ?? 'eth0'}`,
      ),
      say('594: Using node name: '.concat(nodeNameOf(self.machine))),
      { text: 'Calico node started successfully' },
    ]
  },
  chatter: (world, self, span) => {
    const problem = apiProblem(world, self)
    const refused = calicoRefusal(world, 'calico-node')
    if (problem === undefined && refused !== undefined)
      return repeating(
        span,
        5_000,
        atMs =>
          `${stamp(atMs)} [WARNING][68] felix/watchercache.go 180: Failed to perform list of current data during resync ListRoot="/calico/resources/v3/projectcalico.org/clusterinformations" error=${refused}`,
      )
    if (problem === undefined)
      return repeating(
        span,
        600_000,
        atMs =>
          `${stamp(atMs)} [INFO][68] felix/summary.go 100: Summarising 9 dataplane reconciliation loops over 1m3.1s: avg=6ms longest=19ms ()`,
      )
    return repeating(
      span,
      5_000,
      atMs =>
        `${stamp(atMs)} [ERROR][68] felix/health.go 360: Failed to connect to datastore error=${failedGet(`https://${serviceAddress(world)}:443/apis/crd.projectcalico.org/v1/clusterinformations/default`, problem)}`,
    )
  },
  answers: (world, self, { path }) => {
    if (!path.includes('-ready')) return { status: 200, body: '' }
    const problem = apiProblem(world, self) ?? calicoRefusal(world, 'calico-node')
    return problem === undefined
      ? { status: 200, body: '' }
      : { status: 500, body: 'calico/node is not ready: felix is not ready: readiness probe reporting 503\n' }
  },
}

/** Calico's controllers. */
export const calicoKubeControllers = inClusterController(
  (world, self) => [
    `${stamp(self.container?.startedMs ?? world.nowMs)} [INFO][1] main.go 107: Loaded configuration from environment config=&config.Config{LogLevel:"info", WorkloadEndpointWorkers:1}`,
    `${stamp(self.container?.startedMs ?? world.nowMs)} [INFO][1] main.go 131: Ensuring Calico datastore is initialized`,
  ],
  (problem, atMs) =>
    `${stamp(atMs)} [ERROR][1] client.go 290: Error getting cluster information config ClusterInformation="default" error=${failedGet('https://10.96.0.1:443/apis/crd.projectcalico.org/v1/clusterinformations/default', problem)}`,
)
