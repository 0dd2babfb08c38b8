import { currentTree, suggestFor } from '../../session/index.ts'
import type { PlainDesk } from './follow-entry.ts'

/** What is known of variables that lack a value: what they mean, what fits, and how to give one. */
export const presentMissing = (
  { store, context }: PlainDesk,
  names: readonly string[],
): readonly string[] => {
  const { session } = store.getSnapshot()
  const known = currentTree(session, context.library)?.variables ?? []
  return names.flatMap(name => {
    const variable = known.find(one => one.name === name)
    const suggestions = variable === undefined ? [] : suggestFor(session, variable)
    const type = variable === undefined || variable.type === 'text' ? '' : ` (${variable.type})`
    return [
      `  ${name}${type}${variable?.about === undefined ? '' : `: ${variable.about}`}`,
      ...(suggestions.length === 0 ? [] : [`    collected so far: ${suggestions.join(', ')}`]),
      variable?.type === 'secret'
        ? `    type: v ${name}   and then the value, which is not shown`
        : `    type: v ${name}=VALUE`,
    ]
  })
}
