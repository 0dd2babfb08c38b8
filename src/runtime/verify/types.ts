import type { DecideContext } from '../../session/index.ts'

/** What outputs are derived from anew. */
export type Today = Pick<DecideContext, 'parsers' | 'knowledge'>

/**
 * What was noticed of a session on disk. `damage`: something is not as it was written. `drift`: today's knowledge says something else of
 * an output. `remark`: nothing is wrong, but it should be known.
 */
export type Remark = {
  readonly kind: 'damage' | 'drift' | 'remark'
  readonly text: string
  /** The line of the journal, from 1. */
  readonly line?: number
  readonly runId?: string
}

/** What became of looking through a session. */
export type Verification = {
  readonly id: string
  readonly path: string
  readonly events: number
  /** How many outputs were read and derived from anew. */
  readonly outputs: number
  readonly remarks: readonly Remark[]
}
