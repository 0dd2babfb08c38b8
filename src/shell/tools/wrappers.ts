import { change, changes, doubts, read, type Tools, unknown } from '../tool.ts'
import {
  hasAny,
  judgeLoaded,
  judgeSsh,
  judgeSudo,
  prefix,
  startedByEnv,
  startedByParallel,
  startedBySsh,
  startedByWatch,
  startedByXargs,
  startWords,
  withoutAssignments,
} from './judge-wrappers.ts'

const terminal = { interactive: true } as const

/** Programs that start the command that stands behind them. */
export const wrappers: Tools = {
  'sudo doas': read('runs a command as another user', {
    optionsFirst: true,
    plainOperands: true,
    valued:
      '-u --user -g --group -h --host -p --prompt -C --close-from -r --role -t --type -T --command-timeout -U --other-user -D --chdir -R --chroot -a -c',
    judge: judgeSudo,
    starts: call =>
      hasAny(call, '-e --edit -l --list') ? [] : startWords(withoutAssignments(call.operands)),
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
        startWords(
          /^(?:taskset|chrt)$/.test(call.argv0) && !hasAny(call, '-p --pid -c --cpu-list')
            ? call.operands.slice(1)
            : call.operands,
        ),
      options: { '-p --pid': changes('changes a running process') },
    },
  ),
  numactl: prefix('runs a command on chosen processors', 0, {
    valued: '-m --membind -N --cpunodebind -C --physcpubind -i --interleave -p --preferred',
    judge: ({ options, operands }) =>
      operands.length > 0 || options.some(option => /^(?:-H|--hardware|-s|--show)$/.test(option.name))
        ? undefined
        : doubts('no command to run'),
  }),
  time: prefix('times a command', 0, {
    valued: '-f --format -o --output',
    options: { '-o --output': changes('writes a file') },
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
    options: { '--results --joblog': changes('writes files') },
    starts: startedByParallel,
  }),
  'ssh autossh': read('runs a command on another machine', {
    plainOperands: true,
    optionsFirst: true,
    valued: '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w',
    options: {
      '-t': terminal,
      '-F -S -I': doubts('takes options from elsewhere'),
      '-N -f -L -R -D -W -w': doubts('opens a tunnel'),
      '-E': changes('writes a file'),
      '-O': changes('acts on a shared connection'),
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
    starts: call => startWords(call.operands),
  }),
  chroot: read('runs a command under another root', {
    optionsFirst: true,
    plainOperands: true,
    valued: '--userspec --groups',
    judge: call =>
      call.operands.length < 2
        ? { effect: 'unknown', because: 'opens a shell', interactive: true }
        : undefined,
    starts: call => startWords(call.operands.slice(1)),
  }),
  'busybox toybox': prefix('runs one of its tools', 0),
  flock: unknown('runs a command under a lock', {
    starts: call => startWords(call.operands.slice(1)),
    optionsFirst: true,
    valued: '-w --timeout -E -c',
  }),
  script: unknown('records a terminal', terminal),
}
