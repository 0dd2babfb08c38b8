import type { CommandWords } from '../facts/index.ts'

// Other programs that take the same commands and print the same.
const usual: Readonly<Record<string, string>> = {
  oc: 'kubectl',
  k: 'kubectl',
  kctl: 'kubectl',
  kubecolor: 'kubectl',
  'microk8s.kubectl': 'kubectl',
  podman: 'docker',
  nerdctl: 'docker',
}

/** The same command of the program that is better known: `oc get pods` is `kubectl get pods`. None where it is that already. */
export const asUsual = ([program = '', ...words]: CommandWords): readonly CommandWords[] => {
  const name = Object.hasOwn(usual, program) ? usual[program] : undefined
  return name === undefined ? [] : [[name, ...words]]
}

// At the start of a command; a name as short as `k` only where a verb or an option follows.
const kubectlNames =
  /(^|[|;&(`]\s*|\$\(|\bsudo (?:-\S+ )*|['"])(?:\S*\/)?(?:oc|kctl|kubecolor|microk8s\.kubectl|k(?= +(?:-\w|--\w|get|describe|logs?|exec|run|debug|cp|top|apply|events)\b)) /g

/** A command line with `kubectl` in place of its other names. */
export const withUsualNames = (command: string): string => command.replace(kubectlNames, '$1kubectl ')
