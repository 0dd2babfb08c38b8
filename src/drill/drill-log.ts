/** What a trainee's line would do, as the classifier of commands says. */
export type LineEffect = 'read' | 'change' | 'destructive' | 'unknown'

/** One thing that happened in a drill, at a point of simulated time. */
export type DrillEntry = { readonly atMs: number } & (
  | {
      readonly type: 'line-run'
      readonly line: string
      readonly exit: number
      readonly effect: LineEffect
      /** The causes that its output showed. */
      readonly shows: readonly string[]
    }
  | { readonly type: 'cause-named'; readonly cause: string; readonly isRight: boolean }
  | { readonly type: 'hint-taken'; readonly number: number; readonly text: string }
  /** A teacher broke one more thing. */
  | { readonly type: 'fault-injected'; readonly name: string }
  | { readonly type: 'finished'; readonly isRepaired: boolean; readonly harm: readonly string[] }
)

/** A drill as it went: entries in order. With `isTimed` false it was practice without a clock. */
export type DrillLog = {
  readonly drill: string
  readonly seed: number
  readonly beganMs: number
  readonly isTimed: boolean
  readonly entries: readonly DrillEntry[]
}
