import { readText } from '../../files/file-tree.ts'
import { hashOf } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import { apiServersOn } from '../api-server.ts'
import { nodeNameOf } from '../cluster-hosts.ts'
import { hostAddressOf } from '../host-address.ts'
import { dialServer } from './balance.ts'
import { K3S_DATA } from './k3s-data.ts'
import { joinSettingsOf, k3sUnitOf, readServerUrl } from './k3s-units.ts'

const SERVER_CA = `${K3S_DATA}/server/tls/server-ca.crt`
/** Where a node keeps its password. */
export const NODE_PASSWORD = '/etc/rancher/node/password'

/** The hash of an authority as a token carries it. */
export const authorityHash = (certificate: string): string => hashOf(certificate.trim(), 64)

/** The Secret in which the server remembers a node's password. */
export const passwordSecretOf = (nodeName: string): string => `${nodeName}.node-password.k3s`

/** The node that such a secret is of; `undefined` of any other. */
export const nodeOfSecret = (name: string): string | undefined => /^(.+)\.node-password\.k3s$/.exec(name)?.[1]

/** What the server remembers of a node's password. */
export const passwordHashOf = (machine: Machine): string =>
  btoa(`$1:${hashOf(readText(machine.files, NODE_PASSWORD) ?? '', 32)}`)

const dialText: Readonly<Record<string, string>> = {
  refused: 'connect: connection refused',
  timeout: 'i/o timeout',
  'no-route': 'connect: no route to host',
  'unreachable-network': 'connect: network is unreachable',
  'black-hole': 'connect: invalid argument',
}

const tokenParts = (token: string): { readonly hash: string | undefined; readonly secret: string } => {
  const read = /^K10([0-9a-f]+)::(.+)$/.exec(token.trim())
  return { hash: read?.[1], secret: (read?.[2] ?? token).trim() }
}

const secretOf = (token: string): string => tokenParts(token).secret.replace(/^(server|node):/, '')

const reachProblem = (world: World, machine: Machine, url: string): string => {
  const { host, port } = readServerUrl(url)
  const found = hostAddressOf(world, machine, host)
  const get = `failed to get CA certs: Get "https://${host}:${port}/cacerts": dial tcp`
  if (found.kind === 'failed') return `${get}: lookup ${host}${found.text}`
  const dialed = dialServer(world, machine, { url, heldSinceMs: k3sUnitOf(machine)?.startedMs })
  return `${get} ${found.address}:${port}: ${dialText[dialed.kind] ?? 'EOF'}`
}

const tokenProblem = (server: Machine, token: string): string | undefined => {
  const wanted = authorityHash(readText(server.files, SERVER_CA) ?? '')
  const { hash } = tokenParts(token)
  if (hash !== undefined && hash !== wanted)
    return `token CA hash does not match the Cluster CA certificate hash: ${hash} != ${wanted}`
  const known = secretOf(readText(server.files, `${K3S_DATA}/server/token`) ?? '')
  return secretOf(token) === known
    ? undefined
    : 'Failed to configure agent: failed to retrieve configuration from server: https://127.0.0.1:6444/v1-k3s/config: 401 Unauthorized'
}

const passwordProblem = (world: World, machine: Machine): string | undefined => {
  const name = passwordSecretOf(nodeNameOf(machine))
  const kept = getObject(world.kube, { kind: 'Secret', namespace: 'kube-system', name })?.data?.hash
  return kept === undefined || kept === passwordHashOf(machine)
    ? undefined
    : "Node password rejected, duplicate hostname or contents of '/etc/rancher/node/password' may not match server node-passwd entry, try enabling a unique node name with the --with-node-id flag"
}

/** What keeps an agent from joining its server, as it says it while it goes on trying; `undefined` when it may join. */
export const joinProblem = (world: World, machine: Machine, unit: Unit): string | undefined => {
  const { url = '', token = '' } = joinSettingsOf(machine, unit)
  const dialed = dialServer(world, machine, { url, heldSinceMs: k3sUnitOf(machine)?.startedMs })
  const server = dialed.kind === 'open' ? dialed.machine : undefined
  if (server === undefined || apiServersOn(server, server).length === 0)
    return reachProblem(world, machine, url)
  return tokenProblem(server, token) ?? passwordProblem(world, machine)
}
