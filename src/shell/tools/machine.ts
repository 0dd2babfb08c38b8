import { type Call, changes, doubts, type Impact, read, type Tools, unknown } from '../tool.ts'
import { looks } from './looks.ts'

const shows = (because: string) => ({ effect: 'read', because }) as const

/** A tool whose only known use is to print its version, or to check a configuration. */
const onlyWith = (because: string, words: RegExp, doing = 'starts a program'): Tools[string] =>
  unknown(doing, {
    judge: call => (isWhole(call, words) ? shows(because) : undefined),
  })

const isWhole = ({ words }: Call, allowed: RegExp): boolean =>
  words.length > 0 && words.every(word => word.text !== undefined && allowed.test(word.text))

/** `vtysh` runs what stands behind each `-c`. */
const judgeVtysh = ({ options, operands }: Call): Impact | undefined =>
  options.length > 0 &&
  operands.length === 0 &&
  options.every(
    ({ name, value }) =>
      name === '-c' && /^\s*(?:sh|sho|show|ping|traceroute)\b[^\n;|>]*$/.test(value?.text ?? ''),
  )
    ? shows('asks the routing daemon')
    : undefined

/** `prlimit` shows limits where no value is given and no command stands behind. */
const judgePrlimit = ({ options, operands }: Call): Impact | undefined =>
  operands.length === 0 &&
  options.every(
    ({ name, value }) =>
      /^(?:-p|--pid|-o|--output)$/.test(name) ||
      (value === undefined && /^--(?:raw|noheadings|verbose|[a-z]+)$/.test(name)),
  )
    ? shows('shows limits')
    : undefined

const systemPlaces = /^\/(?:usr|bin|sbin|lib|lib64|opt|snap|var\/lib)\/(?!.*\.\.)/

/** `ldd` may start what it looks at, which is harmless for programs of the system. */
const judgeLdd = ({ operands }: Call): Impact | undefined =>
  operands.every(operand => systemPlaces.test(operand.text ?? ''))
    ? undefined
    : doubts('may start what it looks at')

/** One command that shows; `--` would begin another. */
const judgeSwitch = ({ words }: Call): Impact | undefined =>
  /^(?:show|list|find|get|list-br|list-ports|list-ifaces|br-exists|iface-to-br|port-to-br|get-controller|get-manager)$/.test(
    words[0]?.text ?? '',
  ) && words.every(word => word.text !== undefined && !word.text.startsWith('-'))
    ? shows('looks at switches')
    : undefined

