import { getObject } from '../../kube/store.ts'
import { encodeToken, signingKeyAt } from '../../relations/account-token.ts'
import { askApi } from '../../relations/ask-api.ts'
import { decodeCertificates } from '../../relations/certificate.ts'
import { clusterAuthority } from '../../relations/cluster-authority.ts'
import type { Kubeconfig } from '../../relations/kubeconfig.ts'
import type { World } from '../../world/world.ts'
import type { Running } from '../service.ts'

/** How long a pod keeps a token before its kubelet fetches the next: four fifths of an hour and some seconds. */
const TOKEN_MS = 2_885_000
const TOKEN_VALID_MS = 3_607_000

/** What the API server says to a token that it does not take. */
export const UNAUTHORIZED = 'Unauthorized'

const tokenOf = (world: World, { container }: Running): string | undefined => {
  if (container === undefined) return undefined
  const { namespace, podName, startedMs = world.nowMs } = container
  const pod = getObject(world.kube, { kind: 'Pod', namespace, name: podName })
  const name = pod?.spec?.serviceAccountName ?? 'default'
  if (getObject(world.kube, { kind: 'ServiceAccount', namespace, name }) === undefined) return undefined
  const issuedMs = world.nowMs - ((world.nowMs - startedMs) % TOKEN_MS)
  const keyId = signingKeyAt(world, issuedMs)
  return encodeToken({ namespace, name, issuedMs, expiresMs: issuedMs + TOKEN_VALID_MS, keyId })
}

/** What a pod needs to come to the API server: the cluster's authority and the token of its account; `undefined` where it has no authority. */
const configFor = (world: World, self: Running, server: string): Kubeconfig | undefined => {
  const authorities = decodeCertificates(clusterAuthority(world))
  if (authorities.length === 0) return undefined
  return {
    server,
    authorities,
    skipsVerify: false,
    client: undefined,
    clientKeyId: undefined,
    token: tokenOf(world, self),
    namespace: 'default',
    context: '',
  }
}

/** Why the API server, though it is reached, is of no use to a pod: its certificate, or that it takes no token of the pod's account. */
export const credentialsProblem = (world: World, self: Running, server: string): string | undefined => {
  const config = configFor(world, self, server)
  if (config === undefined) return undefined
  const { machine: from, container } = self
  const answer = askApi(world, { from, config, heldSinceMs: container?.startedMs })
  if (answer.kind === 'unauthorized') return UNAUTHORIZED
  return answer.kind === 'tls' ? answer.text : undefined
}

/** A request that failed, as client-go words it. */
export const failedGet = (url: string, problem: string): string =>
  problem === UNAUTHORIZED ? problem : `Get "${url}": ${problem}`
