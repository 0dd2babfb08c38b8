import { change, changes, destructive, doubts, read, type Tools, unknown } from '../tool.ts'
import { countNumbers, judgeHostname, judgeKill } from './judge-system.ts'

/** Processes, load and facts of the machine. */
export const system: Tools = {
  'ps pgrep pidof pstree lslocks lsns lsipc ipcs prtstat': read('lists processes', { plainOperands: true }),
  top: read('shows processes', {
    interactive: true,
    follow: true,
    valued: '-d -n -p -u -U -w -o -O -H -E -e -s',
    options: {
      '-b': { interactive: false },
      '-n': { follow: false },
      '-h -v': { interactive: false, follow: false },
    },
  }),
  'htop atop btop glances iotop nmon bmon iftop nethogs powertop': read('shows the system full screen', {
    interactive: true,
  }),
  slabtop: read('shows kernel memory', {
    interactive: true,
    options: { '-o --once': { interactive: false } },
  }),
  'k9s ctop lazydocker': unknown('a full screen in which much can be changed', { interactive: true }),
  'uptime w who whoami id groups users last lastb logname tty nproc arch uname lscpu lsmem lspci lsusb lsmod modinfo getconf locale getent hostid runlevel lsb_release cgls systemd-cgls systemd-detect-virt systemd-path':
    read('shows facts of the machine'),
  free: read('shows memory', {
    valued: '-s --seconds -c --count',
    options: { '-s --seconds': { follow: true }, '-c --count': { follow: false } },
  }),
  sensors: read('shows temperatures', { options: { '-s --set': changes('sets limits') } }),
  dmidecode: read('shows the hardware', {
    valued: '-t --type -s --string -d --dev-mem',
    options: { '--dump-bin': changes('writes a file') },
  }),
  lshw: read('shows the hardware', { wordOptions: true, options: { '-dump': changes('writes a file') } }),
  'systemd-analyze': read('shows how the machine started', {
    judge: ({ operands }) =>
      /^(?:time|blame|critical-chain|plot|dot|dump|verify|unit-files|unit-paths|cat-config|calendar|timestamp|timespan|security|condition|syscall-filter|filesystems|capability|exit-status|compare-versions|inspect-elf|fdstore|image-policy|architectures|pcrs)$/.test(
        operands[0]?.text ?? 'time',
      )
        ? undefined
        : changes('sets how systemd works'),
  }),
  chage: change('changes an account', {
    options: { '-l --list': { effect: 'read', because: 'shows an account' } },
  }),
  numastat: read('shows memory by node'),
  'nvidia-smi': unknown('may change the card', {
    valued: '-i --id -d --display -l --loop --query-gpu --query-compute-apps --format',
    judge: ({ options, operands }) =>
      (operands.length === 0 || operands[0]?.text === 'topo') &&
      options.every(option =>
        /^(?:-m|-q|-L|-i|-d|-x|-l|--query|--list-gpus|--id|--display|--loop|--query-.*|--format|--help)$/.test(
          option.name,
        ),
      )
        ? { effect: 'read', because: 'shows the cards' }
        : undefined,
  }),
  'systemd-cgtop': read('shows the load of control groups', {
    interactive: true,
    options: { '-b --batch': { interactive: false, follow: true }, '-n --iterations': { follow: false } },
    valued: '-n --iterations -d --delay --depth -M',
  }),
  'vmstat iostat mpstat pidstat nfsiostat': read('samples the load', {
    valued: '-o -f -s -e -p -P -T -j -g -U -C -G',
    options: { '-e': doubts('starts another program') },
    judge: ({ operands }) => ({ follow: countNumbers(operands) === 1 }),
  }),
  'sar dstat': read('samples the load', {
    valued: '-o --output -f -s -e -P -n -i -j',
    options: { '-o --output': changes('writes its samples to a file') },
    judge: ({ operands }) => ({ follow: countNumbers(operands) === 1 }),
  }),
  hostname: read('shows the name of the machine', {
    judge: judgeHostname,
    valued: '-F --file -b',
    options: { '-F --file -b --boot': changes('sets the name') },
  }),
  'hostnamectl timedatectl localectl loginctl networkctl resolvectl machinectl coredumpctl bootctl': read(
    'shows settings',
    {
      valued: '-p --property -H --host -M --machine -n --lines -o --output -i --interface -t --type --output',
      flags:
        '--no-pager -a --all -l --full --no-legend --no-ask-password --pretty --static --transient --json -4 -6 --legend --cache --stats -s -q --quiet',
      bare: { effect: 'read', because: 'shows settings' },
      subcommands: {
        'status show list show-timesync timesync-status list-timezones list-locales list-keymaps list-sessions list-users list-seats session-status user-status show-session show-user lldp query service openpgp tlsa statistics info is-installed show-cache show-server-state':
          read('shows settings'),
        'dns domain default-route llmnr mdns dnssec hostname chassis deployment location icon-name': read(
          'shows settings',
          {
            judge: ({ argv0, operands }) =>
              operands.length > (argv0 === 'resolvectl' ? 1 : 0)
                ? changes('changes a setting of the machine')
                : undefined,
          },
        ),
        '*': change('changes a setting of the machine'),
      },
    },
  ),
  'kill pkill killall skill': change('signals processes', { judge: judgeKill }),
  'renice chrt-set ionice-set': change('changes a priority'),
  'reboot poweroff halt shutdown telinit init': destructive('takes the machine down'),
}
