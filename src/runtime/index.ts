export { createSessionStore, type StoreOptions } from './create-session-store.ts'
export { createFileJournal, reopenFileJournal } from './file-journal.ts'
export { bytesOf, type PruneLimits, type PrunePlan, planPrune } from './keeping/plan-prune.ts'
export type { Keeping } from './keeping/plan-rotation.ts'
export { clearRemains, removeSession } from './keeping/remove-session.ts'
export { type Rotation, rotateOutputs } from './keeping/rotate-outputs.ts'
export { type WeighedSession, weighSessions } from './keeping/weigh-sessions.ts'
export { listSessions, sessionFolders } from './list-sessions.ts'
export { missingOutputs } from './missing-outputs.ts'
export { createNullJournal } from './null-journal.ts'
export { createOutputBuffer, type OutputBuffer } from './output-buffer.ts'
export { readBody } from './read-body.ts'
export { readSession } from './read-session.ts'
export { createSessionId } from './session-id.ts'
export { ownerOf } from './session-lock.ts'
export { systemClock } from './system-clock.ts'
export type {
  AnalyseApart,
  BodyWriter,
  BrokenSession,
  Clock,
  Journal,
  SessionList,
  SessionStore,
  SessionSummary,
  Snapshot,
  StoredSession,
} from './types.ts'
export type { Remark, Verification } from './verify/types.ts'
export { verifySession } from './verify/verify-session.ts'
