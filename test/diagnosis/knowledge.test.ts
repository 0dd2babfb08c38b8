import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Cause, parseCauses } from '../../src/diagnosis/index.ts'
import { requiredLiterals } from '../../src/diagnosis/required-literals.ts'

const folder = new URL('../../runbooks/causes/', import.meta.url)
const files = readdirSync(folder).filter(name => name.endsWith('.yaml'))
const parsed = files.map(name => parseCauses({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
const causes: readonly Cause[] = parsed.flatMap(file => file.causes)
const byId = new Map(causes.map(cause => [cause.id, cause]))

const idsByLayer: Readonly<Record<string, string>> = {
  app: 'app-crash app-dependency-unreachable',
  kubernetes:
    'image-pull-failed container-oom-killed config-missing volume-mount-failed pvc-unbound insufficient-resources taint-not-tolerated unreachable-taint node-cordoned affinity-unsatisfiable service-no-endpoints probe-failing pod-evicted coredns-loop coredns-misconfigured coredns-upstream-unreachable kube-proxy-failing network-policy-blocking csr-pending rbac-forbidden admission-webhook-failing',
  'control-plane':
    'apiserver-down apiserver-overloaded static-manifest-invalid etcd-down etcd-no-quorum etcd-nospace etcd-slow-disk etcd-corrupt cert-expired cert-unknown-authority cert-san-mismatch scheduler-down controller-manager-down',
  node: 'kubelet-down kubelet-misconfigured kubelet-cert-expired apiserver-unreachable runtime-down cgroup-driver-mismatch cni-config-missing cni-plugin-missing cni-daemon-failing pod-ip-exhausted pleg-unhealthy swap-enabled kmsg-missing k3s-token-mismatch port-in-use',
  infra:
    'clock-skew disk-full inodes-exhausted memory-pressure cpu-saturated io-saturated disk-failing pid-exhausted fd-exhausted kernel-module-missing ip-forward-off dns-unresolvable default-route-missing firewall-blocking overlay-blocked mtu-mismatch conntrack-full security-software-blocking network-unreachable nfs-stale',
  orchestration:
    'salt-minion-down salt-master-unreachable salt-key-rejected chisel-down controller-unreachable tls-handshake-failed proxy-misconfigured preflight-failed upgrade-partial rancher-unavailable haproxy-backend-down svclb-pending planet-down gravity-degraded gravity-plan-failed',
}

describe('the causes that come with the program', () => {
  test('are written without a fault', () => {
    expect(
      parsed.flatMap((file, index) => file.diagnostics.map(d => `${files[index]}: ${d.message}`)),
    ).toEqual([])
  })

  test('are the ones that are agreed on, each once and in its layer', () => {
    expect(byId.size).toBe(causes.length)
    for (const [layer, ids] of Object.entries(idsByLayer)) {
      expect(
        causes
          .filter(cause => cause.layer === layer)
          .map(cause => cause.id)
          .sort(),
      ).toEqual(ids.split(' ').sort())
    }
  })

  test('name only causes that exist as what they explain', () => {
    expect(
      causes.flatMap(cause => cause.explains.filter(id => !byId.has(id)).map(id => `${cause.id}: ${id}`)),
    ).toEqual([])
  })

  test('do not explain each other in a circle', () => {
    const reaches = (from: Cause, seen: ReadonlySet<string>): readonly string[] =>
      from.explains.flatMap(id => {
        const next = byId.get(id)
        if (next === undefined || seen.has(id)) return seen.has(id) ? [`${from.id} -> ${id}`] : []
        return reaches(next, new Set([...seen, id]))
      })
    expect([...new Set(causes.flatMap(cause => reaches(cause, new Set([cause.id]))))]).toEqual([])
  })

  test('have something to be recognised by, and rules with names of their own', () => {
    expect(causes.filter(cause => cause.patterns.length + cause.conditions.length === 0)).toEqual([])
    const rules = causes.flatMap(cause => [...cause.patterns, ...cause.conditions].map(rule => rule.rule))
    expect(new Set(rules).size).toBe(rules.length)
    expect(rules.filter(rule => /\/(pattern|condition)-\d+$/.test(rule))).toEqual([])
  })

  test('are looked for by texts that a line must hold, so that most lines are passed over quickly', () => {
    const untold = causes.flatMap(cause =>
      cause.patterns.filter(({ pattern }) => requiredLiterals(pattern) === undefined).map(({ rule }) => rule),
    )
    expect(untold).toEqual([])
  })

  test('explain themselves in two sentences or more', () => {
    expect(
      causes.filter(cause => cause.meaning.length < 80 || cause.title.length > 80).map(c => c.id),
    ).toEqual([])
  })
})
