import type { Run } from '../../session/index.ts'

/** A cause found in an output. */
export type Finding = Run['findings'][number]

/** A piece of an output, or a fact, that speaks for a cause or a verdict. */
export type Evidence = Finding['evidence'][number]
