import { inStep } from '../../relations/in-step.ts'
import type { World } from '../../world/world.ts'
import { dialOut } from '../kube/dial-out.ts'
import { repeating } from '../kube/telling.ts'
import type { Running, Service } from '../service.ts'

const PORT = 443
const RETRY_MS = 15_000
const BEAT_MS = 300_000

const controllerOf = (world: World): string => world.platforms.rafay?.controllerHost ?? ''

const line = (atMs: number, level: 'info' | 'error', fields: Readonly<Record<string, string>>): string =>
  JSON.stringify({ level, ts: new Date(atMs).toISOString(), ...fields })

const problemOf = (world: World, self: Running): string | undefined =>
  inStep(world, `rafay/${self.container?.id}`, () =>
    dialOut(world, self, { host: controllerOf(world), port: PORT }),
  )

/** How an agent of Rafay names its work, and where in its source it says so. */
type Agent = { readonly caller: string; readonly peer: string }

const agent = ({ caller, peer }: Agent): Service => ({
  dials: world => [{ host: controllerOf(world), port: PORT }],
  greeting: (world, self) => {
    const atMs = self.container?.startedMs ?? world.nowMs
    const addr = `${controllerOf(world)}:${PORT}`
    const say = (msg: string) => ({ text: line(atMs, 'info', { caller: `${caller}:94`, msg, addr }) })
    return [
      say(`connecting to ${peer}`),
      ...(problemOf(world, self) === undefined ? [say(`connected to ${peer}`)] : []),
    ]
  },
  chatter: (world, self, span) => {
    const error = problemOf(world, self)
    const addr = `${controllerOf(world)}:${PORT}`
    return error === undefined
      ? repeating(span, BEAT_MS, atMs =>
          line(atMs, 'info', { caller: `${caller}:161`, msg: 'heartbeat sent', addr }),
        )
      : repeating(span, RETRY_MS, atMs =>
          line(atMs, 'error', {
            caller: `${caller}:127`,
            msg: `connection to ${peer} failed, retrying`,
            addr,
            error,
          }),
        )
  },
})

/** The agents of Rafay in a managed cluster, each with a connection to its controller. */
export const rafayAgents: Readonly<Record<string, Service>> = {
  'rafay-edge-client': agent({ caller: 'edgeclient/client.go', peer: 'edge server' }),
  'rafay-relay-agent': agent({ caller: 'relayagent/agent.go', peer: 'relay server' }),
  'rafay-connector': agent({ caller: 'connector/connector.go', peer: 'controller' }),
}
