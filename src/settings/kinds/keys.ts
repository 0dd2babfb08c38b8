import { fail, succeed } from '../../base/index.ts'
import { type Kind, type ValueProblem, wrong } from '../kind.ts'

/** Keys of the operator's own: action ids, each with the keys that lead to it in place of those of the program. */
export type OwnKeys = ReadonlyMap<string, readonly string[]>

const keyText = (written: unknown): string | undefined => {
  if (typeof written === 'string' && written !== '') return written
  return typeof written === 'number' && Number.isInteger(written) ? String(written) : undefined
}

/** One key or several, as the file holds them. YAML reads a bare digit as a number: it is meant as the key. */
const keysIn = (written: unknown): readonly string[] | undefined => {
  const list: readonly unknown[] = Array.isArray(written) ? written : [written]
  const texts = list.flatMap(one => keyText(one) ?? [])
  return texts.length === list.length && texts.length > 0 ? texts : undefined
}

const isMap = (written: unknown): written is Readonly<Record<string, unknown>> =>
  typeof written === 'object' && written !== null && !Array.isArray(written)

/** Which keys lead to which action. Whether those exist is not known here. */
export const ownKeys: Kind<OwnKeys> = {
  takes: 'action ids, each with a key or a list of keys',
  read: written => {
    if (!isMap(written)) return fail(wrong('wants lines of an action and its key, such as "help: f1"'))
    const read = Object.entries(written).map(([id, keys]) => ({ id, keys: keysIn(keys) }))
    const problems: readonly ValueProblem[] = read
      .filter(({ keys }) => keys === undefined)
      .map(({ id }) => ({ path: [id], message: `${id} wants a key, or a list of keys in brackets` }))
    return problems.length > 0
      ? fail(problems)
      : succeed(new Map(read.map(({ id, keys }) => [id, keys ?? []])))
  },
  show: value => JSON.stringify(Object.fromEntries(value)),
  text: 'yaml',
  schema: {
    type: 'object',
    additionalProperties: {
      anyOf: [
        { type: ['string', 'integer'] },
        { type: 'array', items: { type: ['string', 'integer'] }, minItems: 1 },
      ],
    },
  },
}
