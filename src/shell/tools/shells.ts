import { joinFields } from '../field.ts'
import { holdsCommandText } from '../holds-command-text.ts'
import { type Call, change, doubts, type Impact, read, type Started, type Tools, unknown } from '../tool.ts'

const shellValued = '-o -O --rcfile --init-file'

/** The text behind `-c`, or what a heredoc feeds in; a script file or a pipe cannot be told. */
const startedByShell = ({ options, operands, input }: Call): readonly Started[] => {
  if (options.some(option => option.name === '-c')) return [{ kind: 'script', script: operands[0]?.text }]
  return operands.length === 0 && input.kind === 'text' ? [{ kind: 'script', script: input.text }] : []
}

const judgeShell = (call: Call): Impact | undefined => {
  if (startedByShell(call).length > 0) return undefined
  if (call.options.some(option => option.name === '--version') && call.operands.length === 0) return undefined
  if (call.operands.length > 0) return doubts('runs a script file')
  return call.input.kind === 'inherited'
    ? { effect: 'unknown', because: 'opens a shell', interactive: true }
    : doubts('runs what it reads from its input')
}

/** Shells, builtins and other interpreters. */
export const shells: Tools = {
  'sh bash dash ash zsh ksh busybox-sh rbash': read('runs a shell', {
    valued: shellValued,
    optionsFirst: true,
    plainOperands: true,
    options: { '--rcfile --init-file --login': doubts('reads start-up files') },
    judge: judgeShell,
    starts: startedByShell,
  }),
  eval: read('runs its words', {
    plainOperands: true,
    starts: ({ words }) => [{ kind: 'script', script: joinFields(words), sameShell: true }],
  }),
  'source .': unknown('runs a script file'),
  exec: read('runs a program in place of the shell', {
    onlyListed: true,
    flags: '-c -l',
    optionsFirst: true,
    plainOperands: true,
    valued: '-a',
    starts: ({ operands }) => (operands.length > 0 ? [{ kind: 'words', words: operands }] : []),
  }),
  'command builtin': read('runs a program', {
    onlyListed: true,
    flags: '-p -v -V',
    optionsFirst: true,
    plainOperands: true,
    options: { '-v -V': {} },
    starts: ({ operands, options }) =>
      operands.length > 0 && !options.some(option => /^-[vV]$/.test(option.name))
        ? [{ kind: 'words', words: operands }]
        : [],
  }),
  'true false : test [ [[ cd pushd popd dirs pwd read export unset local declare typeset readonly return shift break continue wait jobs times umask ulimit getopts let set mapfile readarray sleep usleep':
    read('a builtin of the shell', {
      plainOperands: true,
      judge: judgeBuiltin,
      valued: '-d -N -p -t -u -a -i',
    }),
  'exit logout': read('ends the shell', {
    judge: ({ operands }) => (operands.length === 0 ? { interactive: true } : undefined),
    plainOperands: true,
  }),
  alias: unknown('gives words another meaning', {
    judge: ({ operands }) =>
      operands.every(operand => operand.text?.includes('=') === false)
        ? { effect: 'read', because: 'lists aliases' }
        : undefined,
    plainOperands: true,
  }),
  trap: unknown('changes how the shell works', {
    plainOperands: true,
    judge: ({ words, operands }) =>
      words.length === 0 || operands[0]?.text === '' || (words[0]?.text === '-' && words.length > 1)
        ? { effect: 'read', because: 'sets no command for a signal' }
        : undefined,
  }),
  shopt: unknown('changes how the shell works', {
    judge: ({ words }) =>
      words.every(word =>
        /^(?:-[sup]|nullglob|dotglob|globstar|failglob|extglob|nocasematch|nocaseglob)$/.test(
          word.text ?? '',
        ),
      )
        ? { effect: 'read', because: 'sets how patterns match' }
        : undefined,
  }),
  'unalias enable hash bind complete compgen fc history suspend disown bg fg coproc': unknown(
    'changes how the shell works',
    {
      judge: ({ argv0, words }) =>
        /^(?:history|hash|compgen)$/.test(argv0) && words.length === 0
          ? { effect: 'read', because: 'lists' }
          : undefined,
    },
  ),
  'python python2 python3 perl ruby node lua php deno bun tclsh expect': unknown(
    'runs a program of its own',
    {
      judge: judgeInterpreter,
      options: { '-i': change('edits files in place') },
      optionsFirst: true,
      valued: '-c -m -W -X -e -E -I -M -r',
    },
  ),
  'make ansible ansible-playbook pulumi chef-client puppet': unknown('runs what its files say'),
  runuser: unknown('opens a shell as someone else', {
    valued: '-c --command -s --shell -g --group -G --supp-group -u --user -w --whitelist-environment',
    flags: '-l --login -m -p --preserve-environment -f --fast -P --pty -T',
    onlyListed: true,
    optionsFirst: true,
    options: { '-s --shell': doubts('starts another shell') },
    judge: call =>
      commandsOf(call.options).length + startedAs(call).length === 0
        ? { interactive: true }
        : { effect: 'read', because: 'runs a command as someone else' },
    starts: call => [
      ...commandsOf(call.options).map(({ value }): Started => ({ kind: 'script', script: value?.text })),
      ...startedAs(call),
    ],
    plainOperands: true,
  }),
  su: unknown('opens a shell as someone else', {
    valued: '-c --command -s --shell -g --group -G --supp-group -u --user -w --whitelist-environment',
    flags: '- -l --login -m -p --preserve-environment -f --fast -P --pty -T',
    onlyListed: true,
    options: { '-s --shell': doubts('starts another shell') },
    judge: ({ options }) =>
      commandsOf(options).length === 0
        ? { interactive: true }
        : { effect: 'read', because: 'runs a command as someone else' },
    starts: ({ options }) =>
      commandsOf(options).map(({ value }) => ({ kind: 'script', script: value?.text })),
    plainOperands: true,
  }),
  'screen tmux byobu zellij': unknown('opens another terminal', { interactive: true }),
}

