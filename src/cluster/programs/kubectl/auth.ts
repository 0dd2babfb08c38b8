import type { Reply } from '../../shell/program.ts'
import { type Client, forbidden } from './client.ts'
import { kindOf } from './kinds.ts'
import { formatTable } from './table.ts'

const HEAD = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']

/** What everybody may do who is let in. */
const common = [
  ['selfsubjectreviews.authentication.k8s.io', '[]', '[]', '[create]'],
  ['selfsubjectaccessreviews.authorization.k8s.io', '[]', '[]', '[create]'],
  ['selfsubjectrulesreviews.authorization.k8s.io', '[]', '[]', '[create]'],
  ...['/api/*', '/api', '/apis/*', '/apis', '/healthz', '/livez', '/readyz', '/version'].map(path => [
    '',
    `[${path}]`,
    '[]',
    '[get]',
  ]),
]

const listRights = (client: Client): Reply => {
  const everything = { verb: '*', kind: '', plural: '*', group: '', isNamespaced: false }
  const all = [
    ['*.*', '[]', '[]', '[*]'],
    ['', '[*]', '[]', '[*]'],
  ]
  const isAdmin = forbidden(client, everything) === undefined
  return { stdout: formatTable([HEAD, ...(isAdmin ? all : []), ...common]) }
}

const whoAmI = ({ answer: { user, groups } }: Client): Reply => ({
  stdout: formatTable([
    ['ATTRIBUTE', 'VALUE'],
    ['Username', user],
    ['Groups', `[${[...groups, 'system:authenticated'].join(' ')}]`],
  ]),
})

/** `kubectl auth can-i`. */
export const canI = (client: Client): Reply => {
  const [, action, verb = '', resource = ''] = client.args.words
  if (action === 'whoami') return whoAmI(client)
  if (action === 'can-i' && client.args.flags.has('list')) return listRights(client)
  if (action !== 'can-i') return { stderr: `error: unknown command "${action ?? ''}"\n`, exit: 1 }
  const kind = kindOf(resource)
  if (resource === '*')
    return forbidden(client, { verb, kind: '', plural: '*', group: '', isNamespaced: false }) === undefined
      ? { stdout: 'yes\n' }
      : { stdout: 'no\n', exit: 1 }
  if (kind === undefined)
    return {
      stdout: 'no\n',
      stderr: `Warning: the server doesn't have a resource type '${resource}'\n\n`,
      exit: 1,
    }
  return forbidden(client, { verb, ...kind }) === undefined
    ? { stdout: 'yes\n' }
    : { stdout: 'no\n', exit: 1 }
}
