import { type Field, joinFields, literal, unresolved } from '../field.ts'
import { isLoaderVariable } from '../loader-variables.ts'
import type { Call, Impact, Started, Tool, Tools } from '../tool.ts'
import { change, read, unknown } from '../tool.ts'

const terminal = { interactive: true } as const

const words = (list: readonly Field[]): readonly Started[] =>
  list.length > 0 ? [{ kind: 'words', words: list }] : []

const withoutAssignments = (list: readonly Field[]): readonly Field[] => {
  const from = list.findIndex(field => !/^[A-Za-z_]\w*=/.test(field.prefix))
  return from < 0 ? [] : list.slice(from)
}

/** A program that starts the command behind its options and `skip` operands. */
const prefix = (because: string, skip: number, more: Partial<Tool> = {}): Tool =>
  read(because, {
    optionsFirst: true,
    plainOperands: true,
    starts: call => words(call.operands.slice(skip)),
    judge: call =>
      call.operands.length <= skip ? { effect: 'unknown', because: 'no command to run' } : undefined,
    ...more,
  })

const hasAny = ({ options }: Call, names: string): boolean =>
  options.some(option => names.split(' ').includes(option.name))

const judgeSudo = (call: Call): Impact | undefined => {
  const command = withoutAssignments(call.operands)
  if (hasAny(call, '-e --edit')) return { effect: 'change', because: 'edits a file', interactive: true }
  if (command.length > 0) return judgeLoaded(call)
  if (hasAny(call, '-i --login -s --shell'))
    return { effect: 'unknown', because: 'opens a shell', interactive: true }
  return hasAny(call, '-l --list -v --validate -k --reset-timestamp -K -V --version -h')
    ? undefined
    : { effect: 'unknown', because: 'no command to run' }
}

/** Assignments among the words of sudo and env count as if they stood in front of the line. */
const judgeLoaded = (call: Call): Impact | undefined => {
  const list = call.operands
  const set = list.slice(0, list.length - withoutAssignments(list).length)
  const loader = set.find(field => isLoader(field))
  return loader === undefined
    ? undefined
    : { effect: 'unknown', because: `${loader.source} decides what other programs run` }
}

const isLoader = (field: Field): boolean => {
  const [name = '', ...value] = field.prefix.split('=')
  return isLoaderVariable(name, field.text === undefined ? undefined : value.join('='))
}

const startedByEnv = (call: Call): readonly Started[] => {
  const split = call.options.find(option => option.name === '-S' || '--split-string'.startsWith(option.name))
  if (split !== undefined && split.name.length > 1) return [{ kind: 'script', script: split.value?.text }]
  return words(withoutAssignments(call.operands))
}

/** What xargs reads is appended as a word that nobody knows. */
const startedByXargs = (call: Call): readonly Started[] => {
  const replaced = call.options.find(option => /^(?:-I|-i|--replace)$/.test(option.name))
  const mark = replaced?.value?.text ?? '{}'
  const list = call.operands.length > 0 ? call.operands : [literal('echo')]
  const hide = (field: Field): Field => (field.text?.includes(mark) === true ? hidden(field, mark) : field)
  return words(replaced === undefined ? [...list, unresolved('…')] : list.map(hide))
}

const hidden = (field: Field, mark: string): Field => ({
  ...field,
  text: undefined,
  prefix: field.prefix.slice(0, field.prefix.indexOf(mark)),
})

