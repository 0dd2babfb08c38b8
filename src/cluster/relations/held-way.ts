import type { Machine } from '../world/machine.ts'
import type { HeldWay } from '../world/network.ts'

/** Keeps where a name led a client that got through to the API server. */
export const noteWay = (machine: Machine, host: string, way: HeldWay): void => {
  machine.ledTo = { ...machine.ledTo, [host]: way }
}

/** The connection by a name broke: whoever comes next has to look the name up. */
export const forgetWay = (machine: Machine, host: string): void => {
  const { [host]: _, ...others } = machine.ledTo ?? {}
  machine.ledTo = others
}

/** The way of a client that has held its connection since `sinceMs`: it asks for no name again. `undefined` for one that has to dial. */
export const heldWay = (
  { ledTo }: Machine,
  host: string,
  sinceMs: number | undefined,
): HeldWay | undefined => {
  const way = ledTo?.[host]
  return way !== undefined && sinceMs !== undefined && sinceMs <= way.atMs ? way : undefined
}
