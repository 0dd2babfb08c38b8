import type { Judgement } from '../../diagnosis/index.ts'

/** What a command printed, as a case states it: `run` is the beginning of the command, `file` names a recorded output. */
export type Recorded = {
  readonly run: string
  readonly out?: string | undefined
  readonly err?: string | undefined
  readonly file?: string | undefined
  readonly exit?: number | undefined
  readonly timedOut?: boolean | undefined
}

/** Where a case must lead (a step or an end; `ask` where a person has to decide), and causes that must be among those found. */
export type Expectation = { readonly goes: string; readonly causes?: readonly string[] | undefined }

/** One case: outputs of a step's commands, and where they lead. */
export type Case = {
  readonly step: string
  readonly outputs: readonly Recorded[]
  readonly expect: Expectation
  /** The line of the file on which the case begins. */
  readonly line: number
}

/** A case whose outputs come from a drill's cluster: of one step, or of a walk from the runbook's start to where it ends without a person. */
export type DrillCase = {
  /** The name of a bundled drill, or the path of a file as seen from that of the cases. */
  readonly drill: string
  readonly step: string | undefined
  readonly expect: Expectation
  readonly line: number
}

/** The cases of one file, and the runbook that they are about. */
export type CaseFile = {
  readonly path: string
  readonly runbook: string
  /** The folder that holds recorded outputs. */
  readonly recordings: string
  readonly cases: readonly Case[]
  readonly drills: readonly DrillCase[]
}

/** What was made of a case. */
export type Judged = {
  readonly goes: string
  readonly causes: readonly string[]
  readonly judgement: Judgement
}
