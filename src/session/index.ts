export { type Analysis, analyseOutput, analysing, type EndedCommand } from './analyse-output.ts'
export { effectOfCommand, isFixStep } from './command-effect.ts'
export { couldRun } from './could-run.ts'
export { curedCauses } from './cured-causes.ts'
export { decide, type Question, refusalOf } from './decide.ts'
export { type AutoLimits, type AutoMove, decideAuto } from './decide-auto.ts'
export { type DecodedJournal, decodeJournal, type JournalError } from './decode-journal.ts'
export { emptySession } from './empty-session.ts'
export { encodeEvent, encodeHeader } from './encode-journal.ts'
export { evolve } from './evolve.ts'
export { type FilledCommand, fillCommand } from './fill-command.ts'
export { findMachine, findUnplaced, placeOfTyped, placeUnknown, whyPlacesStay } from './find-machine.ts'
export { foundCauses } from './found-causes.ts'
export type { Machine, SessionHeader } from './header.ts'
export { judgementOf } from './judgement-of.ts'
export { layerStates } from './layer-states.ts'
export { currentStep, currentTree, findStep } from './lookup.ts'
export { readsLeft } from './reads-left.ts'
export { replay } from './replay.ts'
export type { Body, PendingApproval, Run, RunPhase, RunRequest } from './run.ts'
export {
  isPending,
  isSearchedInPart,
  latestRunOf,
  newestFinishedRuns,
  queuedRuns,
  runningRun,
  runsOfStep,
  stepRunsFinished,
} from './run-queries.ts'
export {
  maskSeals,
  revealSeals,
  type Secrets,
  sealOf,
  sealSecrets,
  secretMask,
  secretParts,
  typedSecret,
} from './secrets.ts'
export { stepKey } from './step-key.ts'
export { suggestFor } from './suggestions.ts'
export type {
  CloseStatus,
  DecideContext,
  Decision,
  EntryReason,
  Intent,
  LayerState,
  LayerStates,
  Library,
  Note,
  Refusal,
  Session,
  SessionEffect,
  SessionEvent,
  StampedEvent,
  TrailEntry,
} from './types.ts'
