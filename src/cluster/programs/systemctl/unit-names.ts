import type { Call } from '../../shell/program.ts'
import { findUnit } from '../../systemd/load-unit.ts'
import { unitFileNames } from '../../systemd/unit-sources.ts'
import { globOf } from '../../text/glob.ts'
import type { Unit } from '../../world/unit.ts'
import { groupUnits } from './group-units.ts'

const suffix = /\.(service|socket|mount|automount|target|timer|path|slice|scope|device|swap)$/

/** The full name of a unit as systemctl understands what was typed. */
export const fullName = (word: string): string => {
  if (suffix.test(word)) return word
  return word.startsWith('/') ? `${word.slice(1).replaceAll('/', '-') || '-'}.mount` : `${word}.service`
}

/** Whether a unit's name fits one of the patterns that were typed; every name fits no patterns. */
export const fits = (name: string, patterns: readonly string[]): boolean =>
  patterns.length === 0 ||
  patterns.some(pattern => (/[*?[]/.test(pattern) ? globOf(pattern).test(name) : fullName(pattern) === name))

/** What one word stands for: the units that systemd knows of, or the name that it knows nothing of. */
export const unitsFor = (call: Call, word: string): readonly (Unit | string)[] => {
  const { machine } = call
  if (/[*?[]/.test(word))
    return [...machine.units.values(), ...groupUnits(call)].filter(unit => fits(unit.name, [word]))
  const name = fullName(word)
  return [findUnit(machine, name) ?? groupUnits(call).find(unit => unit.name === name) ?? name]
}

/** Every unit that has a file or runs, sorted by name. */
export const everyUnit = ({ machine }: Call): readonly Unit[] => {
  const names = new Set([...machine.units.keys(), ...unitFileNames(machine)])
  return [...new Set([...names].sort().flatMap(name => findUnit(machine, name) ?? []))]
}
