import type { AppServices } from '../services.ts'
import type { AppBinding } from './app-binding.ts'
import { bindings } from './bindings.ts'
import { keyNames } from './key-names.ts'

/** The keys that count: the operator's own table, or the program's. */
export const bindingsOf = (services: Pick<AppServices, 'bindings'>): readonly AppBinding[] =>
  services.bindings ?? bindings

/** The first key of an action by its id, as people read it; empty for one that has none. */
export const keyOfAction = (services: Pick<AppServices, 'bindings'>, id: string): string =>
  keyNames(
    bindingsOf(services)
      .find(binding => binding.id === id)
      ?.keys.slice(0, 1) ?? [],
  )
