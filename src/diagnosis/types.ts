import type { CapturedOutput, Condition, Layer, Outcome, StepRef, TextPattern } from '../base/index.ts'
import type { FactLines, Facts } from '../facts/index.ts'

/** How bad a finding is. Only `warning` and `error` make a machine unhealthy. */
export type Severity = 'error' | 'warning' | 'info'

/** A cause as the knowledge base describes it. */
export type Cause = {
  readonly id: string
  readonly title: string
  readonly layer: Layer
  /** What it means, for someone who has not met it before. */
  readonly meaning: string
  readonly patterns: readonly CausePattern[]
  readonly conditions: readonly CauseCondition[]
  /** Look-alikes: a line that matches one of these is no evidence. */
  readonly benign: readonly TextPattern[]
  /** A symptom that many other causes make too: it stands behind whatever is more particular. */
  readonly generic?: boolean
  /** Lines that say the trouble is over: what a log holds before the last of them is history, and only a hint. */
  readonly recovered?: readonly TextPattern[]
  /** What an output may be about in which no rule finds a cause. */
  readonly signs?: readonly CauseSign[]
  /** Ids of causes that, when found too, are consequences of this one. */
  readonly explains: readonly string[]
  /** Steps that go on from here. */
  readonly next: readonly StepRef[]
}

/** A text that points to a cause. `sources` are program names (`journalctl`, `dmesg`); empty means any output. */
export type CausePattern = {
  readonly rule: string
  readonly pattern: TextPattern
  readonly sources: readonly string[]
  readonly severity: Severity
}

/**
 * What a line that speaks of trouble may be about: `of`, the subject, stands in the line or in the command; `says`, what is said of
 * it, in the line. A hint for outputs in which no pattern and no condition finds anything.
 */
export type CauseSign = {
  readonly rule: string
  readonly of: TextPattern | undefined
  readonly says: TextPattern | undefined
  /** Whether much else is written in such words, so that it stands behind others. */
  readonly isBroad: boolean
}

/**
 * A condition over facts that points to a cause. With `each` (a list fact such as `filesystems`) the CEL expression is tried
 * on every element as `it`; `says` is the evidence text, `{mount}` filled from the element.
 */
export type CauseCondition = {
  readonly rule: string
  readonly each: string | undefined
  readonly when: string
  readonly says: string
  readonly severity: Severity
}

/** A piece of an output, or a fact, that speaks for a cause. `line` is 0 when the fact stands on no single line. */
export type Evidence = {
  readonly line: number
  readonly column: number
  readonly length: number
  readonly text: string
  readonly rule: string
}

/** A cause found in an output, with its evidence (at most 20 pieces; `count` counts all). */
export type Finding = {
  readonly cause: string
  readonly title: string
  readonly layer: Layer
  readonly severity: Severity
  readonly meaning: string
  readonly count: number
  readonly evidence: readonly Evidence[]
  readonly next: readonly StepRef[]
  /** The id of the finding that explains this one, where a rule says so. */
  readonly consequenceOf: string | undefined
  /** Ids of causes that follow from this one, also where another output shows them; absent where there are none. */
  readonly explains?: readonly string[]
  /** Only signs speak for it, no rule. */
  readonly isGuess?: true
}

/** What is diagnosed: a command, what it printed, and the facts made of it. */
export type Observation = {
  readonly command: string
  readonly output: CapturedOutput
  readonly outcome: Outcome
  readonly facts: Facts
  readonly factLines: FactLines
  /** When the command ran, an ISO 8601 instant in UTC. Conditions over dates stay open without it. */
  readonly at?: string
}

/** What a finished run of a step's command gave, for the branches to be judged by. */
export type RunResult = Observation & { readonly findings: readonly Finding[] }

/** Three-valued: a fact that was never collected makes a condition unknown, and unknown never branches by itself. */
export type VerdictStatus = 'holds' | 'fails' | 'unknown'

/** The verdict on one branch. `because` is a short sentence for the screen. */
export type Verdict = {
  readonly branch: number
  readonly status: VerdictStatus
  readonly because: string
  readonly evidence: readonly Evidence[]
}

/** Verdicts on a step's branches in order, and which of them is recommended. `undefined` means: ask. */
export type Judgement = { readonly verdicts: readonly Verdict[]; readonly recommended: number | undefined }

/**
 * What `evaluateBranches` is given. `results` holds the newest result of each command of the step; `isPartial` tells that commands
 * which an answer should wait for have not run to their end.
 */
export type BranchQuestion = {
  readonly conditions: readonly Condition[]
  readonly results: readonly RunResult[]
  readonly isPartial?: boolean
}
