import type { Place } from '../../base/index.ts'
import type { Machine } from '../../session/index.ts'
import { knownTargets, readMachine } from '../places-at-start.ts'
import type { PlainDesk } from './follow-entry.ts'
import type { LineReader } from './line-reader.ts'

const MOST_OFFERED = 9

/** What can be chosen by its number: the session's own machine first. A pod is none of them. */
const offered = (place: Place, home: Machine): readonly Machine[] => {
  if (place === 'pod') return []
  const machines = [home.target, ...knownTargets()].map(text => readMachine(place, text, home))
  return machines.filter(machine => machine !== undefined).slice(0, MOST_OFFERED)
}

const usual = (place: Place): string => (place === 'pod' ? 'pod:NAME' : 'ssh:HOST')

/** What can be typed for a place, in a sentence. */
export const targetForms = 'Use local, ssh:[user@]host[:port] or pod:[NAMESPACE/]NAME[/CONTAINER].'

/** Asks where a place is, and keeps that for the session. Gives false when nobody says so. */
export const askPlace = async (desk: PlainDesk, place: Place, reader: LineReader): Promise<boolean> => {
  const { store, out } = desk
  const { header } = store.getSnapshot().session
  if (header === undefined) return false
  const options = offered(place, header)
  out(`This is meant for ${place}. Where is that?`)
  options.forEach(({ target, host }, index) => {
    out(`  ${index + 1}  ${index === 0 ? `${host}, the same machine as so far` : host} (${target})`)
  })
  out(`Type ${options.length > 0 ? 'a number, or ' : ''}a target such as ${usual(place)}; nothing leaves it.`)
  for (;;) {
    const text = (await reader.ask())?.trim() ?? ''
    if (text === '' || text === 'q') return false
    const machine = options[Number(text) - 1] ?? readMachine(place, text, header)
    if (machine !== undefined) return store.dispatch({ type: 'map-place', place, machine }) === undefined
    out(`"${text}" names no target. ${targetForms}`)
  }
}
