import type { Place } from '../../base/index.ts'
import type { Machine } from '../../session/index.ts'
import type { Moment } from '../state/moment.ts'
import type { Overlay } from '../state/overlay.ts'

/** A place that commands could run at: what it is called, what else is known of it, and the target; none leaves them out. */
export type PlaceOption = {
  readonly label: string
  readonly note: string
  readonly machine: Machine | undefined
}

type Asking = Extract<Overlay, { kind: 'place' }>
type Found = PlaceOption & { readonly machine: Machine }
type Find = (text: string) => Machine | undefined

/** What can be typed for a place, in a sentence. */
export const placeForms = (place: Place): string =>
  place === 'pod'
    ? 'Type the pod as [NAMESPACE/]NAME[/CONTAINER].'
    : 'Type ssh:[user@]host[:port], or local for the machine that runtree runs on.'

const leaveOut: PlaceOption = { label: 'nowhere now', note: 'run only the others', machine: undefined }

const isFound = (option: PlaceOption): option is Found => option.machine !== undefined

/** Each target once, as it was named first. */
const once = (options: readonly Found[]): readonly Found[] =>
  [...new Map([...options].reverse().map(option => [option.machine.target, option])).values()].reverse()

/** A pod is none of the machines; anything else may be the session's own, or one that is known. */
const offered = ({ place }: Asking, { snapshot, services }: Moment, find: Find): readonly Found[] => {
  if (place === 'pod') return []
  const { target = '', host = '' } = snapshot?.session.header ?? {}
  const same: PlaceOption = { label: host, note: 'the same machine as so far', machine: find(target) }
  const mapped = [...(snapshot?.session.places ?? [])].map(
    ([other, machine]): PlaceOption => ({
      label: machine.target,
      note: `where ${other} is`,
      machine: find(machine.target),
    }),
  )
  const known = services.machines
    .known()
    .map((label): PlaceOption => ({ label, note: '', machine: find(label) }))
  return once([same, ...mapped, ...known].filter(isFound))
}

/** What was typed, read as a target, or else as the name that is usual for the place. */
const typed = ({ place }: Asking, text: string, find: Find): Found | undefined => {
  if (text === '') return undefined
  const machine = find(text) ?? find(`${place === 'pod' ? 'pod' : 'ssh'}:${text}`)
  return machine && { label: machine.target, note: 'as typed', machine }
}

/** Where a place may be, the likeliest first: what was typed in full, those that hold it, then what the typed text could stand for. */
export const placeOptions = (asking: Asking, moment: Moment): readonly PlaceOption[] => {
  const { target = '', host = '' } = moment.snapshot?.session.header ?? {}
  const find: Find = text => moment.services.machines.find(asking.place, text, { target, host })
  const text = asking.field.text.trim()
  const wanted = text.toLowerCase()
  const found = offered(asking, moment, find).filter(({ label, machine }) =>
    `${label} ${machine.target}`.toLowerCase().includes(wanted),
  )
  if (text === '') return asking.intent.type === 'run-reads' ? [...found, leaveOut] : found
  const extra = typed(asking, text, find)
  if (extra === undefined) return found
  const others = found.filter(({ machine }) => machine.target !== extra.machine.target)
  return extra.machine.target.toLowerCase().startsWith(wanted) ? [extra, ...others] : [...others, extra]
}
