import type { Layer } from '../base/index.ts'
import type { FaultParameters, WorldName } from '../cluster/index.ts'

/** One step of breaking the cluster: a command somewhere, a fault that no command could make, or time that passes. */
export type FaultStep =
  | { readonly kind: 'run'; readonly on: string; readonly line: string }
  | { readonly kind: 'fault'; readonly name: string; readonly parameters: FaultParameters }
  | { readonly kind: 'wait'; readonly minutes: number }

/** A look at the cluster that tells whether it is repaired. Without `exit`, `shows` and `lacks` the command must succeed. */
export type Check = {
  readonly on: string
  readonly line: string
  readonly exit: number | undefined
  /** What the output must show, and must not show. */
  readonly shows: RegExp | undefined
  readonly lacks: RegExp | undefined
}

/** A fire drill as its file describes it. Machines are named by handles: `{{worker-1}}` and `{{worker-1.address}}` in its texts. */
export type Drill = {
  readonly name: string
  readonly title: string
  readonly world: WorldName
  readonly layer: Layer
  /** From 1, one fault with one symptom, to 4, several at once with a red herring. */
  readonly level: 1 | 2 | 3 | 4
  /** The machine that the story is about, by its handle: where a runbook's commands for a node run. */
  readonly node: string
  /** What the person on call hears. */
  readonly story: string
  /** The runbook, or runbook#step, that suits the complaint. */
  readonly runbook: string
  /** The cause ids that count as found. */
  readonly causes: readonly string[]
  readonly parMinutes: number
  /** How long ago it began. */
  readonly sinceMinutes: number
  readonly faults: readonly FaultStep[]
  readonly repaired: readonly Check[]
  readonly hints: readonly string[]
  /** Shell lines, from the first machine on, that find and repair it. */
  readonly solution: readonly string[]
  /** Another repair that holds as well. */
  readonly otherFix: readonly string[]
  /** What seems to help and does not. */
  readonly wrongFix: readonly string[]
  /** Ids of the scenarios of the source documents that it drills. */
  readonly scenarios: readonly string[]
}
