export { classify } from './classify.ts'
export { parseShell, type ShellScript } from './parse-shell.ts'
export { quoteWord } from './quote-word.ts'
export type { Effect, EffectKind, Stage } from './types.ts'
