import { type CommandWords, kubectlNames } from '../facts/index.ts'

const otherNames = kubectlNames.filter(name => name !== 'kubectl')

// Other programs that take the same commands and print the same.
const usual: Readonly<Record<string, string>> = {
  ...Object.fromEntries(otherNames.map(name => [name, 'kubectl'])),
  podman: 'docker',
  nerdctl: 'docker',
  'docker-compose': 'docker',
  'podman-compose': 'docker',
}

/** The same command of the program that is better known: `oc get pods` is `kubectl get pods`. None where it is that already. */
export const asUsual = ([program = '', ...words]: CommandWords): readonly CommandWords[] => {
  const name = Object.hasOwn(usual, program) ? usual[program] : undefined
  return name === undefined ? [] : [[name, ...words]]
}

const behind = '(?= +(?:-\\w|--\\w|get|describe|logs?|exec|run|debug|cp|top|apply|events)\\b)'

const spelled = otherNames.map(name => name.replaceAll('.', '\\.') + (name === 'k' ? behind : '')).join('|')

// At the start of a command; a name as short as `k` only where a verb or an option follows.
const named = new RegExp(`(^|[|;&(\`]\\s*|\\$\\(|\\bsudo (?:-\\S+ )*|['"])(?:\\S*\\/)?(?:${spelled}) `, 'g')

/** A command line with `kubectl` in place of its other names. */
export const withUsualNames = (command: string): string => command.replace(named, '$1kubectl ')
