import {
  type Call,
  change,
  changes,
  destructive,
  doubts,
  type Impact,
  read,
  type Tool,
  unknown,
} from '../tool.ts'

const startsOrWrites = {
  '-o --output --ext-diff --textconv --filters': doubts('writes a file or starts a program'),
} as const

const listing =
  /^(?:-[alrvqin]|-vv|--(?:list|all|remotes|verbose|contains|no-contains|merged|no-merged|sort|format|column|no-column|points-at|show-current|color|no-color|ignore-case|quiet))$/

/** `git branch` and `git tag` list without a name, or with what only picks among names. */
const judgeList = ({ options, operands }: Call): Impact | undefined => {
  const picks = options.some(option =>
    /^(?:-l|--list|--contains|--merged|--no-merged|--points-at)$/.test(option.name),
  )
  return options.every(option => listing.test(option.name)) && (operands.length === 0 || picks)
    ? undefined
    : changes('changes branches or tags')
}

const judgeRemote = ({ options, operands }: Call): Impact | undefined =>
  operands.length === 0 || /^(?:show|get-url)$/.test(operands[0]?.text ?? '')
    ? options.every(option => /^(?:-[vn]|--verbose|--all|--push)$/.test(option.name))
      ? undefined
      : doubts('an option that is not known')
    : changes('changes remotes')

const judgeAddress = ({ operands }: Call): Impact | undefined =>
  operands.some(operand => operand.text?.includes('::') !== false)
    ? doubts('may start another program')
    : undefined

const history = read('shows the log of references')

/** git. A repository's own settings are taken for its owner's. */
export const git: Tool = unknown('works with a repository', {
  valued: '-C --git-dir --work-tree --namespace',
  flags: '--no-pager -P --bare --no-optional-locks',
  options: { '-c --config-env --exec-path': doubts('may load other code') },
  subcommands: {
    'log diff show status blame shortlog describe rev-parse rev-list ls-files ls-tree cat-file merge-base name-rev count-objects for-each-ref show-ref cherry whatchanged version':
      read('looks at a repository', { options: { ...startsOrWrites, '-O': {} } }),
    'branch tag': read('lists branches or tags', { judge: judgeList }),
    remote: read('lists remotes', { judge: judgeRemote }),
    stash: change('puts work aside', {
      bare: changes('puts work aside'),
      subcommands: {
        'list show': read('lists what was put aside', { options: startsOrWrites }),
        'drop clear pop': destructive('throws work away'),
        '*': change('puts work aside'),
      },
    }),
    config: change('changes the settings', {
      flags: '--global --local --system --show-origin --show-scope -z --null --includes --name-only',
      options: {
        '-l --list --get --get-all --get-regexp': { effect: 'read', because: 'shows the settings' },
      },
    }),
    worktree: change('changes a repository', {
      subcommands: { list: read('lists working trees'), '*': change('changes a repository') },
    }),
    grep: read('searches a repository', {
      options: { '-O --open-files-in-pager --ext-grep --textconv': doubts('starts another program') },
    }),
    reflog: change('changes the log of references', {
      bare: { effect: 'read', because: 'shows the log of references' },
      subcommands: {
        'expire delete drop': destructive('throws work away'),
        '*': history,
      },
    }),
    'ls-remote': read('asks a repository', {
      options: { '--upload-pack --exec': doubts('starts another program') },
      judge: judgeAddress,
    }),
    'clean reset': destructive('throws work away'),
    '*': change('changes a repository'),
  },
})
