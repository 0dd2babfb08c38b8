import { change, destructive, read, type Tools, unknown } from '../tool.ts'
import { judgeHostname, judgeKill, judgeSysctl } from './judge-system.ts'

const evidence = (because: string) => ({ effect: 'destructive', because }) as const
const changes = (because: string) => ({ effect: 'change', because }) as const

const units = read('looks at units')

/** Services, the journal, the kernel and processes. */
export const system: Tools = {
  systemctl: read('lists units', {
    valued:
      '-t --type -p --property -P -H --host -M --machine -n --lines -o --output -s --signal --kill-who --kill-whom --root --image --state --what --job-mode --value --preset-mode --timestamp --when --message --mkdir',
    flags:
      '-a --all -l --full -q --quiet --no-pager --failed --no-legend --plain -r --recursive --user --system --now --runtime -f --force --global --no-block --no-wall --no-reload --reverse --after --before --show-types --with-dependencies --legend --no-ask-password --dry-run',
    bare: { effect: 'read', because: 'lists units' },
    options: { '--image --root': { effect: 'unknown', because: 'works on another system' } },
    subcommands: {
      'status show cat is-active is-enabled is-failed is-system-running list-units list-unit-files list-sockets list-timers list-jobs list-dependencies list-machines list-automounts list-paths get-default show-environment whoami help':
        units,
      'start stop restart reload try-restart reload-or-restart try-reload-or-restart isolate freeze thaw kill clean reset-failed':
        change('starts, stops or signals services'),
      'enable disable reenable preset preset-all mask unmask link revert add-wants add-requires set-property set-default set-environment unset-environment import-environment daemon-reload daemon-reexec cancel bind mount-image log-level log-target service-watchdogs':
        change('changes how services are set up'),
      edit: change('edits a unit', { interactive: true }),
      'reboot poweroff halt kexec suspend hibernate hybrid-sleep suspend-then-hibernate soft-reboot exit rescue emergency default switch-root':
        destructive('takes the machine down'),
    },
  }),
  'service rc-service': change('acts on a service', {
    judge: ({ operands, options }) =>
      operands[1]?.text === 'status' ||
      (operands.length === 0 && options.some(option => option.name === '--status-all'))
        ? { effect: 'read', because: 'shows a service' }
        : undefined,
  }),
  journalctl: read('reads the journal', {
    plainOperands: true,
    valued:
      '-u --unit --user-unit -t --identifier -p --priority --facility -g --grep -S --since -U --until -o --output -D --directory -i --file --root --image -M --machine -c --cursor --after-cursor --cursor-file --output-fields --namespace -T --exclude-identifier --vacuum-size --vacuum-files --vacuum-time --interval --verify-key --invocation -I',
    options: {
      '-f --follow': { follow: true },
      '--no-follow': { follow: false },
      '--vacuum-size --vacuum-files --vacuum-time': evidence('deletes parts of the journal'),
      '--rotate --flush --sync --relinquish-var --smart-relinquish-var --update-catalog --setup-keys --cursor-file --force':
        changes('changes the journal files'),
    },
  }),
  sysctl: read('reads kernel settings', {
    judge: judgeSysctl,
    valued: '-r --pattern',
    options: {
      '-w --write -p --load --system': changes('sets kernel settings'),
    },
  }),
  dmesg: read('reads the kernel log', {
    valued:
      '-l --level -f --facility -n --console-level -s --buffer-size -F --file --since --until --time-format -K --kmsg-file',
    options: {
      '-C --clear -c --read-clear': evidence('clears the kernel log'),
      '-n --console-level -D --console-off -E --console-on': changes('changes what the console shows'),
      '-w --follow -W --follow-new': { follow: true },
    },
  }),
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
  'htop atop btop glances iotop nmon bmon iftop nethogs slabtop powertop k9s ctop': read(
    'shows the system full screen',
    { interactive: true },
  ),
  'uptime w who whoami id groups users last lastb logname tty nproc arch uname lscpu lsmem lspci lsusb lshw hwinfo inxi lsmod modinfo getconf locale getent free hostid runlevel lsb_release sensors cgls systemd-cgls systemd-detect-virt systemd-path dmidecode':
    read('shows facts of the machine'),
  'systemd-analyze': read('shows how the machine started', {
    judge: ({ operands }) =>
      /^(?:log-level|log-target|service-watchdogs|set-.*)$/.test(operands[0]?.text ?? '')
        ? { effect: 'change', because: 'sets how systemd works' }
        : undefined,
  }),
  chage: change('changes an account', {
    options: { '-l --list': { effect: 'read', because: 'shows an account' } },
  }),
  numastat: read('shows memory by node'),
  'nvidia-smi': unknown('may change the card', {
    valued: '-i --id -d --display -l --loop --query-gpu --query-compute-apps --format',
    judge: ({ options, operands }) =>
      operands.length === 0 &&
      options.every(option =>
        /^(?:-q|-L|-i|-d|-x|-l|--query|--list-gpus|--id|--display|--loop|--query-.*|--format|--help)$/.test(
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
  'vmstat iostat mpstat pidstat sar nfsiostat dstat': read('samples the load', {
    valued: '-o -f -s -e -p -P -u -r -n -S -t -j -i -g -U -C -G -T',
    options: { '-o': changes('writes its samples to a file') },
    judge: ({ operands }) => {
      const numbers = operands.filter(operand => /^\d+$/.test(operand.text ?? ''))
      return { follow: numbers.length === 1 }
    },
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
                ? { effect: 'change', because: 'changes a setting of the machine' }
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
  'modprobe insmod rmmod depmod': change('changes the kernel modules', {
    options: {
      '-n --dry-run --show -c --showconfig -D --show-depends -R --resolve-alias': {
        effect: 'read',
        because: 'shows what it would do',
      },
    },
  }),
  'useradd userdel usermod groupadd groupdel groupmod passwd chpasswd visudo vipw gpasswd chsh newgrp':
    change('changes users'),
  crontab: change('changes the timetable', {
    options: {
      '-l': { effect: 'read', because: 'shows the timetable' },
      '-r': evidence('deletes the timetable'),
      '-e -i': changes('edits the timetable'),
    },
    valued: '-u',
  }),
  'at batch atrm systemd-run systemd-tmpfiles systemd-nspawn': change('starts something later or elsewhere'),
  atq: read('lists what waits'),
  'apt apt-get dpkg yum dnf rpm zypper snap apk pip pip3 npm gem': change('changes software', {
    valued: '-o -c -t --target-release -f --format -W',
    judge: ({ argv0, words }) =>
      listsPackages(
        argv0,
        words.map(word => word.text ?? '?'),
      )
        ? { effect: 'read', because: 'lists software' }
        : undefined,
  }),
  'apt-cache dpkg-query rpmquery debsums needrestart': read('lists software'),
  'update-alternatives alternatives ldconfig update-ca-certificates update-grub grub2-mkconfig dracut update-initramfs':
    change('changes the system’s setup', {
      options: {
        '-p --print-cache --display --list --query': { effect: 'read', because: 'shows the setup' },
      },
    }),
  'chronyc ntpq ntpstat chronyd-check': read('asks the time service', {
    judge: ({ argv0, operands }) =>
      argv0 === 'chronyc' &&
      !/^(?:tracking|sources|sourcestats|activity|ntpdata|serverstats|clients|rtcdata|selectdata)$/.test(
        operands[0]?.text ?? '',
      )
        ? { effect: 'unknown', because: 'not a known subcommand' }
        : undefined,
  }),
  'ntpdate hwclock adjtimex': change('sets the clock', {
    options: { '-q --query -r --show': { effect: 'read', because: 'asks for the time' } },
  }),
  'getenforce sestatus auditctl ausearch aureport aa-status': read('shows the security policy', {
    judge: ({ argv0, words }) =>
      argv0 === 'auditctl' && !words.every(word => word.text === '-l' || word.text === '-s')
        ? { effect: 'change', because: 'changes the audit rules' }
        : undefined,
  }),
  'setenforce setsebool semanage': change('changes the security policy'),
  'logger wall write mesg': change('writes a message'),
  logrotate: change('rotates logs', {
    options: { '-d --debug': { effect: 'read', because: 'shows what it would do' } },
  }),
  'strace ltrace perf gdb bpftrace': unknown('attaches to processes'),
}

const listsPackages = (tool: string, words: readonly string[]): boolean => {
  const [first = ''] = words.filter(word => !word.startsWith('-') || /^-[lLsSqWV]/.test(word))
  if (
    words.some(
      word =>
        /^(?:--?(?:exec|hooks?|e(?:val)?|E|i|U|F|e|install|erase|import|root|o|c))$|^-o|^-[a-zA-Z]*[iUFe]/.test(
          word,
        ) && !/^-q/.test(word),
    )
  )
    return false
  if (tool === 'dpkg')
    return /^(?:-[lLsSWpV]|--(?:list|listfiles|status|search|get-selections|print-avail|verify|version|audit))$/.test(
      first,
    )
  if (tool === 'rpm') return /^-(?:q[a-zA-Z]*|V[a-zA-Z]*)$/.test(words[0] ?? '')
  return (
    /^(?:list|show|search|info|policy|freeze|ls|view|outdated|repolist|provides|check-update|version)$/.test(
      first,
    ) && !words.includes('--upgrade')
  )
}
