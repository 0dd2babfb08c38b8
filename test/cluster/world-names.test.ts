import { describe, expect, it } from 'vitest'
import { buildWorld, worldNames } from '../../src/cluster/index.ts'
import { openShell, presentMs } from './kit.ts'

const MINUTE_MS = 60_000

/** Names of nodes and pods, identities of objects, addresses of the machine: what somebody notes down and types again later. */
const asked = [
  "kubectl get nodes,pods,secrets -A --no-headers -o custom-columns='K:.kind,N:.metadata.name,U:.metadata.uid'",
  "kubectl get pods -A --no-headers -o custom-columns='I:.status.podIP'",
  'ip -br address',
  'cat /etc/machine-id /etc/hosts',
].join('; ')

describe('what a world calls its parts', () => {
  it.each(worldNames)('comes from the seed alone in %s, whenever it is opened', async name => {
    const told = await Promise.all(
      [0, 47, 95, 1_009].map(async minutes => {
        const world = buildWorld(name, { seed: 31, nowMs: presentMs + minutes * MINUTE_MS })
        return (await openShell(world).run(asked)).stdout
      }),
    )
    expect(told[0]).toContain('Pod')
    expect(new Set(told).size).toBe(1)
  })
})
