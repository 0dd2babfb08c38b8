import type { World } from './world/world.ts'

/** The next number of the world's own generator (mulberry32), from 0 up to but not 1. The same seed gives the same series. */
export const chance = (world: Pick<World, 'chanceState'>): number => {
  world.chanceState = (world.chanceState + 0x6d2b79f5) | 0
  const mixed = Math.imul(world.chanceState ^ (world.chanceState >>> 15), 1 | world.chanceState)
  const twice = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((twice ^ (twice >>> 14)) >>> 0) / 4294967296
}

/** Does something with a series of its own: however often it draws, what is drawn after it stays the same. */
export const chanceApart = (world: Pick<World, 'chanceState'>, work: () => void): void => {
  const state = (chance(world) * 4294967296) | 0
  const { chanceState } = world
  world.chanceState = state
  work()
  world.chanceState = chanceState
}

/** A whole number from `least` to `most`, both included. */
export const chanceBetween = (
  world: Pick<World, 'chanceState'>,
  range: { readonly least: number; readonly most: number },
): number => range.least + Math.floor(chance(world) * (range.most - range.least + 1))

/** One of the items; the list must not be empty. */
export const chanceOf = <T>(world: Pick<World, 'chanceState'>, items: readonly T[]): T =>
  items[Math.floor(chance(world) * items.length)] as T

/** As many hexadecimal digits as asked for. */
export const chanceHex = (world: Pick<World, 'chanceState'>, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(chance(world) * 16).toString(16)).join('')

/** The letters and digits that Kubernetes makes generated names from. */
const nameLetters = [...'bcdfghjklmnpqrstvwxz2456789']

/** The random end of a generated Kubernetes name: five letters and digits without vowels. */
export const chanceSuffix = (world: Pick<World, 'chanceState'>, length = 5): string =>
  Array.from({ length }, () => chanceOf(world, nameLetters)).join('')

/** A random UUID, version 4. */
export const chanceUuid = (world: Pick<World, 'chanceState'>): string => {
  const hex = chanceHex(world, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
