import type { Law } from './law.ts'

/** Every law, causes before their consequences: the order in which a step applies them. */
export const laws: readonly Law[] = []
