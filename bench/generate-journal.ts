import { closeSync, openSync, statSync, writeSync } from 'node:fs'

/** How a journal is made: its size in bytes, how many of a hundred lines hold a sign of trouble, and the seed. */
export type JournalPlan = { readonly bytes: number; readonly troublePercent: number; readonly seed: number }

const calm: readonly ((n: number) => string)[] = [
  n =>
    `kubelet[2214]: I1121 06:17:42.${micro(n)}    2214 kubelet.go:2460] "SyncLoop (PLEG): event for pod" pod="shop/cart-${hex(n)}" event={"ID":"${hex(n * 7)}","Type":"ContainerStarted"}`,
  n =>
    `kubelet[2214]: I1121 06:17:42.${micro(n)}    2214 reconciler.go:224] operationExecutor.VerifyControllerAttachedVolume started for volume "kube-api-access-${hex(n)}"`,
  n =>
    `containerd[811]: time="2026-11-21T06:17:42.${micro(n)}Z" level=info msg="StartContainer for \\"${hex(n * 3)}${hex(n)}\\" returns successfully"`,
  n =>
    `etcd[1733]: {"level":"info","ts":"2026-11-21T06:17:42.${micro(n)}Z","caller":"mvcc/hash.go:137","msg":"storing new hash","hash":${n % 4000000},"revision":${n}}`,
  n => `systemd[1]: run-containerd-runc-k8s.io-${hex(n)}-runc.${hex(n * 5)}.mount: Deactivated successfully.`,
  n => `kernel: eth0: renamed from veth${hex(n)}`,
  n =>
    `sshd[${n % 30000}]: Accepted publickey for ops from 10.0.${n % 250}.${n % 199} port ${20000 + (n % 9999)} ssh2`,
  n =>
    `dockerd[901]: time="2026-11-21T06:17:42.${micro(n)}Z" level=info msg="ignoring event" container=${hex(n)} module=libcontainerd topic=/tasks/delete`,
  n =>
    `kube-proxy[3021]: I1121 06:17:42.${micro(n)}       1 proxier.go:854] "SyncProxyRules complete" elapsed="${n % 90}.${n % 10}ms"`,
  n => `CRON[${n % 30000}]: (root) CMD (run-parts --report /etc/cron.hourly)`,
]

const troubled: readonly ((n: number) => string)[] = [
  n =>
    `kubelet[2214]: E1121 06:17:42.${micro(n)}    2214 kubelet.go:2862] "Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"`,
  n =>
    `kubelet[2214]: E1121 06:17:42.${micro(n)}    2214 pod_workers.go:965] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"api\\" with CrashLoopBackOff: \\"back-off 5m0s restarting failed container=api pod=api-${hex(n)}\\""`,
  n =>
    `etcd[1733]: {"level":"warn","ts":"2026-11-21T06:17:42.${micro(n)}Z","caller":"wal/wal.go:805","msg":"slow fdatasync","took":"${1 + (n % 4)}.2s","expected-duration":"1s"}`,
  n =>
    `kubelet[2214]: W1121 06:17:42.${micro(n)}    2214 reflector.go:324] failed to list *v1.Service: Get "https://10.0.0.10:6443/api/v1/services?limit=500": dial tcp 10.0.0.10:6443: connect: connection refused`,
  n =>
    `kernel: Memory cgroup out of memory: Killed process ${n % 30000} (java) total-vm:${n % 9000000}kB, anon-rss:${n % 900000}kB, file-rss:0kB`,
  n =>
    `kubelet[2214]: E1121 06:17:42.${micro(n)}    2214 kuberuntime_manager.go:815] failed to pull image "registry.example/cart:${hex(n)}": rpc error: code = Unknown desc = write /var/lib/containerd/x: no space left on device`,
  n =>
    `kube-apiserver[1900]: x509: certificate has expired or is not yet valid: current time is after ${2000 + (n % 26)}-01-01`,
]

const micro = (n: number): string => String((n * 7919) % 1000000).padStart(6, '0')
const hex = (n: number): string => ((n * 2654435761) % 4294967296).toString(16).padStart(8, '0')

const stamp = (n: number): string => {
  const seconds = Math.floor(n / 12) % 86_400
  const two = (value: number): string => String(value).padStart(2, '0')
  return `Nov 21 ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} node-2`
}

// Numerical Recipes' generator: the same journal on every machine.
const createChance = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

const pick = <T>(list: readonly T[], chance: number): T => list[Math.floor(chance * list.length)] as T

const PIECE_LINES = 8_192

type LinesPlan = Omit<JournalPlan, 'bytes'>

/** Gives the lines of a journal one after the other, without an end. */
function* linesOf({ troublePercent, seed }: LinesPlan): Generator<string, never> {
  const chance = createChance(seed)
  for (let line = 0; ; line += 1) {
    const kinds = chance() * 100 < troublePercent ? troubled : calm
    yield `${stamp(line)} ${pick(kinds, chance())(line)}`
  }
}

const take = (lines: Generator<string, never>, count: number): readonly string[] =>
  Array.from({ length: count }, () => lines.next().value)

/** The first lines of the journal of a plan. */
export const journalLines = (count: number, plan: LinesPlan): readonly string[] => take(linesOf(plan), count)

const writeJournal = (path: string, { bytes, ...plan }: JournalPlan): void => {
  const lines = linesOf(plan)
  const file = openSync(path, 'w')
  for (let written = 0; written < bytes; )
    written += writeSync(file, `${take(lines, PIECE_LINES).join('\n')}\n`)
  closeSync(file)
}

/** Writes a journal as `journalctl -u … ` prints it, the same for the same plan; one that is there already is kept. */
export const generateJournal = (path: string, plan: JournalPlan): void => {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < plan.bytes) writeJournal(path, plan)
}
