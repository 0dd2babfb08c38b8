import { readText } from '../../files/file-tree.ts'
import { resolvePath } from '../../files/paths.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { klog } from '../../kube/times.ts'
import { type ApiAnswer, askApi } from '../../relations/ask-api.ts'
import { decodeCertificates, decodeKey } from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { isProblem, type Kubeconfig, readKubeconfig } from '../../relations/kubeconfig.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { readGoDuration } from '../../text/spans.ts'
import type { Arguments } from './arguments.ts'
import { impersonationProblem, personAsked } from './impersonate.ts'
import { sendToServer } from './send-to-server.ts'

/** A client that the API server answers. */
export type Client = {
  readonly call: Call
  readonly args: Arguments
  readonly config: Kubeconfig
  readonly namespace: string
  readonly answer: Extract<ApiAnswer, { kind: 'answers' }>
}

/** Whether the time of a client is up because whoever runs it has set a limit, as timeout(1) does. */
export const isOutOfTime = ({ call: { world, passage } }: Client): boolean =>
  world.nowMs >= (passage.deadlineMs ?? Number.POSITIVE_INFINITY)

const K3S_CONFIG = '/etc/rancher/k3s/k3s.yaml'

const localhost: Kubeconfig = {
  server: 'http://localhost:8080',
  authorities: [],
  skipsVerify: true,
  client: undefined,
  clientKeyId: undefined,
  token: undefined,
  namespace: 'default',
  context: '',
}

/** The path of the kubeconfig that a call uses, and whether it was named. */
export const configPathOf = (
  call: Call,
  { flags }: Arguments,
): { readonly path: string; readonly isNamed: boolean } => {
  const named = flags.get('kubeconfig')
  if (named !== undefined) return { path: resolvePath(call.cwd, named), isNamed: true }
  const own = call.env.KUBECONFIG?.split(':').find(path => path !== '')
  if (own !== undefined) return { path: resolvePath(call.cwd, own), isNamed: false }
  const home = `${call.env.HOME ?? '/root'}/.kube/config`
  if (
    readText(call.machine.files, home) === undefined &&
    readText(call.machine.files, K3S_CONFIG) !== undefined
  )
    return { path: K3S_CONFIG, isNamed: false }
  return { path: home, isNamed: false }
}

/** What a command line says of whom to trust and as whom to come, in place of what the kubeconfig says. */
const credentialsIn = (call: Call, { flags }: Arguments): Partial<Kubeconfig> => {
  const text = (flag: string): string | undefined => {
    const path = flags.get(flag)
    return path === undefined ? undefined : readText(call.machine.files, resolvePath(call.cwd, path))
  }
  const authority = text('certificate-authority')
  const certificate = text('client-certificate')
  const key = text('client-key')
  const token = flags.get('token')
  return {
    ...(authority === undefined ? {} : { authorities: decodeCertificates(authority) }),
    ...(certificate === undefined ? {} : { client: decodeCertificates(certificate)[0] }),
    ...(key === undefined ? {} : { clientKeyId: decodeKey(key) }),
    ...(token === undefined ? {} : { token }),
  }
}

/** The kubeconfig of a call, or the reply that says why there is none. */
export const configOf = (call: Call, args: Arguments): Kubeconfig | Reply => {
  const { path, isNamed } = configPathOf(call, args)
  const { flags } = args
  const choice = { context: flags.get('context'), cluster: flags.get('cluster'), user: flags.get('user') }
  // Where a rule or a set of credentials is made `--user` says whom it is for.
  const isOwn = /^(create|config|set)$/.test(args.words[0] ?? '')
  const config = readKubeconfig(call.machine, path, isOwn ? { ...choice, user: undefined } : choice)
  if (!isProblem(config)) {
    const server = args.flags.get('server') ?? config.server
    return {
      ...config,
      ...(isOwn ? {} : credentialsIn(call, args)),
      server,
      skipsVerify: config.skipsVerify || args.flags.has('insecure-skip-tls-verify'),
    }
  }
  if (config.isMissing && !isNamed) return localhost
  return { stderr: `error: ${config.problem}\n`, exit: 1 }
}

