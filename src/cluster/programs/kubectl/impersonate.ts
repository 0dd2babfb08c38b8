import { mayDo, type Person, refusalText } from '../../relations/authorize.ts'
import type { World } from '../../world/world.ts'
import type { Arguments } from './arguments.ts'

/** Whom a command line with `--as` comes as; without it, who they are. */
export const personAsked = (person: Person, { flags, lists }: Arguments): Person => {
  const user = flags.get('as')
  return user === undefined
    ? { user: person.user, groups: person.groups }
    : { user, groups: lists.get('as-group') ?? [] }
}

/** The refusal to somebody who may not come as another. */
export const impersonationProblem = (
  world: World,
  person: Person,
  { flags, lists }: Arguments,
): string | undefined => {
  const as = flags.get('as')
  if (as === undefined)
    return lists.has('as-group')
      ? 'error: requesting groups [...] without impersonating a user\n'.replace(
          '[...]',
          `[${lists.get('as-group')?.join(' ')}]`,
        )
      : undefined
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(as)
  const wishes = [
    account === null
      ? { verb: 'impersonate', resource: 'users', name: as }
      : { verb: 'impersonate', resource: 'serviceaccounts', namespace: account[1], name: account[2] },
    ...(lists.get('as-group') ?? []).map(name => ({ verb: 'impersonate', resource: 'groups', name })),
  ]
  const refused = wishes.find(wish => !mayDo(world, person, wish))
  return refused === undefined
    ? undefined
    : `Error from server (Forbidden): ${refusalText(person, refused)}\n`
}
