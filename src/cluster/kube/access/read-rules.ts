import type { KubeValue } from '../../world/kube-object.ts'

const verbSets: Readonly<Record<string, readonly string[]>> = {
  read: ['get', 'list', 'watch'],
  write: ['create', 'delete', 'deletecollection', 'patch', 'update'],
  all: ['*'],
}

const verbsIn = (text: string): readonly string[] => text.split(',').flatMap(word => verbSets[word] ?? [word])

const readRule = (text: string): KubeValue => {
  const [verbs = '', what = ''] = text.trim().split(' ')
  if (what.startsWith('/')) return { nonResourceURLs: what.split(','), verbs: verbsIn(verbs) }
  const [group = '', resources = ''] = what.split(':')
  const [list = '', names] = resources.split('=')
  return {
    apiGroups: group.split('|'),
    ...(names === undefined ? {} : { resourceNames: names.split(',') }),
    resources: list.split(','),
    verbs: verbsIn(verbs),
  }
}

/**
 * The rules of a role from its short form: `read :pods,nodes; write apps:deployments; get /healthz`. Before the colon stands the group,
 * several parted by bars, none for the first group; behind `=` the only names; `read`, `write` and `all` stand for several verbs.
 */
export const readRules = (text: string): readonly KubeValue[] =>
  text === '' ? [] : text.split(';').map(readRule)

/** The subjects of a binding from their short form: `Group/x User/y sa:namespace/name`. */
export const readSubjects = (text: string): readonly KubeValue[] =>
  text
    .split(' ')
    .filter(word => word !== '')
    .map(word => {
      const account = /^sa:([^/]+)\/(.+)$/.exec(word)
      if (account !== null) return { kind: 'ServiceAccount', name: account[2], namespace: account[1] }
      const [kind = '', ...name] = word.split('/')
      return { apiGroup: 'rbac.authorization.k8s.io', kind, name: name.join('/') }
    })
