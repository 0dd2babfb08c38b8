import { keyOf } from '../keys/key-of.ts'
import type { TargetEntry } from '../services.ts'
import type { Moment } from '../state/moment.ts'

const knownNow = ({ targets, target }: Moment['services']): readonly TargetEntry[] => {
  const known = targets.known()
  const isListed = known.some(({ name }) => name === target.name)
  return isListed ? known : [{ name: target.name, about: target.host }, ...known]
}

/** The targets that hold every typed word, the one that counts among them; what was typed itself stands first where it is none of them. */
export const targetOptions = (typed: string, { services }: Moment): readonly TargetEntry[] => {
  const wanted = typed.trim()
  const words = wanted.toLowerCase().split(/\s+/)
  const known = knownNow(services)
  const fitting = known.filter(({ name, about }) => {
    const text = `${name} ${about}`.toLowerCase()
    return words.every(word => text.includes(word))
  })
  const isNew = wanted !== '' && !/\s/.test(wanted) && known.every(({ name }) => name !== wanted)
  const isForm = /^(?:ssh|sim|replay):/.test(wanted)
  return isNew && isForm ? [{ name: wanted, about: 'as typed' }, ...fitting] : fitting
}

/** Why the target cannot be changed now, in a sentence; `undefined` on the home screen, where it can. */
export const whyNoOtherTarget = ({ ui, drill, services }: Moment): string | undefined => {
  if (ui.place.kind === 'home') return undefined
  if (drill !== undefined) return 'A drill has a cluster of its own and stays on it.'
  const isOnlyOne = services.initial !== undefined || services.resumed !== undefined
  return isOnlyOne
    ? 'A session stays on the target where it began, as its journal says. Start runtree with --target for another.'
    : `A session stays on the target where it began, as its journal says. Leave it; ${keyOf(services, 'target')} on the home screen chooses another.`
}
