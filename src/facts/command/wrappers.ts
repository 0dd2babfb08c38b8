/**
 * A program that runs another command: which of its options take a separate value, how many words stand before the command,
 * and whether the rest is one shell text instead of words.
 */
export type Wrapper = {
  readonly names: readonly string[]
  /** Words that must follow the name, such as `exec`. */
  readonly verb?: string
  readonly valueOptions?: readonly string[]
  readonly positionals?: number
  readonly rest: 'words' | 'text' | 'after-dashes' | 'option-c'
}

const containerOptions = ['-e', '--env', '-u', '--user', '-w', '--workdir', '--detach-keys']

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
  { names: ['kubectl', 'oc'], verb: 'exec', rest: 'after-dashes' },
  { names: ['kubectl', 'oc'], verb: 'debug', rest: 'after-dashes' },
  { names: ['kubectl', 'oc'], verb: 'run', rest: 'after-dashes' },
  {
    names: ['docker', 'podman', 'nerdctl', 'crictl'],
    verb: 'exec',
    valueOptions: containerOptions,
    positionals: 1,
    rest: 'words',
  },
  { names: ['bash', 'sh', 'dash', 'ash', 'zsh'], rest: 'option-c' },
]
