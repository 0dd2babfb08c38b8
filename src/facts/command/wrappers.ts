import { kubectlNames } from './kubectl-names.ts'

/**
 * A program that runs another command: which of its options take a separate value, how many words stand before the command,
 * and whether the rest is one shell text instead of words.
 */
export type Wrapper = {
  readonly names: readonly string[]
  /** Words that must follow the name, such as `exec`. */
  readonly verb?: string
  /** Options before the verb that take a separate value. */
  readonly leadingOptions?: readonly string[]
  readonly valueOptions?: readonly string[]
  readonly positionals?: number
  readonly rest: 'words' | 'text' | 'after-dashes' | 'option-c'
}

const containerOptions = ['-e', '--env', '-u', '--user', '-w', '--workdir', '--detach-keys']

const clusterOptions = [
  '-n --namespace --context --kubeconfig --cluster --user -s --server --as --as-group --token --request-timeout',
  '--certificate-authority --client-certificate --client-key -v',
]
  .join(' ')
  .split(' ')

const runtimeOptions =
  '-r --runtime-endpoint -i --image-endpoint -c --config -t --timeout -H --host --context -n --namespace -a --address -l --log-level'.split(
    ' ',
  )

/** Programs that carry tools of their own: `k3s kubectl`. */
export const carriers: readonly string[] = ['k3s', 'rke2', 'k0s', 'microk8s', 'minikube']

/** The tools that are carried so. */
export const carriedTools: readonly string[] = ['kubectl', 'crictl', 'ctr', 'etcdctl', 'helm']

/** Other names under which a tool is installed. */
export const otherNames: Readonly<Record<string, string>> = {
  'microk8s.kubectl': 'kubectl',
  'microk8s.ctr': 'ctr',
  'microk8s.helm': 'helm',
  'microk8s.helm3': 'helm',
}

/** The wrappers that operators put in front of a command. */
export const wrappers: readonly Wrapper[] = [
  {
    names: ['sudo'],
    valueOptions: ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-T', '-U', '-D', '-R', '--user', '--group'],
    rest: 'words',
  },
  { names: ['doas'], valueOptions: ['-u', '-C'], rest: 'words' },
  { names: ['env'], valueOptions: ['-u', '-C', '--unset', '--chdir'], rest: 'words' },
  {
    names: ['timeout'],
    valueOptions: ['-s', '-k', '--signal', '--kill-after'],
    positionals: 1,
    rest: 'words',
  },
  { names: ['nice'], valueOptions: ['-n', '--adjustment'], rest: 'words' },
  { names: ['ionice'], valueOptions: ['-c', '-n', '--class', '--classdata'], rest: 'words' },
  { names: ['stdbuf'], valueOptions: ['-i', '-o', '-e'], rest: 'words' },
  { names: ['time'], valueOptions: ['-f', '-o'], rest: 'words' },
  {
    names: ['nohup', 'command', 'setsid', 'builtin', 'exec', 'unbuffer', 'busybox', 'toybox'],
    rest: 'words',
  },
  { names: ['watch'], valueOptions: ['-n', '--interval'], rest: 'text' },
  { names: ['chroot', 'faketime'], positionals: 1, rest: 'words' },
  { names: ['nsenter'], valueOptions: ['-t', '--target', '-S', '-G'], rest: 'words' },
  { names: ['ip'], verb: 'netns exec', positionals: 1, rest: 'words' },
  {
    names: ['ssh'],
    valueOptions: '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w'.split(' '),
    positionals: 1,
    rest: 'text',
  },
  { names: ['gravity'], verb: 'exec', rest: 'words' },
  { names: ['planet'], verb: 'enter', rest: 'words' },
  ...['exec', 'debug', 'run'].map(
    verb => ({ names: kubectlNames, verb, leadingOptions: clusterOptions, rest: 'after-dashes' }) as const,
  ),
  {
    names: ['docker', 'podman', 'nerdctl', 'crictl'],
    verb: 'exec',
    leadingOptions: runtimeOptions,
    valueOptions: containerOptions,
    positionals: 1,
    rest: 'words',
  },
  { names: ['bash', 'sh', 'dash', 'ash', 'zsh'], rest: 'option-c' },
]
