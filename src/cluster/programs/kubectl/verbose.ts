import { klog } from '../../kube/times.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { isProblem, readKubeconfig } from '../../relations/kubeconfig.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { Arguments } from './arguments.ts'
import { type Client, configPathOf, isClient } from './client.ts'
import { isEverywhere, readWanted, type Wanted } from './find.ts'

/** From this level on kubectl tells of its requests, from the next one on also of their heads. */
const TELLS_REQUESTS = 6
const TELLS_HEADS = 7

type Request = { readonly method: string; readonly path: string; readonly status: string }

const levelOf = ({ flags }: Arguments): number => Number(flags.get('v') ?? 0)

const collectionOf = (client: Client, { kind }: Wanted): string => {
  const root = kind.group === '' ? '/api/v1' : `/apis/${kind.version}`
  const space = kind.isNamespaced && !isEverywhere(client) ? `/namespaces/${client.namespace}` : ''
  return `${root}${space}/${kind.plural}`
}

const changing: Readonly<Record<string, string>> = {
  ...{ patch: 'PATCH', label: 'PATCH', annotate: 'PATCH', scale: 'PATCH', edit: 'PATCH', taint: 'PATCH' },
  ...{ set: 'PATCH', cordon: 'PATCH', uncordon: 'PATCH', delete: 'DELETE' },
}

const readingOf = (client: Client, { stderr = '' }: Reply): readonly Request[] => {
  const [verb = '', ...words] = client.args.words
  const wanted = readWanted(client, /^(un)?cordon$/.test(verb) ? ['node', ...words] : words)
  if ('problem' in wanted) return []
  return wanted.flatMap(one => {
    const collection = collectionOf(client, one)
    if (one.names.length === 0)
      return [
        {
          method: 'GET',
          path: `${collection}?limit=500`,
          status: stderr.includes('(Forbidden)') ? '403 Forbidden' : '200 OK',
        },
      ]
    return one.names.flatMap(name => {
      const status = stderr.includes(`"${name}" not found`) ? '404 Not Found' : '200 OK'
      const method = changing[verb]
      const path = `${collection}/${name}`
      return [
        ...(method === 'DELETE' ? [] : [{ method: 'GET', path, status }]),
        ...(method === undefined || (method === 'PATCH' && status !== '200 OK')
          ? []
          : [{ method, path, status }]),
      ]
    })
  })
}

const requestsOf = (client: Client | Reply, reply: Reply): readonly Request[] => {
  if (!isClient(client)) return [{ method: 'GET', path: '/api?timeout=32s', status: '' }]
  const [verb = ''] = client.args.words
  const raw = client.args.flags.get('raw')
  if (raw !== undefined)
    return [{ method: 'GET', path: raw, status: reply.exit ? '404 Not Found' : '200 OK' }]
  if (verb === 'version') return [{ method: 'GET', path: '/version?timeout=32s', status: '200 OK' }]
  return /^(get|describe)$/.test(verb) || verb in changing ? readingOf(client, reply) : []
}

const CLIENT = 'kubectl/v1.28.9 (linux/amd64) kubernetes/587f5fe'
const ACCEPTED = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

/** What kubectl says of itself and its requests with `-v`, before all else that it says. */
export const withRequests = (
  call: Call,
  args: Arguments,
  { client, reply }: { readonly client: Client | Reply; readonly reply: Reply },
): Reply => {
  const level = levelOf(args)
  if (!(level >= TELLS_REQUESTS)) return reply
  const { path } = configPathOf(call, args)
  const config = readKubeconfig(call.machine, path)
  const server = isProblem(config) ? 'http://localhost:8080' : config.server
  const atMs = machineNowMs(call.world, call.machine)
  const pid = 10_000 + (Math.floor(atMs / 1000) % 50_000)
  const say = (source: string, text: string): string => `${klog('I', { atMs, pid, source }, text)}\n`
  const tookMs = isClient(client)
    ? Math.max(1, Math.round(client.answer.latencyMs))
    : Math.round(client.tookMs ?? 0)
  const tell = (request: Request): string => {
    const { method, status } = request
    const url = `${server}${request.path}`
    if (level < TELLS_HEADS)
      return say('round_trippers.go:553', `${method} ${url} ${status} in ${tookMs} milliseconds`)
    return [
      say('round_trippers.go:463', `${method} ${url}`),
      say('round_trippers.go:469', 'Request Headers:'),
      say('round_trippers.go:473', `    Accept: ${ACCEPTED}`),
      say('round_trippers.go:473', `    User-Agent: ${CLIENT}`),
      say('round_trippers.go:574', `Response Status: ${status} in ${tookMs} milliseconds`),
    ].join('')
  }
  const loaded = isProblem(config) ? '' : say('loader.go:395', `Config loaded from file:  ${path}`)
  const told = requestsOf(client, reply).map(tell).join('')
  return { ...reply, stderr: `${loaded}${told}${reply.stderr ?? ''}` }
}
