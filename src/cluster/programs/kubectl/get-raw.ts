import { type Kind, kindsIn } from '../../kube/kinds.ts'
import { getObject } from '../../kube/store.ts'
import { availabilityOf } from '../../relations/metrics-api.ts'
import { serviceOf } from '../../services/services.ts'
import type { Reply } from '../../shell/program.ts'
import type { Client } from './client.ts'
import { discoveryAt } from './discovery.ts'
import { findNamed, objectsOf } from './find.ts'
import { refusedWish } from './forbidden.ts'
import { showLogs } from './logs.ts'
import { askNode, nodeProxyPath } from './node-proxy.ts'

/** Objects that a path of the API means. */
type Place = {
  readonly kind: Kind
  readonly namespace: string | undefined
  readonly name: string | undefined
  /** A part of the object that has a path of its own. */
  readonly part: string | undefined
}

const PATH =
  /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/namespaces\/([^/]+)(?=\/[a-z]))?\/([a-z]+)(?:\/([^/]+))?(?:\/([a-z]+))?$/

const readPlace = ({ call: { world } }: Client, route: string): Place | undefined => {
  const [, core, version = core, namespace, plural, name, part] = PATH.exec(route) ?? []
  const kind = kindsIn(world).find(one => one.plural === plural && one.version === version)
  return kind === undefined ? undefined : { kind, namespace, name, part }
}

const json = (value: unknown): Reply => ({ stdout: `${JSON.stringify(value)}\n` })

const notFound: Reply = {
  stderr: 'Error from server (NotFound): the server could not find the requested resource\n',
  exit: 1,
}

const listText = ({ call: { world } }: Client, { kind, namespace }: Place): Reply =>
  json({
    kind: `${kind.kind}List`,
    apiVersion: kind.version,
    metadata: { resourceVersion: String(world.kube.revision) },
    items: objectsOf(world, kind, namespace),
  })

/** The log of a pod by its path: what `kubectl logs` shows of it. */
const logAt = (client: Client, name: string, query: URLSearchParams): Reply => {
  const flags = new Map<string, string>()
  const container = query.get('container')
  const tail = query.get('tailLines')
  if (container !== null) flags.set('container', container)
  if (tail !== null) flags.set('tail', tail)
  if (query.get('previous') === 'true') flags.set('previous', 'true')
  return showLogs({ ...client, args: { ...client.args, flags, words: ['logs', name] } })
}

const answerAt = (client: Client, place: Place, query: URLSearchParams): Reply => {
  const { kind, name, part, namespace } = place
  if (name === undefined) return listText(client, place)
  const within = { ...client, namespace: namespace ?? client.namespace }
  const one = findNamed(within, kind, { name })
  if ('problem' in one) return { stderr: one.problem, exit: 1 }
  if (part === undefined || part === 'status') return json(one.object)
  return kind.kind === 'Pod' && part === 'log' ? logAt(within, name, query) : notFound
}

/** What the API server answers under a path that is none of an object. */
const answerOfServer = (client: Client, path: string): Reply => {
  const { server } = client.answer
  const container = server.machine.runtime?.containers.find(
    c => c.service === 'kube-apiserver' && c.state === 'running',
  )
  const self = { machine: server.machine, unit: undefined, container }
  const asked = { port: server.port, path, isAllowed: true } as const
  const answer = serviceOf('kube-apiserver').answers?.(client.call.world, self, asked)
  if (answer === undefined || answer.status === 403 || answer.status === 404) return notFound
  if (answer.status >= 500)
    return {
      stderr: `Error from server (InternalError): an error on the server ("${answer.body.replaceAll('\n', '\\n')}") has prevented the request from succeeding\n`,
      exit: 1,
    }
  return { stdout: answer.body }
}

/** What comes of a path below an API whose server is not available. */
const unservedPath = ({ call }: Client, path: string): Reply | undefined => {
  const [, group, version] = /^\/apis\/([^/]+)\/([^/?]+)/.exec(path) ?? []
  const service = getObject(call.world.kube, { kind: 'APIService', name: `${version}.${group}` })
  if (group === undefined || service === undefined || availabilityOf(call.world, service).isAvailable)
    return undefined
  return {
    stderr: 'Error from server (ServiceUnavailable): the server is currently unable to handle the request\n',
    exit: 1,
  }
}

/** `kubectl get --raw PATH`. */
export const getRaw = (client: Client, path: string): Reply => {
  const proxied = nodeProxyPath(path)
  if (proxied !== undefined) return askNode(client, proxied)
  const unserved = unservedPath(client, path)
  if (unserved !== undefined) return unserved
  const [route = '', query = ''] = path.split('?')
  const place = readPlace(client, route)
  const refused = refusedWish(
    client,
    place === undefined
      ? { verb: 'get', path: route }
      : {
          verb: place.name === undefined ? 'list' : 'get',
          group: place.kind.group,
          resource: place.part === undefined ? place.kind.plural : `${place.kind.plural}/${place.part}`,
          namespace: place.namespace,
          ...(place.name === undefined ? {} : { name: place.name }),
        },
  )
  if (refused !== undefined) return { stderr: `Error from server (Forbidden): ${refused}\n`, exit: 1 }
  if (place !== undefined) return answerAt(client, place, new URLSearchParams(query))
  const discovered = discoveryAt(client.call.world, path)
  return discovered === undefined ? answerOfServer(client, path) : json(discovered)
}
