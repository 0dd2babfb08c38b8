/** Tells whether something happens within a time, and waits no longer than that. */
export const happensWithin = async (event: Promise<unknown>, limitMs: number): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), limitMs)
  const happened = await Promise.race([event.then(() => true), promise])
  clearTimeout(timer)
  return happened
}