/** Programs that look at hardware, at the system's own buses and at services by their configuration. */
export const machine: Tools = {
  ldd: read('looks at a program', { judge: judgeLdd }),
  'readelf objdump nm size addr2line c++filt': read('looks at a program', {
    plainOperands: true,
    options: { '--plugin': doubts('loads other code') },
  }),
  busctl: looks('looks at the message bus', ['', 'list|status|tree|introspect|get-property|monitor'], {
    valued: '-H --host -M --machine --match --size --timeout --address',
    flags:
      '--no-pager --no-legend --system --user --acquired --activatable --unique --full -l --list -q --quiet --verbose -j',
    options: { '--address -H --host -M --machine': doubts('asks another bus') },
  }),
  'systemd-delta systemd-escape systemd-id128 systemd-ac-power': read('shows facts of the machine'),
  'systemd-resolve': unknown('asks or sets up the resolver', {
    valued: '-i --interface -p --protocol -t --type -c --class --status --statistics',
    flags: '-4 -6 --legend --no-pager --status --statistics',
    judge: ({ options }) =>
      options.every(option =>
        /^(?:-[46iptc]|--(?:interface|protocol|type|class|status|statistics|legend|no-pager))$/.test(
          option.name,
        ),
      )
        ? shows('asks the resolver')
        : undefined,
  }),
  'ausyscall apparmor_status getsebool capinfos': read('explains records', { plainOperands: true }),
  audit2why: read('explains records', { options: { '-M -o --output -m': changes('writes a policy') } }),
  lastlog: read('shows logins', {
    options: { '-C --clear -S --set': changes('changes the records') },
    valued: '-b -t -u',
  }),
  prlimit: unknown('changes limits, or starts a program', {
    valued: '-p --pid -o --output',
    judge: judgePrlimit,
  }),
  ipmitool: looks(
    'asks the management controller',
    [
      'sdr|fru|sensor',
      'sdr list|elist|type|get|info|entity',
      'fru print|list',
      'sensor list|get',
      'sel list|elist|info|get',
      'chassis status|poh|selftest',
      'chassis power status',
      'power status',
      'lan print|stats',
      'mc|bmc info|guid|selftest',
      'dcmi power reading',
      'user list|summary',
    ],
    { valued: '-I -H -U -P -p -L -C -E -t', flags: '-v -c' },
  ),
  'tuned-adm': looks('shows the profile', ['active|list|verify|recommend|profile_info']),
  cpupower: looks('shows the processors', ['frequency-info|idle-info|monitor|info'], { valued: '-c --cpu' }),
  bpftool: looks(
    'lists loaded programs',
    [
      'version|help|net|feature',
      'prog|map|link|btf|cgroup|perf|struct_ops|iter show|list|tree|probe',
      'net show|list',
      'map dump|lookup|getnext',
      'feature probe|list_builtins',
    ],
    { flags: '-j --json -p --pretty -f --bpffs -d --debug' },
  ),
  'lxc incus': looks(
    'looks at containers of the host',
    [
      'list|ls|info|version|help',
      'config show|get',
      'config device|trust show|list',
      'network|storage|profile|remote|cluster list|show|info',
      'image list|show|info',
      'operation list|show',
    ],
    { valued: '-f --format -c --columns --project' },
  ),
  'lxc-ls lxc-info': read('looks at containers of the host', {
    onlyListed: true,
    valued: '-n --name -P --lxcpath -F --fancy-format',
    flags:
      '-f --fancy -1 --active --running --stopped -s --state -p --pid -i --ips -S --stats -H --no-humanize',
  }),
  pct: looks('looks at containers of the host', [
    'list|help',
    'status|config|pending|df|cpusets|listsnapshot',
  ]),
  qm: looks('looks at virtual machines', ['list|help', 'status|config|pending|listsnapshot']),
  udevadm: looks('looks at devices', ['info|version|help'], {
    valued: '-n --name -p --path -q --query',
    flags: '-a --attribute-walk -x --export',
    options: { '-c --cleanup-db': { effect: 'change', because: 'empties the database of devices' } },
  }),
  virsh: looks(
    'looks at virtual machines',
    [
      'list|dominfo|domblklist|domiflist|domifaddr|domstate|domstats|domblkinfo|dumpxml|nodeinfo|version|net-list|net-info|net-dumpxml|pool-list|pool-info|vol-list|snapshot-list|vcpuinfo|uri|capabilities',
    ],
    { valued: '-c --connect', flags: '-r --readonly -q --quiet' },
  ),
  'qemu-img': looks('looks at disk images', ['info|map|measure']),
  vtysh: unknown('commands the routing daemon', { valued: '-c', judge: judgeVtysh }),
  'birdc birdc6 birdcl': looks('asks the routing daemon', ['show'], { flags: '-r -v' }),
  'ovs-vsctl': unknown('works on switches', { judge: judgeSwitch }),
  'ovs-ofctl': looks(
    'looks at switches',
    ['show|dump-flows|dump-ports|dump-ports-desc|dump-groups|dump-tables|dump-desc'],
    { valued: '-O' },
  ),
  'ovs-appctl': looks('looks at switches', [
    'version|list-commands|fdb/show|bond/show|bond/list|lacp/show|dpif/show|dpif/dump-flows|dpctl/show|dpctl/dump-flows|dpctl/dump-conntrack|coverage/show|ofproto/list|ofproto/trace|vlog/list|upcall/show',
  ]),
  lldpctl: read('shows neighbours'),
  lldpcli: looks('shows neighbours', ['show'], { valued: '-f' }),
  nginx: onlyWith('checks or prints the configuration', /^(?:-[tTvVq])$/),
  'apachectl apache2ctl httpd': onlyWith(
    'checks the configuration',
    /^(?:-[tSvVMl]|configtest|fullstatus|status)$/,
  ),
  'named-checkconf': read('checks a configuration', { plainOperands: true }),
  'ssh-add': unknown('changes the agent', { options: { '-l -L': shows('lists keys') } }),
  gpg: unknown('works with keys', {
    options: {
      '-k -K --list-keys --list-secret-keys --list-public-keys --list-sigs --fingerprint --version':
        shows('lists keys'),
    },
  }),
  keytool: unknown('works with keys', {
    wordOptions: true,
    valued: '-keystore -storepass -alias -storetype -file',
    flags: '-v -rfc',
    options: { '-list -printcert': shows('lists certificates') },
  }),
  java: onlyWith('prints its version', /^(?:--?version|-showversion)$/),
  go: onlyWith('prints its version', /^version$/),
  'kubelet kube-proxy containerd dockerd crio etcd kube-apiserver kube-scheduler kube-controller-manager cri-dockerd gcc cargo rustc':
    onlyWith('prints its version', /^--version$/),
  'strace ltrace perf gdb bpftrace': unknown('attaches to processes', {
    judge: call => (isWhole(call, /^(?:--version|-V)$/) ? shows('prints its version') : undefined),
  }),
}
