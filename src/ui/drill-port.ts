import type { Layer } from '../base/index.ts'
import type { Debrief, DrillClock, DrillProgress } from '../drill/index.ts'
import type { SessionStore } from '../runtime/index.ts'

/** A drill as the home screen lists it. */
export type DrillEntry = {
  readonly name: string
  readonly title: string
  readonly layer: Layer
  readonly level: number
  /** What the level means, in a few words. */
  readonly levelMeans: string
  readonly parMinutes: number
  readonly world: string
  /** The trainee's own best score, 0 to 100; `undefined` until it was finished once. */
  readonly best: number | undefined
}

/** What is left of a drill once it is over. */
export type DrillEnd = {
  readonly debrief: Debrief
  /** The trainee's scores of this drill, oldest first, this one the last. */
  readonly history: readonly number[]
  /** What `runtree report` knows the drill by. */
  readonly recordId: string | undefined
  /** What could not be kept, in sentences. */
  readonly problems: readonly string[]
}

/** How the shell of a drill was left: to go on in the screens, or with one of the drill's own words. */
export type ShellEnd = 'back' | 'finish' | 'give-up'

/** A drill that is being done. The cluster is one, whichever way it is worked on. */
export type OpenDrill = {
  readonly entry: DrillEntry
  /** What the pager says, in the cluster's own names. */
  readonly story: string
  readonly getProgress: () => DrillProgress
  readonly subscribe: (listener: () => void) => () => void
  /** Chooses whether time counts; only before the first command. */
  readonly setClock: (clock: DrillClock) => void
  readonly takeHint: () => void
  /** Names a cause; tells whether it is one of those that count. */
  readonly nameCause: (cause: string) => 'right' | 'wrong'
  /** A triage on the drill's cluster, at the runbook that suits the complaint. */
  readonly openSession: () => Promise<SessionStore>
  /** The trainee's shell on the real terminal, which must be free. */
  readonly enterShell: () => Promise<ShellEnd>
  /** Ends the drill: looks whether it is repaired, and keeps the score. */
  readonly finish: () => Promise<DrillEnd>
  /** Gives the cluster up. Nothing is kept that was not finished. */
  readonly close: () => Promise<void>
}
