export type { Effect, EffectKind, Stage } from './types.ts'
