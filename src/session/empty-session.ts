import type { Session } from './types.ts'

/** The session before anything happened: what `replay` starts from. */
export const emptySession: Session = {
  header: undefined,
  seq: 0,
  closed: undefined,
  current: undefined,
  trail: [],
  cursor: -1,
  path: [],
  runs: new Map(),
  judgements: new Map(),
  approval: undefined,
  variables: new Map(),
  places: new Map(),
  trusted: new Map(),
  notes: [],
}
