import { kindOf } from '../../kube/kinds.ts'
import { rulesOf, type Wish } from '../../relations/authorize.ts'
import type { Reply } from '../../shell/program.ts'
import type { KubeValue } from '../../world/kube-object.ts'
import type { Client } from './client.ts'
import { isAllowed, wishOf } from './forbidden.ts'
import { formatTable } from './table.ts'

const HEAD = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']

const everything = {
  apiGroups: ['*'],
  resources: ['*'],
  nonResourceURLs: ['*'],
  verbs: ['*'],
}

const rowsOf = (rule: KubeValue): readonly (readonly string[])[] => {
  const verbs = `[${rule.verbs.join(' ')}]`
  const groups: readonly string[] = rule.apiGroups ?? []
  const full = (resource: string) => groups.map(group => (group === '' ? resource : `${resource}.${group}`))
  return [
    ...((rule.resources ?? []) as readonly string[])
      .flatMap(full)
      .map(resource => [resource, '[]', `[${(rule.resourceNames ?? []).join(' ')}]`, verbs]),
    ...((rule.nonResourceURLs ?? []) as readonly string[]).map(url => ['', `[${url}]`, '[]', verbs]),
  ]
}

const listRights = ({ call, answer, namespace }: Client): Reply => {
  const rules = rulesOf(call.world, answer, namespace)
  const all = answer.groups.includes('system:masters') ? [everything, ...rules] : rules
  const rows = new Map(all.flatMap(rowsOf).map(row => [row.join('\t'), row]))
  return { stdout: formatTable([HEAD, ...rows.values()]) }
}

const whoAmI = ({ answer: { user, groups } }: Client): Reply => ({
  stdout: formatTable([
    ['ATTRIBUTE', 'VALUE'],
    ['Username', user],
    ['Groups', `[${[...groups, 'system:authenticated'].join(' ')}]`],
  ]),
})

const answerTo = (client: Client, wish: Wish, warning = ''): Reply => {
  const isYes = isAllowed(client, wish)
  return { stdout: isYes ? 'yes\n' : 'no\n', stderr: warning, exit: isYes ? 0 : 1 }
}

/** `kubectl auth can-i`. */
export const canI = (client: Client): Reply => {
  const { words, flags } = client.args
  const [, action, verb = '', what = ''] = words
  if (action === 'whoami') return whoAmI(client)
  if (action === 'can-i' && flags.has('list')) return listRights(client)
  if (action !== 'can-i') return { stderr: `error: unknown command "${action ?? ''}"\n`, exit: 1 }
  if (what === '')
    return {
      stderr: 'error: you must specify two arguments: verb resource or verb resource/resourceName.\n',
      exit: 1,
    }
  if (what.startsWith('/')) return answerTo(client, { verb, path: what })
  const [resource = '', name] = what.split('/')
  if (resource === '*')
    return answerTo(client, { verb, group: '*', resource: '*', namespace: client.namespace })
  const kind = kindOf(resource, client.call.world)
  if (kind === undefined)
    return answerTo(
      client,
      { verb, resource, namespace: client.namespace },
      `Warning: the server doesn't have a resource type '${resource}'\n\n`,
    )
  const wish = wishOf(client, kind, { verb, name, part: flags.get('subresource') })
  const warning = kind.isNamespaced
    ? ''
    : `Warning: resource '${kind.plural}' is not namespace scoped${kind.group === '' ? '' : ` in group '${kind.group}'`}\n\n`
  return answerTo(client, wish, warning)
}
