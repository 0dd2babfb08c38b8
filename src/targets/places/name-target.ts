import type { Place } from '../../base/index.ts'
import {
  formatInside,
  formatMachineTarget,
  parseInside,
  parseMachineTarget,
  splitTarget,
} from './parse-target.ts'

/** Where a place is: the whole name of the target, and the name of the machine or the pod behind it. */
export type NamedTarget = { readonly target: string; readonly host: string }

/** What names are read with: the session's own target, which may be named too, and the name of this machine. */
export type NameContext = { readonly home: NamedTarget; readonly localHost: string }

const nameMachine = (text: string, { home, localHost }: NameContext): NamedTarget | undefined => {
  if (text === home.target) return home
  const machine = parseMachineTarget(text)
  if (machine === undefined) return undefined
  const host = machine.kind === 'local' ? localHost : machine.destination.host
  return { target: formatMachineTarget(machine), host }
}

const withInside = (text: string, home: NamedTarget): string =>
  parseInside(text) === undefined ? text : `${text}@${home.target}`

/**
 * Reads where a place is: a target as after `--target`, or `planet` or `pod:[NAMESPACE/]NAME[/CONTAINER]`, each with `@TARGET` behind
 * it unless it is on the session's own. The place `planet` on a machine is the planet container there. `undefined` for what names nothing.
 */
export const nameTarget = (place: Place, text: string, context: NameContext): NamedTarget | undefined => {
  const { inside, on } = splitTarget(withInside(text.trim(), context.home))
  const machine = nameMachine(on, context)
  if (machine === undefined) return undefined
  if (inside === undefined)
    return place === 'planet' ? { ...machine, target: `planet@${machine.target}` } : machine
  const host = inside.kind === 'planet' ? machine.host : inside.pod.name
  return { target: `${formatInside(inside)}@${machine.target}`, host }
}
