export type { BodyWriter, Journal, SessionStore, SessionSummary, Snapshot } from './types.ts'
