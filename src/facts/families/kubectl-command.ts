import { kubectlNames } from '../command/kubectl-names.ts'
import { operandsOf, optionValue } from '../command/options.ts'
import type { CommandWords } from '../types.ts'

const valueOptions = [
  '-n --namespace --kubeconfig --context --cluster --user -s --server -o --output -l --selector --field-selector',
  '--sort-by --request-timeout --tail --since --since-time -c --container --as --as-group --token -v --for -f --filename',
  '--certificate-authority --client-certificate --client-key --raw --types --limit-bytes --chunk-size -L --label-columns',
]
  .join(' ')
  .split(' ')

const carriers = ['k3s', 'rke2', 'k0s', 'microk8s', 'minikube']

/** The words from the name of a tool on, also where a distribution carries it: `k3s crictl ps` is `crictl ps`. */
export const carriedWords = (argv: CommandWords): CommandWords =>
  carriers.includes(argv[0] ?? '') ? argv.slice(1) : argv

/** A kubectl command: its verb, the operands behind it, the namespace and the output form that it asks for. */
export type KubectlCommand = {
  readonly verb: string
  readonly operands: readonly string[]
  readonly namespace: string | undefined
  readonly output: string | undefined
  readonly argv: CommandWords
}

/** Reads a kubectl command (`oc`, Gravity's `kctl` and `k3s kubectl` too); `undefined` for another program. */
export const kubectlCommand = (argv: CommandWords): KubectlCommand | undefined => {
  const words = carriedWords(argv)
  if (!kubectlNames.includes(words[0] ?? '')) return undefined
  const [verb = '', ...operands] = operandsOf(words, verbless(words))
  return {
    verb,
    operands,
    namespace: optionValue(words, ['-n', '--namespace']),
    output: optionValue(words, ['-o', '--output']),
    argv: words,
  }
}

// `logs -f` follows and takes no value; everywhere else `-f` names a file.
const verbless = (words: CommandWords): readonly string[] =>
  words.includes('logs') ? valueOptions.filter(option => option !== '-f') : valueOptions

/** The resource kinds that a `get` or `describe` names, and the single object when one is named: `pod/web`, `nodes a b`. */
export const requestedKinds = ({ operands }: KubectlCommand): readonly string[] => {
  const slashed = operands.filter(word => word.includes('/')).map(word => word.slice(0, word.indexOf('/')))
  return slashed.length > 0 ? slashed : (operands[0]?.split(',') ?? [])
}

/** The name of the one object that a command is about; `undefined` for none or several. */
export const requestedName = ({ operands }: KubectlCommand): string | undefined => {
  const slashed = operands.filter(word => word.includes('/'))
  if (slashed.length === 1) return slashed[0]?.slice(slashed[0].indexOf('/') + 1)
  return slashed.length === 0 && operands.length === 2 ? operands[1] : undefined
}