/** With `-u USER`, what stands behind the options is the command itself. */
function startedAs({ options, operands }: Call): readonly Started[] {
  return options.some(option => /^(?:-u|--user)$/.test(option.name)) && operands.length > 0
    ? [{ kind: 'words', words: operands }]
    : []
}

function commandsOf(options: Call['options']): Call['options'] {
  return options.filter(option => option.name === '-c' || option.name === '--command')
}

const mayRunIndex = doubts('an index may run a command')

function judgeBuiltin({ argv0, words, options }: Call): Impact | undefined {
  const has = (name: string): boolean => options.some(option => option.name === name)
  if (argv0 === 'jobs' && has('-x')) return doubts('runs a command')
  if (argv0 === 'ulimit' && words.some(word => !/^-[a-zA-Z]+$/.test(word.text ?? '')))
    return { effect: 'change', because: 'sets a limit of the shell' }
  if (argv0 === 'sleep') return { follow: words.some(word => /^inf/.test(word.text ?? '')) }
  if (/^(?:export|declare|local|typeset)$/.test(argv0) && (has('-f') || has('-n')))
    return doubts('hands functions on or gives a variable another name')
  if (/^(?:mapfile|readarray)$/.test(argv0) && has('-C')) return doubts('runs a callback')
  return words.some(word => holdsCommandText(word.text)) ? mayRunIndex : undefined
}

function judgeInterpreter({ argv0, words }: Call): Impact | undefined {
  const texts = words.map(word => word.text)
  if (words.length === 1 && /^(?:-V|--version|-v)$/.test(texts[0] ?? ''))
    return { effect: 'read', because: 'prints its version' }
  if (words.length === 0) return doubts('runs what it reads from its input')
  const tool = argv0.startsWith('python') && texts[0] === '-m' && texts[1] === 'json.tool'
  const files = texts.slice(2).filter(text => !text?.startsWith('--'))
  return tool && files.length <= 1 && !texts.includes(undefined)
    ? { effect: 'read', because: 'prints JSON' }
    : undefined
}
