import { writeText } from '../../files/file-tree.ts'
import type { Machine } from '../../world/machine.ts'

const script = `#!/bin/bash
# Looks after nodes that came back: takes the unreachable taints off those that are Ready and writes down the others.
set -u
export KUBECONFIG=/etc/rancher/k3s/k3s.yaml
LOG=/var/log/k3s-node-watcher.log
KUBECTL="/usr/local/bin/k3s kubectl"
say() { echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $*" >> "$LOG"; }
for node in $($KUBECTL get nodes -o name | cut -d/ -f2); do
  ready=$($KUBECTL get node "$node" -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}')
  if [ "$ready" != "True" ]; then
    say "$node is not ready"
    continue
  fi
  taints=$($KUBECTL get node "$node" -o jsonpath='{.spec.taints[*].key}')
  case "$taints" in
    *node.kubernetes.io/unreachable*)
      $KUBECTL taint nodes "$node" node.kubernetes.io/unreachable:NoSchedule- > /dev/null 2>&1 && say "removed unreachable:NoSchedule from $node"
      $KUBECTL taint nodes "$node" node.kubernetes.io/unreachable:NoExecute- > /dev/null 2>&1 && say "removed unreachable:NoExecute from $node"
      ;;
  esac
done
say "check done"
`

const DAY_MS = 86_400_000
const PERIOD_MS = 120_000
const LINES = 60

/** Writes the watcher's script and the log of its last runs. */
export const writeWatcherFiles = (machine: Machine, nowMs: number): void => {
  writeText(machine.files, '/usr/local/bin/k3s-node-watcher.sh', {
    text: script,
    mode: 0o755,
    mtimeMs: nowMs - 20 * DAY_MS,
  })
  const lastMs = Math.floor(nowMs / PERIOD_MS) * PERIOD_MS - 40_000
  const lines = Array.from({ length: LINES }, (_, at) => {
    const atMs = lastMs - (LINES - 1 - at) * PERIOD_MS
    return `${new Date(atMs).toISOString().slice(0, 19)}Z check done`
  })
  writeText(machine.files, '/var/log/k3s-node-watcher.log', {
    text: `${lines.join('\n')}\n`,
    mtimeMs: lastMs,
  })
  const timer = machine.units.get('k3s-node-watcher.timer')
  if (timer !== undefined) Object.assign(timer, { lastTriggerMs: lastMs, nextStartMs: lastMs + PERIOD_MS })
  const service = machine.units.get('k3s-node-watcher.service')
  if (service !== undefined)
    Object.assign(service, {
      startedMs: lastMs,
      endedMs: lastMs + 900,
      sinceMs: lastMs + 900,
      lastPid: machine.nextPid,
      lastExit: { code: 'exited', status: 0, signal: undefined },
    })
}
