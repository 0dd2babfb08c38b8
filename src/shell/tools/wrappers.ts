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
    onlyListed: true,
    flags:
      '-A --askpass -b --background -B --bell -E --preserve-env -e --edit -H --set-home -i --login -k --reset-timestamp -K --remove-timestamp -l --list -N --no-update -n --non-interactive -P --preserve-groups -S --stdin -s --shell -V --version -v --validate -L',
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
    onlyListed: true,
    flags:
      '-i --ignore-environment -0 --null -v --debug --block-signal --default-signal --ignore-signal --list-signal-handling',
    optionsFirst: true,
    plainOperands: true,
    valued: '-u --unset -C --chdir -S --split-string',
    judge: judgeLoaded,
    starts: startedByEnv,
  }),
  printenv: read('prints the environment'),
  'chrt taskset': read('runs a command another way', {
    optionsFirst: true,
    onlyListed: true,
    flags:
      '-a --all-tasks -b --batch -f --fifo -i --idle -o --other -r --rr -R --reset-on-fork -v --verbose -p --pid -c --cpu-list -m --max',
    plainOperands: true,
    judge: call =>
      hasAny(call, '-p --pid')
        ? call.operands.length > 1 || hasAny(call, '-b --batch -f --fifo -i --idle -o --other -r --rr')
          ? changes('changes a running process')
          : undefined
        : call.operands.length < 2 && !hasAny(call, '-m --max')
          ? doubts('no command to run')
          : undefined,
    starts: call => (hasAny(call, '-p --pid -m --max') ? [] : startWords(call.operands.slice(1))),
  }),
  'setsid nohup eatmydata catchsegv unbuffer chronic': prefix('runs a command another way', 0, {
    flags: '-w --wait -f --fork -c --ctty -p -v --verbose',
  }),
  'nice ionice': prefix('runs a command another way', 0, {
    flags: '-t --ignore',
    valued: '-n --adjustment -c --class --classdata -p --pid',
    judge: call => {
      if (!hasAny(call, '-p --pid'))
        return call.operands.length === 0 ? doubts('no command to run') : undefined
      return hasAny(call, '-n -c --class --classdata') ? changes('changes a running process') : undefined
    },
    starts: call => (hasAny(call, '-p --pid') ? [] : startWords(call.operands)),
  }),
  numactl: prefix('runs a command on chosen processors', 0, {
    flags: '-H --hardware -s --show -l --localalloc -a --all',
    valued: '-m --membind -N --cpunodebind -C --physcpubind -i --interleave -p --preferred',
    judge: ({ options, operands }) =>
      operands.length > 0 || options.some(option => /^(?:-H|--hardware|-s|--show)$/.test(option.name))
        ? undefined
        : doubts('no command to run'),
  }),
  time: prefix('times a command', 0, {
    flags: '-p --portability -v --verbose -q --quiet -a --append',
    valued: '-f --format -o --output',
    options: { '-o --output': changes('writes a file') },
  }),
  timeout: prefix('runs a command for a while', 1, {
    flags: '--foreground --preserve-status -v --verbose -f -p',
    valued: '-s --signal -k --kill-after',
    starts: call =>
      call.operands.slice(1).length > 0
        ? [{ kind: 'words', words: call.operands.slice(1), bounded: true }]
        : [],
  }),
  stdbuf: prefix('runs a command with other buffers', 0, { valued: '-i --input -o --output -e --error' }),
  watch: read('runs a command again and again', {
    onlyListed: true,
    flags:
      '-b --beep -c --color -C --no-color -e --errexit -g --chgexit -p --precise -t --no-title -w --no-wrap -x --exec -d --differences -f --follow -r --no-rerun',
    attached: '-d',
    follow: true,
    optionsFirst: true,
    plainOperands: true,
    valued: '-n --interval -q --equexit',
    starts: startedByWatch,
  }),
  xargs: read('runs a command on what it reads', {
    onlyListed: true,
    flags:
      '-0 --null -o --open-tty -p --interactive -r --no-run-if-empty -t --verbose -x --exit -i --replace -l --max-lines -e --eof',
    attached: '-i -l -e',
    optionsFirst: true,
    plainOperands: true,
    valued:
      '-I -L -n --max-args -P --max-procs -s --max-chars -d --delimiter -E -a --arg-file --process-slot-var',
    starts: startedByXargs,
    options: { '-o --open-tty -p --interactive': terminal },
  }),
  'parallel sem': read('runs a command on many things', {
    onlyListed: true,
    flags:
      '-k --keep-order -q --quote -X -m --dry-run --bar --eta --progress --line-buffer --lb --ungroup -u --tag --null -0 -r --no-run-if-empty -v -t --will-cite --halt-on-error',
    optionsFirst: true,
    plainOperands: true,
    valued:
      '-j --jobs -a --arg-file -n -N -I --delay --timeout --retries --results --joblog -S --sshlogin --colsep -d',
    options: { '--results --joblog': changes('writes files') },
    starts: startedByParallel,
  }),
  'ssh autossh': read('runs a command on another machine', {
    onlyListed: true,
    flags: '-4 -6 -A -a -C -f -G -g -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y',
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
    onlyListed: true,
    flags:
      '-a --all -m --mount -u --uts -i --ipc -n --net -p --pid -U --user -C --cgroup -T --time -r --root -w --wd -F --no-fork -f --fork -e --env -c --join-cgroup --preserve-credentials --keep-caps --mount-proc --map-root-user --map-current-user --kill-child',
    attached: '-m -u -i -n -p -U -C -T -r -w',
    options: { '-S --setuid -G --setgid': doubts('may or may not take the next word') },
    optionsFirst: true,
    plainOperands: true,
    valued: '-t --target -W --wdns',
    judge: ({ operands }) =>
      operands.length === 0 ? { effect: 'unknown', because: 'opens a shell', interactive: true } : undefined,
    starts: call => startWords(call.operands),
  }),
  chroot: read('runs a command under another root', {
    onlyListed: true,
    flags: '--skip-chdir',
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
