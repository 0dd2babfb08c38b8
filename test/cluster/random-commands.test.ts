import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellAt, type WorldName } from '../../src/cluster/index.ts'
import { inventory } from './inventory.ts'
import { openWorld } from './kit.ts'

const oddLines = [
  'kubectl get nodes --nope',
  'kubectl describe pod none -n shop',
  'systemctl restart',
  'cat /none /etc/hostname | head -1',
  'ip route del default',
  'iptables -A INPUT -p udp --dport 4789 -j REJECT',
  'sysctl -w net.ipv4.ip_forward=0',
  'systemctl stop containerd; sleep 90',
  'kubectl delete pod -n kube-system -l k8s-app=kube-dns',
  'date -s "3 hours"; date',
  'fallocate -l 900G /var/tmp/full; df -h /var',
  'crictl rm -f -a',
  "'",
  'echo $((1/0))',
]

const lines = [...new Set([...inventory.map(({ run }) => run), ...oddLines])]

const step = fc.record({
  line: fc.constantFrom(...lines),
  machine: fc.nat(),
})

type Step = { readonly line: string; readonly machine: number }

/** Runs the steps in a fresh world and tells all that they printed and when they ended. */
const play = async (worldName: WorldName, steps: readonly Step[]) => {
  const world = openWorld(worldName, 3)
  const names = [...world.machines.keys()]
  const told: string[] = []
  const times: number[] = [world.nowMs]
  for (const { line, machine } of steps) {
    const shell = shellAt(world, { machine: names[machine % names.length] ?? '', hasTerminal: false })
    const { stdout, stderr, exit, atMs } = await shell.run(line, { limitMs: 20_000 })
    told.push(`${stdout}\n${stderr}\n${exit}\n${atMs}`)
    times.push(atMs)
  }
  return { told, times }
}

describe('fifty commands by chance', () => {
  it.each(['mks', 'k3s', 'gravity'] as const)(
    'never throw in %s, never turn time back, and say the same each time',
    async name => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 50, maxLength: 50 }), async steps => {
          const first = await play(name, steps)
          expect(first.times).toEqual([...first.times].sort((a, b) => a - b))
          expect((await play(name, steps)).told).toEqual(first.told)
        }),
        { numRuns: 1, seed: 20_260_302, endOnFailure: true },
      )
    },
    60_000,
  )
})
