import { quoteWord } from '../quote-word.ts'
import { type Advice, type Advisers, operandsOf, optionsOf, saveOutput, writeWords } from './advice.ts'
import type { PlainCall } from './list-calls.ts'

const kubeGlobals = ['-n', '--namespace', '--kubeconfig', '--context', '-s', '--server', '--as']
const kubeSelects = ['-f', '--filename', '-k', '--kustomize', '-l', '--selector']
const kubeValued = [
  ...kubeGlobals,
  ...kubeSelects,
  '-p',
  '--patch',
  '--type',
  '--grace-period',
  '--timeout',
  '--replicas',
  '-c',
  '--container',
]

const attachedNamespace = (words: readonly string[]): readonly string[] =>
  words.filter(word => /^-n.+/.test(word))

type Kube = PlainCall & {
  readonly verb: string
  readonly objects: readonly string[]
  readonly selected: readonly string[]
  readonly globals: readonly string[]
}

const kubectl = ({ argv0, before, globals }: Kube, rest: string): string =>
  `${before}${writeWords([argv0, ...globals])} ${rest}`

/** The objects as they are now; what is not there yet is no failure. */
const keepObjects = (call: Kube, what: readonly string[], file: string): Advice['saving'] =>
  what.length === 0 || what.includes('-')
    ? undefined
    : {
        line: saveOutput(
          '',
          kubectl(call, `get ${writeWords(what)} --ignore-not-found -o yaml`),
          `${file}.yaml`,
        ),
        keeps: `kube:${what.join(' ')}`,
      }

const withSaving = (undo: string, saving: Advice['saving']): Advice => ({
  undo,
  ...(saving === undefined ? {} : { saving }),
})

const isChange = (word: string): boolean => /[=]|[^/]-$/.test(word)

type KubeAdviser = (call: Kube, file: string) => Advice

const keepThem: KubeAdviser = (call, file) =>
  withSaving(
    kubectl(call, `apply -f ${file}.yaml`),
    keepObjects(call, [...call.objects.filter(word => !isChange(word)), ...call.selected], file),
  )

const untaint = (word: string): string =>
  isChange(word) ? `${word.replace(/=[^:]*/, '').replace(/-$/, '')}-` : word

const kubeVerbs: Readonly<Record<string, KubeAdviser>> = {
  'delete apply replace edit patch scale label annotate autoscale': keepThem,
  set: (call, file) => keepThem({ ...call, objects: call.objects.slice(1) }, file),
  create: call => ({
    undo: kubectl(
      call,
      `delete ${writeWords(call.selected.length > 0 ? call.selected : call.objects.slice(0, 2))}`,
    ),
  }),
  run: call => ({ undo: kubectl(call, `delete pod ${writeWords(call.objects.slice(0, 1))}`) }),
  'cordon drain': call => ({ undo: kubectl(call, `uncordon ${writeWords(call.objects)}`) }),
  uncordon: call => ({ undo: kubectl(call, `cordon ${writeWords(call.objects)}`) }),
  taint: call => ({ undo: kubectl(call, `taint ${writeWords(call.objects.map(untaint))}`) }),
  rollout: call =>
    /^(?:restart|undo)$/.test(call.objects[0] ?? '')
      ? { undo: kubectl(call, `rollout undo ${writeWords(call.objects.slice(1))}`) }
      : {},
  certificate: () => ({ undo: 'Not possible: an approved certificate stays valid until it ends.' }),
}

const adviseKube: KubeAdviser = (call, file) => {
  const found = Object.entries(kubeVerbs).find(([verbs]) => verbs.split(' ').includes(call.verb))
  return found?.[1](call, file) ?? {}
}

const etcdOptions =
  '--endpoints --cacert --cert --key --user --password --cert-file --key-file --ca-file --dial-timeout --command-timeout'.split(
    ' ',
  )

const releaseOf = (words: readonly string[]): string =>
  operandsOf(words, ['-n', '--namespace', '--kubeconfig', '--kube-context', '-f', '--values', '--set'])[1] ??
  ''

/** Objects of the cluster, its store and its packages. */
export const clusterAdvice: Advisers = {
  'kubectl kctl oc': (call, file) => {
    const [verb = '', ...objects] = operandsOf(call.words, kubeValued)
    const globals = [...optionsOf(call.words, kubeGlobals), ...attachedNamespace(call.words)]
    return adviseKube({ ...call, verb, objects, selected: optionsOf(call.words, kubeSelects), globals }, file)
  },
  etcdctl: ({ words, before }, file) => {
    const verbs = operandsOf(words, etcdOptions).slice(0, 2).join(' ')
    const asked = writeWords(['etcdctl', ...optionsOf(words, etcdOptions)])
    if (/^(?:del|rm|compact|compaction|member remove|snapshot restore|txn)\b/.test(verbs))
      return {
        undo: `Restore ${file}.db into a new data directory (etcdutl snapshot restore), then start etcd from it.`,
        saving: {
          line: `umask 077; ${before}${asked} snapshot save ${file}.db && ls -l ${file}.db`,
          keeps: 'etcd',
        },
      }
    return /^(?:defrag|alarm disarm)\b/.test(verbs) ? { undo: 'Not needed: no key is changed.' } : undefined
  },
  kubeadm: ({ words, before }, file) =>
    /^(?:reset|certs renew|init)\b/.test(operandsOf(words).slice(0, 2).join(' '))
      ? {
          undo: `${before}cp -a ${file}-kubernetes/. /etc/kubernetes/`,
          saving: {
            line: `${before}cp -a /etc/kubernetes ${file}-kubernetes`,
            keeps: 'file:/etc/kubernetes',
          },
        }
      : undefined,
  helm: ({ words, before }, file) => {
    const globals = optionsOf(words, ['-n', '--namespace', '--kubeconfig', '--kube-context'])
    const [verb] = operandsOf(words, ['-n', '--namespace', '--kubeconfig', '--kube-context'])
    const helm = `${before}${writeWords(['helm', ...globals])}`
    const release = quoteWord(releaseOf(words))
    if (verb === 'upgrade' || verb === 'rollback') return { undo: `${helm} rollback ${release}` }
    if (verb === 'install') return { undo: `${helm} uninstall ${release}` }
    return /^(?:uninstall|delete|del|un)$/.test(verb ?? '')
      ? {
          undo: `Install it again with the values in ${file}.helm.`,
          saving: {
            line: saveOutput('', `${helm} get all ${release}`, `${file}.helm`),
            keeps: `helm:${release}`,
          },
        }
      : undefined
  },
}
