import { namedRules } from './named-rules.ts'
import { tokenRules } from './token-rules.ts'
import type { SecretRule } from './types.ts'

/** What secrets look like within a line. Earlier rules win where two find the same characters. */
export const secretRules: readonly SecretRule[] = [...tokenRules, ...namedRules]
