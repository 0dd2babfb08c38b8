import type { EffectKind } from './types.ts'

const order: readonly EffectKind[] = ['read', 'unknown', 'change', 'destructive']

/** Tells how strict an effect is: a greater number asks for more care. */
export const strictness = (effect: EffectKind): number => order.indexOf(effect)

/** The item with the strictest effect, the first of equals; `undefined` for an empty list. */
export const strictest = <T extends { readonly effect: EffectKind }>(items: readonly T[]): T | undefined =>
  items.reduce<T | undefined>(
    (top, item) => (top === undefined || strictness(item.effect) > strictness(top.effect) ? item : top),
    undefined,
  )