const startedByParallel = (call: Call): readonly Started[] => {
  const list = call.operands
  const end = list.findIndex(field => field.text?.startsWith(':::') === true)
  const command = end < 0 ? list : list.slice(0, end)
  if (command.length === 0) return [{ kind: 'script', script: undefined }]
  const plain = command.every(field => field.text !== undefined && !/[{};|&$`<>]/.test(field.text))
  return plain ? words([...command, unresolved('…')]) : [{ kind: 'script', script: undefined }]
}

/** Words behind the host go to a shell over there as one text. */
const startedBySsh = (call: Call): readonly Started[] => {
  const remote = call.operands.slice(1)
  return remote.length > 0 ? [{ kind: 'script', script: joinFields(remote) }] : []
}

const judgeSsh = (call: Call): Impact | undefined => {
  if (
    call.options.some(
      option =>
        option.name === '-o' && /command|exec|provider|include/i.test(option.value?.text ?? 'command'),
    )
  )
    return { effect: 'unknown', because: 'starts another program' }
  if (hasAny(call, '-V -Q -G')) return undefined
  return call.operands.length < 2
    ? { effect: 'unknown', because: 'opens a shell on another machine', interactive: true }
    : undefined
}

const startedByWatch = (call: Call): readonly Started[] =>
  hasAny(call, '-x --exec') ? words(call.operands) : [{ kind: 'script', script: joinFields(call.operands) }]

const saltReads =
  /^(?:test\.(?:ping|version|versions|versions_report)|grains\.(?:items?|get|ls)|status\.\w+|disk\.(?:usage|percent)|service\.(?:status|get_all|available)|pkg\.(?:version|list_pkgs)|network\.(?:interfaces|ip_addrs|ping)|sys\.doc)$/

/** Salt runs its functions on minions; `cmd.run` runs a command there. */
const judgeSaltFunction = (name: Field | undefined): Impact | undefined =>
  saltReads.test(name?.text ?? '') ? { effect: 'read', because: 'asks the minions' } : undefined

/** Programs that start the command that stands behind them. */
export const wrappers: Tools = {
  'sudo doas': read('runs a command as another user', {
    optionsFirst: true,
    plainOperands: true,
    valued:
      '-u --user -g --group -h --host -p --prompt -C --close-from -r --role -t --type -T --command-timeout -U --other-user -D --chdir -R --chroot -a -c',
    judge: judgeSudo,
    starts: call => (hasAny(call, '-e --edit -l --list') ? [] : words(withoutAssignments(call.operands))),
  }),
  sudoedit: change('edits a file', terminal),
  env: read('runs a command in another environment', {
    optionsFirst: true,
    plainOperands: true,
    valued: '-u --unset -C --chdir -S --split-string',
    judge: judgeLoaded,
    starts: startedByEnv,
  }),
  printenv: read('prints the environment'),
  'nice ionice chrt taskset setsid nohup eatmydata catchsegv unbuffer chronic': prefix(
    'runs a command another way',
    0,
    {
      valued:
        '-n --adjustment -c --class --classdata -p --pid -m --membind -N --cpunodebind -C --physcpubind -i --interleave',
      starts: call =>
        words(
          /^(?:taskset|chrt)$/.test(call.argv0) && !hasAny(call, '-p --pid -c --cpu-list')
            ? call.operands.slice(1)
            : call.operands,
        ),
      options: { '-p --pid': { effect: 'change', because: 'changes a running process' } },
    },
  ),
  numactl: prefix('runs a command on chosen processors', 0, {
    valued: '-m --membind -N --cpunodebind -C --physcpubind -i --interleave -p --preferred',
    judge: ({ options, operands }) =>
      operands.length > 0 || options.some(option => /^(?:-H|--hardware|-s|--show)$/.test(option.name))
        ? undefined
        : { effect: 'unknown', because: 'no command to run' },
  }),
  time: prefix('times a command', 0, {
    valued: '-f --format -o --output',
    options: { '-o --output': { effect: 'change', because: 'writes a file' } },
  }),
  timeout: prefix('runs a command for a while', 1, {
    valued: '-s --signal -k --kill-after',
    starts: call =>
      call.operands.slice(1).length > 0
        ? [{ kind: 'words', words: call.operands.slice(1), bounded: true }]
        : [],
  }),
  stdbuf: prefix('runs a command with other buffers', 0, { valued: '-i --input -o --output -e --error' }),
  watch: read('runs a command again and again', {
    follow: true,
    optionsFirst: true,
    plainOperands: true,
    valued: '-n --interval -q --equexit',
    starts: startedByWatch,
  }),
  xargs: read('runs a command on what it reads', {
    optionsFirst: true,
    plainOperands: true,
    valued:
      '-I -L --max-lines -n --max-args -P --max-procs -s --max-chars -d --delimiter -E -a --arg-file --process-slot-var',
    starts: startedByXargs,
    options: { '-o --open-tty -p --interactive': terminal },
  }),
  'parallel sem': read('runs a command on many things', {
    optionsFirst: true,
    plainOperands: true,
    valued:
      '-j --jobs -a --arg-file -n -N -I --delay --timeout --retries --results --joblog -S --sshlogin --colsep -d',
    options: { '--results --joblog': { effect: 'change', because: 'writes files' } },
    starts: startedByParallel,
  }),
  'ssh autossh': read('runs a command on another machine', {
    plainOperands: true,
    optionsFirst: true,
    valued: '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w',
    options: {
      '-t': terminal,
      '-F -S -I': { effect: 'unknown', because: 'takes options from elsewhere' },
      '-N -f -L -R -D -W -w': { effect: 'unknown', because: 'opens a tunnel' },
      '-E': { effect: 'change', because: 'writes a file' },
      '-O': { effect: 'change', because: 'acts on a shared connection' },
    },
    judge: judgeSsh,
    starts: startedBySsh,
  }),
  'nsenter unshare': read('runs a command in other namespaces', {
    optionsFirst: true,
    plainOperands: true,
    valued: '-t --target -S --setuid -G --setgid -W --wdns',
    judge: ({ operands }) =>
      operands.length === 0 ? { effect: 'unknown', because: 'opens a shell', interactive: true } : undefined,
    starts: call => words(call.operands),
  }),
  chroot: read('runs a command under another root', {
    optionsFirst: true,
    plainOperands: true,
    valued: '--userspec --groups',
    judge: call =>
      call.operands.length < 2
        ? { effect: 'unknown', because: 'opens a shell', interactive: true }
        : undefined,
    starts: call => words(call.operands.slice(1)),
  }),
  'busybox toybox': prefix('runs one of its tools', 0),
  flock: unknown('runs a command under a lock', {
    starts: call => words(call.operands.slice(1)),
    optionsFirst: true,
    valued: '-w --timeout -E -c',
  }),
  script: unknown('records a terminal', terminal),
  salt: unknown('runs something on the minions', {
    judge: ({ operands }) => judgeSaltFunction(operands[1]),
    valued: '-t --timeout -b --batch-size -c --config-dir --out --output -l --log-level',
  }),
  'salt-call salt-run': unknown('runs a Salt function', {
    judge: ({ operands }) => judgeSaltFunction(operands[0]),
    valued: '-c --config-dir --out --output -l --log-level',
  }),
  'salt-key': change('handles minion keys', {
    options: {
      '-L --list-all -l --list -p --print -f --finger -F': { effect: 'read', because: 'lists keys' },
      '-d --delete -D --delete-all -a --accept -A -r -R': {
        effect: 'change',
        because: 'changes which minions are trusted',
      },
    },
  }),
}
