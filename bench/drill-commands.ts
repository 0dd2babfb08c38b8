import { buildWorld, type Shell, shellAt, type World, worldNames } from '../src/cluster/index.ts'
import { type Cost, costOf, spreadAt } from './cost.ts'
import type { Benchmark, Figure } from './figure.ts'

const LIMIT_MS = 50
const MOST = 0.95
const JOURNAL_LINES = 5_000
const SEED = 7
const NOW_MS = Date.UTC(2026, 10, 21, 6)

/** Typed again and again while something is looked for: lists, descriptions, logs, pipes, the machine's own tools. */
const lines = [
  'kubectl get pods -A',
  'kubectl get pods -A -o wide | grep -v Running',
  'kubectl get nodes -o wide',
  'kubectl describe nodes',
  'kubectl get events -A --sort-by=.lastTimestamp | tail -20',
  'kubectl get pods -A -o json | jq ".items | length"',
  'kubectl -n kube-system logs -l k8s-app=kube-dns --tail=20',
  'kubectl top nodes',
  'systemctl status kubelet containerd k3s',
  'systemctl --failed',
  'journalctl -u kubelet -n 50 --no-pager',
  'journalctl --no-pager -p warning --since "1 hour ago" | tail -20',
  'dmesg -T | tail -20',
  'df -h',
  'df -i',
  'free -m',
  'ps aux --sort=-%cpu | head',
  'top -b -n 1 | head -15',
  'ss -tlnp',
  'ip route',
  'iptables-save | grep -c KUBE',
  'ping -c 2 10.96.0.1',
  'ls -la /etc/kubernetes /var/log',
  'cat /etc/os-release',
  'for i in 1 2 3; do date; done',
] as const

/** What reads a whole journal. */
const journalLines = [
  'journalctl --no-pager | wc -l',
  'journalctl --no-pager | grep -i error | tail -5',
  'journalctl -u kubelet --no-pager | grep -c volume',
  `journalctl --no-pager -o short-iso | awk '{print $3}' | sort | uniq -c | sort -rn | head -5`,
  'journalctl -p err --no-pager | tail -20',
  'journalctl -n 100 --no-pager',
] as const

/** Where commands run: a shell, and which of them. */
type Place = { readonly name: string; readonly shell: Shell; readonly lines: readonly string[] }

const controlShell = (world: World): Shell => {
  const machine = [...world.machines.values()].find(
    ({ role }) => role === 'control-plane' || role === 'master',
  )
  return shellAt(world, { machine: machine?.name ?? world.home, hasTerminal: false })
}

/** Makes a machine's journal as long as one that was kept for days, out of its own entries. */
const lengthen = (world: World): void => {
  for (const { journal } of world.machines.values()) {
    const own = [...journal]
    for (let index = 0; own.length > 0 && journal.length < JOURNAL_LINES; index += 1) {
      const entry = own[index % own.length]
      if (entry !== undefined) journal.unshift({ ...entry, atMs: (journal[0]?.atMs ?? 0) - 1_000 })
    }
  }
}

const openPlaces = (): readonly Place[] => {
  const long = buildWorld('mks', { seed: SEED, nowMs: NOW_MS })
  lengthen(long)
  return [
    ...worldNames.map(name => ({
      name,
      shell: controlShell(buildWorld(name, { seed: SEED, nowMs: NOW_MS })),
      lines,
    })),
    { name: `mks, journal of ${JOURNAL_LINES} lines`, shell: controlShell(long), lines: journalLines },
  ]
}

const figuresOf = (name: string, rounds: readonly (readonly Cost[])[]): readonly Figure[] => {
  const [most, middle] = [spreadAt(rounds, MOST), spreadAt(rounds, 0.5)]
  return [
    {
      name: `drill command on ${name}: 95th percentile`,
      unit: 'ms',
      spread: most.wallMs,
      limit: LIMIT_MS,
      parts: {
        'processor time, 95th percentile': most.cpuMs,
        median: middle.wallMs,
        'processor time, median': middle.cpuMs,
      },
    },
  ]
}

/** Commands in the shell of the simulated cluster, on every world and over a long journal; each round runs all of them. */
export const drillCommands: Benchmark = {
  rounds: 10,
  shortRounds: 2,
  run: async rounds => {
    const places = openPlaces()
    const costs = new Map<Place, Cost[][]>(places.map(place => [place, []]))
    for (let round = 0; round < rounds; round += 1)
      for (const place of places) {
        const ofRound: Cost[] = []
        for (const line of place.lines) ofRound.push(await costOf(() => place.shell.run(line)))
        costs.get(place)?.push(ofRound)
      }
    return { figures: [...costs].flatMap(([{ name }, of]) => figuresOf(name, of)), skipped: [] }
  },
}
