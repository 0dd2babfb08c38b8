import type { AppServices } from '../services.ts'
import type { AppBinding } from './app-binding.ts'
import { bindings } from './bindings.ts'

/** The keys that count: the operator's own table, or the program's. */
export const bindingsOf = (services: Pick<AppServices, 'bindings'>): readonly AppBinding[] =>
  services.bindings ?? bindings
