export { createRedaction, type Redaction } from './create-redaction.ts'
export { createRedactor, type Redactor } from './create-redactor.ts'
export type { MaskCounts, SecretKind, SecretRule } from './types.ts'
