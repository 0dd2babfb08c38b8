import {
  type Call,
  change,
  changes,
  destructive,
  doubts,
  type Impact,
  read,
  type Tools,
  unknown,
} from '../tool.ts'
import { looks } from './looks.ts'

const shows = (because: string) => ({ effect: 'read', because }) as const

/** `parted` prints and lists; a command behind `print` runs too. */
const judgeParted = ({ options, operands }: Call): Impact | undefined => {
  const [, verb, ...rest] = operands.map(operand => operand.text ?? '?')
  const lists = options.some(option => /^(?:-l|--list)$/.test(option.name)) && operands.length === 0
  const plain = rest.every(word => /^(?:free|all|devices|list|\d+)$/.test(word))
  const withUnit =
    verb === 'unit' && /^(?:print|p)$/.test(rest[1] ?? '') && rest.slice(2).every(word => word === 'free')
  return lists || (/^(?:print|p)$/.test(verb ?? '') && plain) || withUnit
    ? shows('lists partitions')
    : undefined
}

/** `scterc` and `scttempint` set a time when a number follows. */
const judgeSmartctl = ({ options }: Call): Impact | undefined =>
  options.some(
    ({ name, value }) =>
      /^(?:-l|--log)$/.test(name) && /^(?:scterc|scttempint),|^\?$/.test(value?.text ?? '?'),
  )
    ? changes('changes how a disk works')
    : undefined

/** `multipath -l` and `-ll` list, with a name or without. */
const judgeMultipath = ({ words }: Call): Impact | undefined =>
  words.some(word => /^-l{1,2}$/.test(word.text ?? '')) &&
  words.every(word => word.text !== undefined && /^(?:-l{1,2}|-v\d|[^-].*)$/.test(word.text))
    ? shows('lists paths to disks')
    : undefined

/** `debugfs -R COMMAND` runs one command on a filesystem that is open for reading. */
const judgeDebugfs = ({ options, operands }: Call): Impact | undefined => {
  const request = options.find(option => option.name === '-R')?.value?.text ?? ''
  const reads =
    /^(?:stat|show_super_stats|stats|ls|cat|ncheck|icheck|testb|imap|bmap|blocks|ex|extents|dump_extents|htree|features|lsdel)\b(?:<\d+>|[^;|<>])*$/
  return reads.test(request) && operands.length <= 1 && options.every(option => /^-[RcV]$/.test(option.name))
    ? shows('looks at a filesystem')
    : undefined
}

/** `iscsiadm -m session` lists unless an operation is named. */
const judgeIscsi = ({ options }: Call): Impact | undefined =>
  options.length > 0 && options.every(option => /^(?:-m|--mode|-P|--print|-V|--version)$/.test(option.name))
    ? shows('lists sessions')
    : undefined

const checks = (because: string, dry: string) =>
  change(because, {
    flags: '-f -v -V',
    options: { [dry]: shows('only checks') },
  })

