import type { AppServices } from '../services.ts'
import { keyNames } from './key-names.ts'

/** The first key of an action by its id, as people read it: for texts that name a key, which may be the operator's own. */
export const keyOf = ({ bindings }: Pick<AppServices, 'bindings'>, id: string): string =>
  keyNames(bindings.find(binding => binding.id === id)?.keys.slice(0, 1) ?? [])