const hostOf = (server: string): string => {
  const host = server.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
  return host.includes(':') ? host : `${host}:443`
}

const REFUSED_TRIES = 5
/** The first release that tells of each try to learn what a server has. */
const TELLS_TRIES = 26

const refused = (call: Call, { server }: Kubeconfig, text: string): string => {
  const atMs = machineNowMs(call.world, call.machine)
  const line = (at: number): string =>
    `${klog('E', { atMs: atMs + at, pid: 10_000 + (Math.floor(atMs / 1000) % 50_000), source: 'memcache.go:265' }, `couldn't get current server API group list: Get "${server}/api?timeout=32s": ${text}`)}\n`
  const count = minorOf(call.world) < TELLS_TRIES ? 0 : REFUSED_TRIES
  const tries = Array.from({ length: count }, (_, index) => line(index)).join('')
  return `${tries}The connection to the server ${hostOf(server)} was refused - did you specify the right host or port?\n`
}

/** How long a request may take, in milliseconds: `--request-timeout` takes bare seconds too, and 0 is no end. */
export const patienceOf = (text: string | undefined): number => {
  const read = readGoDuration(/^\d+$/.test(text ?? '') ? `${text}s` : (text ?? ''))
  return 'ms' in read && read.ms > 0 ? read.ms : Number.POSITIVE_INFINITY
}

/** What kubectl says when the API server does not answer as it should. */
export const failureOf = (
  call: Call,
  config: Kubeconfig,
  {
    answer,
    timeout,
  }: { readonly answer: Exclude<ApiAnswer, { kind: 'answers' }>; readonly timeout: string | undefined },
): Reply => {
  if (answer.kind === 'unauthorized')
    return {
      stderr: 'error: You must be logged in to the server (Unauthorized)\n',
      exit: 1,
      tookMs: answer.tookMs,
    }
  if (answer.kind === 'refused') return { stderr: refused(call, config, answer.text), exit: 1, tookMs: 60 }
  const patienceMs = patienceOf(timeout)
  if (answer.tookMs > patienceMs) {
    const text =
      answer.kind === 'unavailable'
        ? 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
        : 'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)'
    return { stderr: `Unable to connect to the server: ${text}\n`, exit: 1, tookMs: patienceMs }
  }
  if (answer.kind === 'unavailable' && answer.text.startsWith('etcdserver'))
    return { stderr: `Error from server: ${answer.text}\n`, exit: 1, tookMs: answer.tookMs }
  return { stderr: `Unable to connect to the server: ${answer.text}\n`, exit: 1, tookMs: answer.tookMs }
}

/** Connects a call to the API server. */
export const connectClient = (call: Call, args: Arguments): Client | Reply => {
  const config = configOf(call, args)
  if (!('server' in config)) return config
  if (config === localhost)
    return {
      stderr: refused(call, config, 'dial tcp 127.0.0.1:8080: connect: connection refused'),
      exit: 1,
      tookMs: 60,
    }
  const answer = askApi(call.world, { from: call.machine, config, environment: call.env })
  const patienceMs = patienceOf(args.flags.get('request-timeout'))
  if (answer.kind !== 'answers')
    return failureOf(call, config, { answer, timeout: args.flags.get('request-timeout') })
  if (answer.latencyMs > patienceMs)
    return {
      stderr:
        'Unable to connect to the server: context deadline exceeded (Client.Timeout exceeded while awaiting headers)\n',
      exit: 1,
      tookMs: patienceMs,
    }
  sendToServer(call, config.server)
  const namespace = args.flags.get('namespace') ?? config.namespace
  const problem = impersonationProblem(call.world, answer, args)
  if (problem !== undefined) return { stderr: problem, exit: 1, tookMs: answer.latencyMs }
  return { call, args, config, answer: { ...answer, ...personAsked(answer, args) }, namespace }
}

/** Whether a client came about. */
export const isClient = (client: Client | Reply): client is Client => 'answer' in client
