import type { World } from '../world/world.ts'

const steps = new WeakMap<World, Map<string, unknown>>()

/** Begins a step of the laws: until its end, what they ask more than once is answered once. */
export const beginStep = (world: World): void => void steps.set(world, new Map())

/** Ends a step: from here on every question is answered anew. */
export const endStep = (world: World): void => void steps.delete(world)

/** The answer to a question, within a step of the laws the one given before. A law's consequences show to the others one step later. */
export const inStep = <T>(world: World, question: string, answer: () => T): T => {
  const known = steps.get(world)
  if (known === undefined) return answer()
  if (known.has(question)) return known.get(question) as T
  const fresh = answer()
  known.set(question, fresh)
  return fresh
}
