import { msOf } from '../../kube/times.ts'
import { storeRefusal } from '../../relations/api-server.ts'
import {
  answerTo,
  COMES_UP_MS,
  type Elected,
  isAble,
  isElected,
  leaseObjection,
  leaseOf,
  refusedTo,
} from '../../relations/components.ts'
import { unknownController } from '../../relations/controllers.ts'
import { flagsOf } from '../../relations/flags.ts'
import { isProblem, readKubeconfig, serversIn } from '../../relations/kubeconfig.ts'
import type { World } from '../../world/world.ts'
import type { Ailment, Running, Service, Span } from '../service.ts'
import { isStarting } from '../starting.ts'
import { isPortTaken } from './bind-problem.ts'
import { unknownFlag } from './control-plane-flags.ts'
import { fileProblem } from './elected-files.ts'
import { commandOf, componentOf, startOf } from './elected-process.ts'
import { flagValueProblem } from './flag-values.ts'
import { forbiddenPath } from './forbidden-path.ts'
import { foreignRange } from './foreign-range.ts'
import { leadLines, servingLines } from './lead-lines.ts'
import { controllerEvents, toldWithin } from './ordinary-lines.ts'
import { exits, klogOf, repeating, type TimedLine, tcp } from './telling.ts'

/** Within this of its start one that leads has said so at once. */
const SOON_MS = 2_000
const RENEW_DEADLINE_MS = 10_000
const ports: Readonly<Record<Elected, number>> = { 'kube-controller-manager': 10257, 'kube-scheduler': 10259 }

const startAilment = (world: World, self: Running, name: Elected): Ailment | undefined => {
  const startedMs = startOf(world, self)
  if (!isStarting(world, self)) return undefined
  const end = (text: string): Ailment => ({ exit: exits(1), afterMs: 900, lines: [{ text }] })
  const failed = (text: string) =>
    end(klogOf('E', { atMs: startedMs + 800, source: 'run.go:74' }, `"command failed" err="${text}"`))
  const unknown = unknownFlag(name, commandOf(self))
  if (unknown !== undefined) return end(`Error: unknown flag: --${unknown}`)
  const unread = flagValueProblem(commandOf(self))
  if (unread !== undefined) return end(unread)
  const foreign = unknownController(world, flagsOf(commandOf(self)).controllers ?? '')
  if (foreign !== undefined && name === 'kube-controller-manager')
    return failed(`\\"${foreign}\\" is not in the list of known controllers`)
  const problem = fileProblem(world, self, { name, flags: flagsOf(commandOf(self)) })
  if (problem !== undefined) return failed(problem)
  const port = Number(flagsOf(commandOf(self))['secure-port'] ?? ports[name])
  return isPortTaken(self.machine, port)
    ? failed(
        `failed to create listener: failed to listen on 127.0.0.1:${port}: listen tcp 127.0.0.1:${port}: bind: address already in use`,
      )
    : undefined
}

/** A leader that could not renew its lease in time ends; a controller manager also when the API server is not well at its start. */
const lostLease = (world: World, self: Running, name: Elected): Ailment | undefined => {
  const component = componentOf(world, self, name)
  if (component === undefined || !isElected(component) || isAble(world, component, name)) return undefined
  const { holder, renewedMs } = leaseOf(world, name)
  const startedMs = startOf(world, self)
  const say = (level: 'E' | 'F' | 'I', source: string, text: string) => ({
    text: klogOf(level, { atMs: world.nowMs, source }, text),
  })
  if (holder === component.identity && renewedMs >= startedMs) {
    const afterMs = renewedMs + RENEW_DEADLINE_MS - startedMs
    return {
      exit: exits(1),
      afterMs,
      lines: [
        say(
          'I',
          'leaderelection.go:285',
          `failed to renew lease kube-system/${name}: timed out waiting for the condition`,
        ),
        name === 'kube-scheduler'
          ? say('E', 'server.go:242', '"Leaderelection lost"')
          : say('E', 'controllermanager.go:302', '"leaderelection lost"'),
      ],
    }
  }
  if (answerTo(world, component)?.kind === 'answers') return undefined
  if (name === 'kube-scheduler' || world.nowMs - startedMs > RENEW_DEADLINE_MS + 10_000) return undefined
  return {
    exit: exits(1),
    afterMs: RENEW_DEADLINE_MS,
    lines: [
      say(
        'E',
        'controllermanager.go:235',
        '"Error building controller context" err="failed to wait for apiserver being healthy: timed out waiting for the condition"',
      ),
    ],
  }
}

const rangeAilment = (world: World, self: Running, name: Elected): Ailment | undefined => {
  const problem = name === 'kube-scheduler' ? undefined : foreignRange(world, flagsOf(commandOf(self)))
  if (problem === undefined) return undefined
  const identity = componentOf(world, self, name)?.identity
  if (identity === undefined || leaseOf(world, name).holder !== identity) return undefined
  const at = { atMs: world.nowMs, source: 'controllermanager.go:253' }
  return {
    exit: exits(1),
    afterMs: Math.max(SOON_MS, world.nowMs - startOf(world, self)),
    lines: [{ text: klogOf('E', at, `"Error starting controllers" err="${problem}"`) }],
  }
}

