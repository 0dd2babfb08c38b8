import type { World } from '../world/world.ts'

/** The parameters of a fault as a drill's file gives them. */
export type FaultParameters = Readonly<Record<string, string | number | boolean>>

/**
 * A change of a world's primary state that no command of a shell could make: a disk that dies, a link that breaks, a certificate
 * that was made with another end. It throws a RangeError with a sentence when a parameter cannot be right.
 */
export type Fault = (world: World, parameters: FaultParameters) => void
