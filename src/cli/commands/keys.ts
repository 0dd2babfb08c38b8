import { ownBindings, presentKeys } from '../../ui/index.ts'
import type { RunWithSettings } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { print } from '../print.ts'

/** `runtree keys`: the keys of the screens, from the table that the program itself uses, with the operator's own in it. */
export const runKeys: RunWithSettings = async ({ flags, settings }) => {
  const keys = presentKeys(ownBindings(settings.values.keys).bindings)
  if (flags.has('json')) print.json(JSON.stringify(keys))
  else
    for (const { keys: names, description } of keys) print.out(`${names.join(' ').padEnd(24)} ${description}`)
  return exitCodes.done
}
