import { firstTryMs, hasHeard, REGISTER_MS, STATUS_MS } from '../../relations/kubelet-tries.ts'
import type { ContainerRuntime } from '../../world/container.ts'
import type { Unit } from '../../world/unit.ts'
import type { Span } from '../service.ts'
import { type TimedLine, ticksIn } from './telling.ts'

const TRIES = 5
const BETWEEN_MS = 2

/** A line of a kubelet's log before it is worded: its level, when, and from where. */
type Said = {
  readonly level: 'I' | 'W' | 'E'
  readonly atMs: number
  readonly source: string
  readonly text: string
}

/** What a kubelet says whose node's status cannot be written: it tries five times in a row, then not before its next turn. */
export const statusTries = (atMs: number, problemOf: (place: number) => string): readonly Said[] => [
  ...Array.from({ length: TRIES }, (_, place) => ({
    level: 'E' as const,
    atMs: atMs + place * BETWEEN_MS,
    source: 'kubelet_node_status.go:540',
    text: `"Error updating node status, will retry" err="${problemOf(place)}"`,
  })),
  {
    level: 'E',
    atMs: atMs + TRIES * BETWEEN_MS,
    source: 'kubelet_node_status.go:527',
    text: '"Unable to update node status" err="update node status exceeds retry count"',
  },
]

/** The path at which a kubelet looks for its node: the first of its tries takes what the server has at hand. */
export const nodePath = (node: string, place: number): string =>
  `/api/v1/nodes/${node}?${place === 0 ? 'resourceVersion=0&' : ''}timeout=10s`

/** A kubelet as its runtime and its unit know it. */
type At = { readonly runtime: ContainerRuntime | undefined; readonly unit: Unit | undefined }

/** The lines of a kubelet's tries within a span: while it has not registered its node those of that, later those of its status. */
export const triesWithin = (
  span: Span,
  at: At,
  {
    status,
    register,
    say,
  }: {
    readonly status: (place: number) => string
    readonly register: { readonly node: string; readonly problem: string }
    readonly say: (level: Said['level'], atMs: number, line: readonly [string, string]) => string
  },
): readonly TimedLine[] => {
  const firstMs = firstTryMs(at)
  const isKnown = hasHeard(at)
  return ticksIn(span, isKnown ? STATUS_MS : REGISTER_MS, firstMs).flatMap(atMs =>
    (isKnown ? statusTries(atMs, status) : registerTry(atMs, register)).map(said => ({
      atMs: said.atMs,
      text: say(said.level, said.atMs, [said.source, said.text]),
    })),
  )
}

const registerTry = (
  atMs: number,
  { node, problem }: { readonly node: string; readonly problem: string },
): readonly Said[] => [
  {
    level: 'I',
    atMs,
    source: 'kubelet_node_status.go:70',
    text: `"Attempting to register node" node="${node}"`,
  },
  {
    level: 'E',
    atMs: atMs + BETWEEN_MS,
    source: 'kubelet_node_status.go:92',
    text: `"Unable to register node with API server" err="${problem}" node="${node}"`,
  },
]
