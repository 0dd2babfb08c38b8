export { createRedaction, type Redaction } from './create-redaction.ts'
export { createRedactor, type Redactor } from './create-redactor.ts'
export { findSecrets } from './find-secrets.ts'
export type { MaskCounts, OwnSecret } from './types.ts'
