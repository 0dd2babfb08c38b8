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

/** One case: outputs of a step's commands, the step or end that they lead to (`ask` where a person has to decide), and causes among them. */
export type Case = {
  readonly step: string
  readonly outputs: readonly Recorded[]
  readonly expect: { readonly goes: string; readonly causes?: readonly string[] | undefined }
  /** The line of the file on which the case begins. */
  readonly line: number
}

/** A case that is played as a drill instead of being given outputs. */
export type DrillCase = { readonly drill: string; readonly line: number }

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