const complaint = (world: World, self: Running, name: Elected) => {
  const component = componentOf(world, self, name)
  const answer = component === undefined ? undefined : answerTo(world, component)
  if (component === undefined || answer === undefined) return undefined
  if (answer.kind === 'answers')
    return {
      ...refusedTo(world, component, name),
      update: storeRefusal(world, answer.server) ?? leaseObjection(world, 'kube-system', name),
    }
  const config = readKubeconfig(component.machine, component.kubeconfig, component.program)
  const url = isProblem(config) ? '' : config.server
  const lease = `Get "${url}/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/${name}?timeout=5s"`
  if (answer.kind === 'unauthorized')
    return { lease: 'Unauthorized', list: 'Unauthorized', update: undefined }
  return {
    update: undefined,
    lease: `${lease}: ${answer.text}`,
    list: `Get "${url}/api/v1/nodes?limit=500&resourceVersion=0": ${answer.text}`,
  }
}

const leads = (world: World, self: Running, name: Elected): boolean =>
  componentOf(world, self, name)?.identity === leaseOf(world, name).holder

/** What one says that came to lead only some time after its start. */
const acquiredLines = (
  world: World,
  self: Running,
  { name, span }: { readonly name: Elected; readonly span: Span },
): readonly TimedLine[] => {
  const { lease } = leaseOf(world, name)
  const acquiredMs = msOf(lease?.spec?.acquireTime)
  const isLate = acquiredMs >= startOf(world, self) + COMES_UP_MS
  if (!isLate || !leads(world, self, name)) return []
  return toldWithin(span, acquiredMs).flatMap(atMs =>
    leadLines(world, name, commandOf(self)).map(([source, text]) => ({
      atMs,
      text: klogOf('I', { atMs, source }, text),
    })),
  )
}

const chatterOf =
  (name: Elected): NonNullable<Service['chatter']> =>
  (world, self, span) => {
    const problem = complaint(world, self, name)
    const lines: TimedLine[] = []
    if (problem?.lease !== undefined)
      lines.push(
        ...repeating(span, 4_000, atMs =>
          klogOf(
            'E',
            { atMs, source: 'leaderelection.go:332' },
            `error retrieving resource lock kube-system/${name}: ${problem.lease}`,
          ),
        ),
      )
    if (problem?.update !== undefined && problem.lease === undefined)
      lines.push(
        ...repeating(span, 4_000, atMs =>
          klogOf('E', { atMs, source: 'leaderelection.go:369' }, `Failed to update lock: ${problem.update}`),
        ),
      )
    lines.push(...acquiredLines(world, self, { name, span }))
    if (name === 'kube-controller-manager' && leads(world, self, name))
      lines.push(...controllerEvents(world, self, span))
    if (problem?.list !== undefined)
      lines.push(
        ...repeating(span, 9_000, atMs => [
          klogOf(
            'W',
            { atMs, source: 'reflector.go:533' },
            `vendor/k8s.io/client-go/informers/factory.go:150: failed to list *v1.Node: ${problem.list}`,
          ),
          klogOf(
            'E',
            { atMs, source: 'reflector.go:148' },
            `vendor/k8s.io/client-go/informers/factory.go:150: Failed to watch *v1.Node: failed to list *v1.Node: ${problem.list}`,
          ),
        ]),
      )
    return lines.sort((a, b) => a.atMs - b.atMs)
  }

const greetingOf =
  (name: Elected): NonNullable<Service['greeting']> =>
  (world, self) => {
    const atMs = startOf(world, self) + 500
    const say = (source: string, text: string) => ({ text: klogOf('I', { atMs, source }, text) })
    const { holder } = leaseOf(world, name)
    const isOwn = holder === undefined || componentOf(world, self, name)?.identity === holder
    const component = componentOf(world, self, name)
    const isAlone = component !== undefined && !isElected(component)
    const version =
      name === 'kube-scheduler'
        ? `"Starting Kubernetes Scheduler" version="${world.kube.version}"`
        : `"Starting" version="${world.kube.version}"`
    return [
      say('serving.go:348', 'Generated self-signed cert in-memory'),
      say(name === 'kube-scheduler' ? 'server.go:154' : 'controllermanager.go:187', version),
      say('secure_serving.go:213', `Serving securely on 127.0.0.1:${ports[name]}`),
      ...servingLines(world, name).map(([source, text]) => say(source, text)),
      ...(isAlone
        ? []
        : [say('leaderelection.go:250', `attempting to acquire leader lease kube-system/${name}...`)]),
      ...(isOwn && !isAlone
        ? leadLines(world, name, commandOf(self)).map(([source, text]) => say(source, text))
        : []),
    ]
  }

const elected = (name: Elected): Service => ({
  listens: (_world, self) => [
    tcp(
      Number(flagsOf(commandOf(self))['secure-port'] ?? ports[name]),
      flagsOf(commandOf(self))['bind-address'] ?? '127.0.0.1',
    ),
  ],
  ailment: (world, self) =>
    startAilment(world, self, name) ?? lostLease(world, self, name) ?? rangeAilment(world, self, name),
  greeting: greetingOf(name),
  chatter: chatterOf(name),
  dials: (_world, self) => {
    const program = self.container ?? self.unit
    return program === undefined
      ? []
      : serversIn(self.machine, flagsOf(commandOf(self)).kubeconfig ?? '', program)
  },
  answers: (_world, _self, { path }) =>
    /^\/(healthz|livez|readyz)/.test(path) ? { status: 200, body: 'ok' } : forbiddenPath(path),
})

/** kube-controller-manager: needs its kubeconfig and the API server; gives up without them, and when it loses its lease. */
export const kubeControllerManager = elected('kube-controller-manager')

/** kube-scheduler: needs its kubeconfig; waits for the API server; gives up when it loses its lease. */
export const kubeScheduler = elected('kube-scheduler')
