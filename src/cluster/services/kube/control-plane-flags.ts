import { nodeAt, readText } from '../../files/file-tree.ts'
import { decodeCertificates, decodeKey } from '../../relations/certificate.ts'
import { pathOnMachine } from '../../relations/mounted-path.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Running } from '../service.ts'

/** Flags that a program knows, beyond those that manifests usually have. */
const known: Readonly<Record<string, ReadonlySet<string>>> = {
  'kube-apiserver': new Set(
    'advertise-address allow-privileged anonymous-auth audit-log-maxage audit-log-maxbackup audit-log-maxsize audit-log-path audit-policy-file authorization-mode bind-address client-ca-file disable-admission-plugins enable-admission-plugins enable-aggregator-routing enable-bootstrap-token-auth encryption-provider-config etcd-cafile etcd-certfile etcd-keyfile etcd-servers event-ttl feature-gates goaway-chance kubelet-certificate-authority kubelet-client-certificate kubelet-client-key kubelet-preferred-address-types max-mutating-requests-inflight max-requests-inflight profiling proxy-client-cert-file proxy-client-key-file requestheader-allowed-names requestheader-client-ca-file requestheader-extra-headers-prefix requestheader-group-headers requestheader-username-headers runtime-config secure-port service-account-issuer service-account-key-file service-account-signing-key-file service-cluster-ip-range service-node-port-range storage-backend tls-cert-file tls-cipher-suites tls-min-version tls-private-key-file token-auth-file v vmodule request-timeout'.split(
      ' ',
    ),
  ),
  'kube-controller-manager': new Set(
    'allocate-node-cidrs authentication-kubeconfig authorization-kubeconfig bind-address client-ca-file cluster-cidr cluster-name cluster-signing-cert-file cluster-signing-duration cluster-signing-key-file controllers feature-gates kubeconfig leader-elect leader-elect-lease-duration leader-elect-renew-deadline master node-cidr-mask-size node-monitor-grace-period node-monitor-period pod-eviction-timeout profiling requestheader-client-ca-file root-ca-file secure-port service-account-private-key-file service-cluster-ip-range terminated-pod-gc-threshold tls-cert-file tls-private-key-file use-service-account-credentials v'.split(
      ' ',
    ),
  ),
  'kube-scheduler': new Set(
    'authentication-kubeconfig authorization-kubeconfig bind-address config feature-gates kubeconfig leader-elect leader-elect-lease-duration master profiling secure-port tls-cert-file tls-private-key-file v'.split(
      ' ',
    ),
  ),
}

/** The flags of etcd, a program that reads them with Go's own package. */
const etcdFlags = new Set(
  'advertise-client-urls auth-token auth-token-ttl auto-compaction-mode auto-compaction-retention auto-tls backend-batch-interval backend-batch-limit backend-bbolt-freelist-type bcrypt-cost cert-file cipher-suites client-cert-allowed-hostname client-cert-auth client-crl-file client-key-file config-file cors data-dir debug discovery discovery-fallback discovery-proxy discovery-srv discovery-srv-name election-timeout enable-grpc-gateway enable-log-rotation enable-pprof enable-v2 force-new-cluster grpc-keepalive-interval grpc-keepalive-min-time grpc-keepalive-timeout heartbeat-interval host-whitelist initial-advertise-peer-urls initial-cluster initial-cluster-state initial-cluster-token initial-election-tick-advance key-file listen-client-urls listen-metrics-urls listen-peer-urls log-level log-outputs log-package-levels log-rotation-config-json logger max-request-bytes max-snapshots max-txn-ops max-wals metrics name peer-auto-tls peer-cert-allowed-cn peer-cert-allowed-hostname peer-cert-file peer-client-cert-auth peer-client-cert-file peer-client-key-file peer-crl-file peer-key-file peer-skip-client-san-verification peer-trusted-ca-file pre-vote proxy quota-backend-bytes self-signed-cert-validity snapshot-count socket-reuse-address socket-reuse-port strict-reconfig-check tls-max-version tls-min-version trusted-ca-file unsafe-no-fsync v2-deprecation version wal-dir'.split(
    ' ',
  ),
)

const nameOf = (word: string): string => word.replace(/^--?/, '').split('=')[0] ?? ''

/** The first flag of a command line of etcd that it does not know; some come with later releases. */
export const unknownEtcdFlag = (command: readonly string[]): string | undefined =>
  command
    .slice(1)
    .filter(word => word.startsWith('-'))
    .map(nameOf)
    .find(name => !etcdFlags.has(name) && !name.startsWith('experimental-'))

/** The first flag of a command line that its program does not know. */
export const unknownFlag = (program: string, command: readonly string[]): string | undefined =>
  command
    .slice(1)
    .filter(word => word.startsWith('-'))
    .map(nameOf)
    .find(name => known[program]?.has(name) === false)

/** The first of some files that is not there, in Go's words; `undefined` when all are. */
export const missingFile = (machine: Machine, paths: readonly (string | undefined)[]): string | undefined => {
  const path = paths.find(p => p !== undefined && p !== '' && nodeAt(machine.files, p) === undefined)
  return path === undefined ? undefined : `open ${path}: no such file or directory`
}

/** The first of some files that a process does not see: that is not there, or that no mount of its container covers. */
export const unseenFile = (
  world: World,
  { machine, container }: Pick<Running, 'machine' | 'container'>,
  paths: readonly (string | undefined)[],
): string | undefined => {
  const path = paths.find(named => {
    if (named === undefined || named === '') return false
    const place = pathOnMachine(world, container, named)
    return place === undefined || nodeAt(machine.files, place) === undefined
  })
  return path === undefined ? undefined : `open ${path}: no such file or directory`
}

/** Why a certificate and its key cannot be loaded, in Go's words. */
export const pairProblem = (
  machine: Machine,
  { certFile, keyFile }: { readonly certFile: string; readonly keyFile: string },
): string | undefined => {
  const missing = missingFile(machine, [certFile, keyFile])
  if (missing !== undefined) return missing
  const certificate = decodeCertificates(readText(machine.files, certFile))[0]
  if (certificate === undefined) return 'tls: failed to find any PEM data in certificate input'
  const key = decodeKey(readText(machine.files, keyFile))
  if (key === undefined) return 'tls: failed to find any PEM data in key input'
  return key === certificate.keyId ? undefined : 'tls: private key does not match public key'
}
