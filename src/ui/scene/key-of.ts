import { keyName } from '../keys/key-names.ts'
import type { AppServices } from '../services.ts'

/** The first key of an action as people read it, for a text that names it; `usual` is the program's own. */
export const keyOf = (
  { bindings }: Pick<AppServices, 'bindings'>,
  { id, usual }: { readonly id: string; readonly usual: string },
): string => keyName(bindings?.find(binding => binding.id === id)?.keys[0] ?? usual)