/** Disks, volumes, filesystems and clusters that store. */
export const storage: Tools = {
  'fdisk cfdisk gdisk': destructive('changes partitions', {
    flags: '-x --list-details --bytes',
    valued: '-o --output -u --units -L --color -t --type',
    options: { '-l --list -V --version': shows('lists partitions') },
  }),
  sfdisk: destructive('changes partitions', {
    flags: '--bytes -q --quiet',
    valued: '-o --output',
    options: {
      '-l --list -d --dump -J --json -V --verify -s --show-size -F --list-free': shows('lists partitions'),
    },
  }),
  sgdisk: destructive('changes partitions', {
    valued: '-i --info',
    options: { '-p --print -v --verify -i --info -L --list-types': shows('lists partitions') },
  }),
  parted: destructive('changes partitions', {
    flags: '-s --script -m --machine -l --list',
    judge: judgeParted,
  }),
  smartctl: read('looks at a disk', {
    valued:
      '-d --device -l --log -n --nocheck -T --tolerance -r --report -q --quietmode -v --vendorattribute -f --format',
    options: {
      '-t --test -s --smart -o --offlineauto -S --saveauto -X --abort --set -b -P':
        changes('changes how a disk works'),
    },
    judge: judgeSmartctl,
  }),
  'pvs vgs lvs pvdisplay vgdisplay lvdisplay lvscan vgscan': read('lists volumes', {
    valued: '-o --options -O --sort -S --select --units --separator --config',
    options: {
      '--cache --mknodes --activate': changes('changes what is known of volumes'),
      '--config --profile --commandprofile': doubts('takes settings from elsewhere'),
    },
  }),
  pvscan: read('lists volumes', {
    options: { '--cache --mknodes --activate -a --udevoutput': changes('changes what is known of volumes') },
  }),
  mdadm: unknown('works on arrays', {
    flags: '-v --verbose -s --scan',
    options: {
      '-D --detail -Q --query -E --examine -V --version': shows('looks at arrays'),
      '--detail-platform': shows('looks at arrays'),
    },
  }),
  multipath: change('changes paths to disks', { judge: judgeMultipath }),
  iscsiadm: unknown('works on remote disks', { judge: judgeIscsi, valued: '-m --mode -P --print' }),
  dmsetup: looks('looks at mapped devices', ['ls|info|table|status|deps|version|targets|help'], {
    valued: '-c -o --target -j -m',
    flags: '--tree --columns --noheadings --showkeys',
    options: { '--exec': doubts('starts another program') },
  }),
  cryptsetup: looks('looks at encrypted disks', ['status|luksDump|isLuks|luksUUID|benchmark'], {
    flags: '-v --debug',
    options: { '--volume-key-file --master-key-file': changes('writes a key to a file') },
  }),
  losetup: change('changes loop devices', {
    flags: '-n --noheadings -J --json --raw -l --list',
    valued: '-O --output -j --associated',
    options: { '-a --all -l --list -j --associated': shows('lists loop devices') },
    judge: ({ words }) => (words.length === 0 ? shows('lists loop devices') : undefined),
  }),
  blockdev: change('changes a disk', {
    judge: ({ words }) =>
      words.length > 0 && words.every(word => /^(?:--get[a-z0-9]+|--report|[^-].*)$/.test(word.text ?? '?-'))
        ? shows('looks at a disk')
        : undefined,
  }),
  tune2fs: change('changes a filesystem', { options: { '-l': shows('looks at a filesystem') } }),
  'e2fsck fsck.ext2 fsck.ext3 fsck.ext4': checks('mends a filesystem', '-n'),
  xfs_repair: checks('mends a filesystem', '-n'),
  fsck: change('mends a filesystem', { options: { '-n -N': shows('only checks') } }),
  debugfs: change('changes a filesystem', { valued: '-R -f -b -s -d', judge: judgeDebugfs }),
  btrfs: looks(
    'looks at a filesystem',
    [
      'version|help',
      'filesystem|fi show|df|usage|du',
      'subvolume|su|sub list|show|get-default',
      'device|dev usage|stats',
      'scrub|balance status',
      'inspect-internal|inspect dump-super|rootid|logical-resolve|min-dev-size',
    ],
    { options: { '-z --reset': changes('sets counters back') } },
  ),
  zpool: looks('looks at pools', ['status|list|history|iostat|get|version|events'], {
    options: { '-c': doubts('runs a script'), '-C': changes('drops events') },
  }),
  zfs: looks('looks at filesystems', ['list|get|holds|diff|version|userspace|groupspace']),
  ceph: looks(
    'looks at the storage cluster',
    [
      '-s|status|health|df|versions|version|fsid|features|report',
      'health detail',
      'osd tree|df|ls|stat|status|perf|dump|find|metadata',
      'osd pool ls|stats|get|autoscale-status',
      'mon stat|dump|metadata',
      'mgr dump|services|module|stat',
      'mgr module ls',
      'mds stat|metadata',
      'pg stat|dump|ls|dump_stuck|map',
      'fs ls|status|dump',
      'quorum_status|time-sync-status',
      'orch ls|ps|status',
      'orch host|device ls',
      'crash ls|info|stat',
      'log last',
      'config get|dump|show|ls|help',
    ],
    {
      valued: '-f --format --id -n --name -c --conf -k --keyring --connect-timeout',
      flags: '--cluster -s --status',
      judge: ({ words }) =>
        words.length > 0 && words.every(word => /^(?:-s|--status)$/.test(word.text ?? ''))
          ? shows('looks at the storage cluster')
          : undefined,
      options: {
        '-w --watch --watch-debug --watch-info --watch-error': { follow: true },
        '-o --outfile': changes('writes a file'),
      },
    },
  ),
  rbd: looks(
    'looks at images',
    ['ls|list|info|du|status|showmapped|version', 'snap ls|list', 'device list|ls'],
    {
      valued: '-p --pool --id -n --namespace --image',
    },
  ),
  gluster: looks('looks at volumes', ['peer status', 'pool list', 'volume status|info|list'], {
    flags: '--mode=script',
  }),
  exportfs: change('changes exports', {
    options: { '-s': shows('lists exports') },
    judge: ({ words }) => (words.every(word => word.text === '-v') ? shows('lists exports') : undefined),
  }),
  mountstats: read('shows mounts'),
}
