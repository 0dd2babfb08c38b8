import type { HttpAnswer } from '../service.ts'

const hooks = [
  'start-kube-apiserver-admission-initializer',
  'generic-apiserver-start-informers',
  'priority-and-fairness-config-consumer',
  'priority-and-fairness-filter',
  'storage-object-count-tracker-hook',
  'start-apiextensions-informers',
  'start-apiextensions-controllers',
  'crd-informer-synced',
  'start-system-namespaces-controller',
  'bootstrap-controller',
  'rbac/bootstrap-roles',
  'scheduling/bootstrap-system-priority-classes',
  'priority-and-fairness-config-producer',
  'start-cluster-authentication-info-controller',
  'start-kube-apiserver-identity-lease-controller',
  'start-deprecated-kube-apiserver-identity-lease-garbage-collector',
  'start-kube-apiserver-identity-lease-garbage-collector',
  'start-legacy-token-tracking-controller',
  'aggregator-reload-proxy-client-cert',
  'start-kube-aggregator-informers',
  'apiservice-registration-controller',
  'apiservice-status-available-controller',
  'kube-apiserver-autoregistration',
].map(name => `poststarthook/${name}`)

const olderHooks = [
  'generic-apiserver-start-informers',
  'start-apiextensions-informers',
  'start-apiextensions-controllers',
  'crd-informer-synced',
  'bootstrap-controller',
  'rbac/bootstrap-roles',
  'scheduling/bootstrap-system-priority-classes',
  'ca-registration',
  'start-kube-apiserver-admission-initializer',
  'start-kube-aggregator-informers',
  'apiservice-registration-controller',
  'apiservice-status-available-controller',
  'apiservice-openapi-controller',
  'kube-apiserver-autoregistration',
].map(name => `poststarthook/${name}`)

/** The first minor release that tells living from being ready. */
const HAS_LIVEZ = 16

type How = { readonly isVerbose: boolean; readonly isEtcdFine: boolean; readonly minor: number }

const checksOf = (route: string, minor: number): readonly string[] =>
  minor < HAS_LIVEZ ? ['ping', 'log', 'etcd', ...olderHooks, 'autoregister-completion'] : newerChecks(route)

const notFound: HttpAnswer = { status: 404, body: '404 page not found\n' }

const newerChecks = (route: string): readonly string[] => [
  'ping',
  'log',
  'etcd',
  ...(route === 'readyz' ? ['etcd-readiness', 'informer-sync'] : []),
  ...hooks,
  'autoregister-completion',
  'poststarthook/apiservice-openapi-controller',
  'poststarthook/apiservice-openapiv3-controller',
  ...(route === 'readyz' ? ['shutdown'] : []),
]

/** The body of `/healthz`, `/livez` or `/readyz`: `ok`, or each check on a line where it is asked for or one fails. */
export const healthBody = (route: string, { isVerbose, isEtcdFine, minor }: How): HttpAnswer => {
  if (minor < HAS_LIVEZ && route !== 'healthz') return notFound
  if (isEtcdFine && !isVerbose) return { status: 200, body: 'ok' }
  const lines = checksOf(route, minor).map(check =>
    check.startsWith('etcd') && !isEtcdFine ? `[-]${check} failed: reason withheld` : `[+]${check} ok`,
  )
  const verdict = isEtcdFine ? `${route} check passed` : `${route} check failed`
  return { status: isEtcdFine ? 200 : 500, body: `${lines.join('\n')}\n${verdict}\n` }
}

/** The body of one check by its own path, such as `/livez/etcd`. */
export const checkBody = (route: string, check: string, { isEtcdFine, minor }: How): HttpAnswer => {
  if (!checksOf(route, minor).includes(check)) return notFound
  return check.startsWith('etcd') && !isEtcdFine
    ? {
        status: 500,
        body: 'internal server error: etcd failed: error getting data from etcd: context deadline exceeded\n',
      }
    : { status: 200, body: 'ok' }
}
