import { flagsOf } from '../../relations/flags.ts'
import { readGoDuration } from '../../text/spans.ts'
import { isKnownGate } from './feature-gates.ts'

const switches = new Set(
  'allow-privileged anonymous-auth enable-aggregator-routing enable-bootstrap-token-auth profiling allocate-node-cidrs leader-elect use-service-account-credentials'.split(
    ' ',
  ),
)
const numbers = new Set(
  'secure-port audit-log-maxage audit-log-maxbackup audit-log-maxsize max-mutating-requests-inflight max-requests-inflight node-cidr-mask-size terminated-pod-gc-threshold'.split(
    ' ',
  ),
)
const durations = new Set(
  'event-ttl request-timeout cluster-signing-duration leader-elect-lease-duration leader-elect-renew-deadline node-monitor-grace-period node-monitor-period'.split(
    ' ',
  ),
)
const valueProblem = (flag: string, value: string): string | undefined => {
  if (switches.has(flag) && !/^(true|false|1|0|t|f|T|F|TRUE|FALSE|True|False)$/.test(value))
    return `strconv.ParseBool: parsing "${value}": invalid syntax`
  if (numbers.has(flag) && !/^-?\d+$/.test(value))
    return `strconv.ParseInt: parsing "${value}": invalid syntax`
  const duration = durations.has(flag) ? readGoDuration(value) : undefined
  if (duration !== undefined && 'problem' in duration) return duration.problem
  if (flag !== 'feature-gates') return undefined
  const unknown = value.split(',').find(pair => !isKnownGate(pair.split('=')[0] ?? ''))
  return unknown === undefined ? undefined : `unrecognized feature gate: ${unknown.split('=')[0]}`
}

/** The first flag of a component of the control plane whose value it cannot read, as it says it. */
export const flagValueProblem = (command: readonly string[]): string | undefined => {
  for (const [flag, value] of Object.entries(flagsOf(command))) {
    const problem = valueProblem(flag, value)
    if (problem !== undefined) return `Error: invalid argument "${value}" for "--${flag}" flag: ${problem}`
  }
  return undefined
}

const plugins = new Set(
  'AlwaysAdmit AlwaysDeny AlwaysPullImages CertificateApproval CertificateSigning CertificateSubjectRestriction ClusterTrustBundleAttest DefaultIngressClass DefaultStorageClass DefaultTolerationSeconds DenyServiceExternalIPs EventRateLimit ExtendedResourceToleration ImagePolicyWebhook LimitPodHardAntiAffinityTopology LimitRanger MutatingAdmissionWebhook NamespaceAutoProvision NamespaceExists NamespaceLifecycle NodeRestriction OwnerReferencesPermissionEnforcement PersistentVolumeClaimResize PersistentVolumeLabel PodNodeSelector PodSecurity PodTolerationRestriction Priority ResourceQuota RuntimeClass SecurityContextDeny ServiceAccount StorageObjectInUseProtection TaintNodesByCondition ValidatingAdmissionPolicy ValidatingAdmissionWebhook PodSecurityPolicy Initializers'.split(
    ' ',
  ),
)

/** A plugin of admission that the flags name and no API server has, as it words it. */
export const pluginProblem = (flags: Readonly<Record<string, string>>): string | undefined => {
  for (const flag of ['enable-admission-plugins', 'disable-admission-plugins']) {
    const unknown = (flags[flag] ?? '').split(',').find(name => name !== '' && !plugins.has(name))
    if (unknown !== undefined) return `${flag} plugin \\"${unknown}\\" is unknown`
  }
  return undefined
}
