import type { Found } from './found.ts'
import { openScope } from './scope.ts'
import { walkNode } from './walk-node.ts'
import { walkScript } from './walk-script.ts'

/** The stages of a whole line, from a scope in which nothing is known. */
export const walkLine = (line: string): readonly Found[] => walkScript(line, openScope(walkNode))
