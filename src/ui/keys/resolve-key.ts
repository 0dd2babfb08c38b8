import type { Binding, Scope } from './binding.ts'
import type { Press } from './press.ts'

/** What a key does now. */
export type Resolution<Action> =
  | { readonly kind: 'action'; readonly action: Action; readonly bindingId: string }
  | { readonly kind: 'disabled'; readonly reason: string; readonly bindingId: string }
  | { readonly kind: 'unbound' }

/** What is asked of the table: the scopes of the moment, most special first, and what conditions are asked with. */
export type KeyQuestion<Context> = {
  readonly scopes: readonly Scope[]
  readonly press: Press
  readonly context: Context
}

/** The first binding of the key in the scopes, in their order, decides; a disabled one does not let a later scope have the key. */
export const resolveKey = <Context, Action>(
  bindings: readonly Binding<Context, Action>[],
  { scopes, press, context }: KeyQuestion<Context>,
): Resolution<Action> => {
  for (const scope of scopes) {
    const binding = bindings.find(b => b.scope === scope && b.keys.includes(press.name))
    if (binding === undefined) continue
    const reason = binding.disabledReason?.(context, press.name)
    if (reason !== undefined) return { kind: 'disabled', reason, bindingId: binding.id }
    return { kind: 'action', action: binding.action(context, press.name), bindingId: binding.id }
  }
  return { kind: 'unbound' }
}
