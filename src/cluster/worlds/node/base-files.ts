import { makeFolder, makeLink, writeText } from '../../files/file-tree.ts'
import { writeResolverFiles } from '../../network/resolver-files.ts'
import { isLasting } from '../../relations/attach-filesystem.ts'
import type { Machine } from '../../world/machine.ts'
import { releaseTexts } from './release-files.ts'
import { ubuntuScripts, ubuntuSettings } from './ubuntu-settings.ts'
import { writeInstalled } from './write-installed.ts'
import { writeJournalFiles, writeOldLogs } from './write-logs.ts'

const users = [
  'root:x:0:0:root:/root:/bin/bash',
  'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
  'bin:x:2:2:bin:/bin:/usr/sbin/nologin',
  'sys:x:3:3:sys:/dev:/usr/sbin/nologin',
  'sync:x:4:65534:sync:/bin:/bin/sync',
  'man:x:6:12:man:/var/cache/man:/usr/sbin/nologin',
  'mail:x:8:8:mail:/var/mail:/usr/sbin/nologin',
  'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin',
  'backup:x:34:34:backup:/var/backups:/usr/sbin/nologin',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  'systemd-network:x:100:102:systemd Network Management,,,:/run/systemd:/usr/sbin/nologin',
  'systemd-resolve:x:101:103:systemd Resolver,,,:/run/systemd:/usr/sbin/nologin',
  'messagebus:x:102:105::/nonexistent:/usr/sbin/nologin',
  'sshd:x:106:65534::/run/sshd:/usr/sbin/nologin',
  'syslog:x:107:113::/home/syslog:/usr/sbin/nologin',
  '_chrony:x:114:121:Chrony daemon,,,:/var/lib/chrony:/usr/sbin/nologin',
  'ops:x:1000:1000:Operations:/home/ops:/bin/bash',
]

const groups =
  'root:x:0:\ndaemon:x:1:\nadm:x:4:syslog,ops\ntty:x:5:\ndisk:x:6:\nsudo:x:27:ops\nshadow:x:42:\nutmp:x:43:\nsystemd-journal:x:101:\nsystemd-network:x:102:\nsystemd-resolve:x:103:\nmessagebus:x:105:\nsyslog:x:113:\n_chrony:x:121:\nnogroup:x:65534:\nops:x:1000:\n'

const fstab = ({ filesystems, swap }: Machine): string =>
  [
    '# /etc/fstab: static file system information.',
    '#',
    '# <file system> <mount point>   <type>  <options>       <dump>  <pass>',
    ...filesystems
      .filter(({ device }) => isLasting(device))
      .map(f => `${f.device} ${f.mount} ${f.type} defaults 0 ${f.mount === '/' ? 1 : 2}`),
    ...swap.map(({ file }) => `${file} none swap sw 0 0`),
    '',
  ].join('\n')

/** The file of a target that nothing leads to before somebody asks for it. */
const repairTarget = (name: string): readonly [string, string] => [
  `/lib/systemd/system/${name.toLowerCase()}.target`,
  `[Unit]\nDescription=${name} Mode\nDocumentation=man:systemd.special(7)\nAllowIsolate=yes\n`,
]

const texts = (machine: Machine): Readonly<Record<string, string>> => ({
  '/etc/hostname': `${machine.name}\n`,
  '/etc/passwd': `${users.join('\n')}\n`,
  '/etc/group': groups,
  '/etc/hosts': `127.0.0.1 localhost\n127.0.1.1 ${machine.name}\n\n# The following lines are desirable for IPv6 capable hosts\n::1     ip6-localhost ip6-loopback\nfe00::0 ip6-localnet\nff00::0 ip6-mcastprefix\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n`,
  ...releaseTexts(machine),
  '/etc/machine-id': `${machine.machineId}\n`,
  '/etc/timezone': 'Etc/UTC\n',
  ...Object.fromEntries(['Rescue', 'Emergency'].map(repairTarget)),
  '/etc/fstab': fstab(machine),
  '/etc/nsswitch.conf':
    'passwd:         files systemd\ngroup:          files systemd\nshadow:         files\n\nhosts:          files dns\nnetworks:       files\n\nprotocols:      db files\nservices:       db files\n',
  '/etc/sysctl.conf':
    '#\n# /etc/sysctl.conf - Configuration file for setting system variables\n# See /etc/sysctl.d/ for additional system variables.\n#\n',
  '/etc/modules': '# /etc/modules: kernel modules to load at boot time.\n',
  '/etc/crontab':
    '# /etc/crontab: system-wide crontab\nSHELL=/bin/sh\nPATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin\n\n17 *\t* * *\troot    cd / && run-parts --report /etc/cron.hourly\n25 6\t* * *\troot\ttest -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.daily )\n47 6\t* * 7\troot\ttest -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.weekly )\n52 6\t1 * *\troot\ttest -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.monthly )\n',
  '/etc/logrotate.conf':
    '# see "man logrotate" for details\nweekly\nsu root adm\nrotate 4\ncreate\ninclude /etc/logrotate.d\n',
  '/etc/logrotate.d/rsyslog':
    '/var/log/syslog\n/var/log/kern.log\n/var/log/auth.log\n{\n\trotate 4\n\tweekly\n\tmissingok\n\tnotifempty\n\tcompress\n\tdelaycompress\n\tsharedscripts\n\tpostrotate\n\t\t/usr/lib/rsyslog/rsyslog-rotate\n\tendscript\n}\n',
  '/etc/chrony/chrony.conf':
    'confdir /etc/chrony/conf.d\npool ntp.ubuntu.com        iburst maxsources 4\npool 0.ubuntu.pool.ntp.org iburst maxsources 1\nkeyfile /etc/chrony/chrony.keys\ndriftfile /var/lib/chrony/chrony.drift\nntsdumpdir /var/lib/chrony\nlogdir /var/log/chrony\nmaxupdateskew 100.0\nrtcsync\nmakestep 1 3\nleapsectz right/UTC\n',
  '/etc/ssh/sshd_config':
    'Include /etc/ssh/sshd_config.d/*.conf\nKbdInteractiveAuthentication no\nUsePAM yes\nX11Forwarding yes\nPrintMotd no\nAcceptEnv LANG LC_*\nSubsystem\tsftp\t/usr/lib/openssh/sftp-server\n',
  '/etc/systemd/journald.conf':
    '[Journal]\n#Storage=auto\n#Compress=yes\n#SystemMaxUse=\n#SystemKeepFree=\n#MaxRetentionSec=\n',
  '/etc/security/limits.conf':
    '# /etc/security/limits.conf\n#<domain>      <type>  <item>         <value>\n\n# End of file\n',
  '/etc/sudoers':
    'Defaults\tenv_reset\nDefaults\tmail_badpass\nDefaults\tsecure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin"\n\nroot\tALL=(ALL:ALL) ALL\n%admin\tALL=(ALL) ALL\n%sudo\tALL=(ALL:ALL) ALL\n\n@includedir /etc/sudoers.d\n',
  '/etc/sudoers.d/90-ops': 'ops ALL=(ALL) NOPASSWD:ALL\n',
  '/etc/default/ufw':
    'IPV6=yes\nDEFAULT_INPUT_POLICY="DROP"\nDEFAULT_OUTPUT_POLICY="ACCEPT"\nDEFAULT_FORWARD_POLICY="DROP"\nDEFAULT_APPLICATION_POLICY="SKIP"\nMANAGE_BUILTINS=no\n',
  '/etc/ufw/ufw.conf': 'ENABLED=no\nLOGLEVEL=low\n',
  '/etc/ufw/user.rules':
    '*filter\n:ufw-user-input - [0:0]\n:ufw-user-output - [0:0]\n:ufw-user-forward - [0:0]\n### RULES ###\n\n### END RULES ###\nCOMMIT\n',
  '/etc/default/grub':
    'GRUB_DEFAULT=0\nGRUB_TIMEOUT_STYLE=hidden\nGRUB_TIMEOUT=0\nGRUB_CMDLINE_LINUX_DEFAULT="quiet splash"\nGRUB_CMDLINE_LINUX=""\n',
  '/root/.bashrc': '# ~/.bashrc: executed by bash(1) for non-login shells.\n',
  '/root/.profile': '# ~/.profile: executed by Bourne-compatible login shells.\n',
  '/home/ops/.bashrc': '# ~/.bashrc: executed by bash(1) for non-login shells.\n',
})

const folders = [
  '/boot',
  '/dev/shm',
  '/etc/cron.d',
  '/etc/cron.daily',
  '/etc/cron.hourly',
  '/etc/cron.monthly',
  '/etc/cron.weekly',
  '/etc/modprobe.d',
  '/etc/modules-load.d',
  '/etc/sysctl.d',
  '/etc/systemd/system',
  '/home/ops',
  '/lib/systemd/system',
  '/media',
  '/mnt',
  '/opt',
  '/root',
  '/run/lock',
  '/run/sshd',
  '/run/systemd',
  '/run/user',
  '/srv',
  '/sys',
  '/proc',
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/lib',
  '/usr/lib64',
  '/usr/share',
  '/var/backups',
  '/var/cache/apt',
  '/var/lib/chrony',
  '/var/lib/dpkg',
  '/var/log/apt',
  '/var/log/chrony',
  '/var/log/sysstat',
  '/var/spool/cron/crontabs',
  '/var/www',
] as const

/** Devices that every machine has; a container has no kernel log of its own. */
const deviceNames = ['console', 'full', 'null', 'ptmx', 'random', 'tty', 'urandom', 'zero'] as const

const writeDevices = (machine: Machine): void => {
  const disks = machine.virtualization === 'lxc' ? [] : [...machine.devices.map(({ name }) => name), 'kmsg']
  for (const name of [...deviceNames, ...disks])
    writeText(machine.files, `/dev/${name}`, {
      text: '',
      mode: /^(sd|vd|kmsg|console)/.test(name) ? 0o660 : 0o666,
      group: /^[sv]d/.test(name) ? 'disk' : 'root',
      mtimeMs: machine.bootedMs,
    })
}

const writeResolver = (machine: Machine): void => {
  const { files, bootedMs: mtimeMs } = machine
  writeResolverFiles(machine, { servers: ['10.0.4.2'], search: ['example.internal'] }, mtimeMs)
  writeText(files, '/etc/systemd/resolved.conf', {
    text: '[Resolve]\n#DNS=\n#FallbackDNS=\n#Domains=\n',
    mtimeMs,
  })
  makeLink(files, '/etc/resolv.conf', { to: '../run/systemd/resolve/stub-resolv.conf', mtimeMs })
}

const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0r8mZk3uQy2yO0f7zv1c5mT4iVnq9bW6xJpYh2Kd3L ops@workstation\n'

/** Who may come in as root by which key; on the workstation the key itself as well. */
const writeKeys = ({ files, role }: Machine, mtimeMs: number): void => {
  makeFolder(files, '/root/.ssh', { mode: 0o700, mtimeMs })
  writeText(files, '/root/.ssh/authorized_keys', { text: PUBLIC_KEY, mode: 0o600, mtimeMs })
  if (role !== 'workstation') return
  writeText(files, '/root/.ssh/id_ed25519.pub', { text: PUBLIC_KEY, mode: 0o644, mtimeMs })
  writeText(files, '/root/.ssh/id_ed25519', {
    text: '-----BEGIN OPENSSH PRIVATE KEY-----\n(the key of this exercise is not kept)\n-----END OPENSSH PRIVATE KEY-----\n',
    mode: 0o600,
    mtimeMs,
  })
}

/** The folders of the system that have moved below /usr. */
const movedFolders = ['bin', 'lib', 'lib64', 'sbin'] as const

/** Writes the files of an ordinary server: settings, users, logs. The machine's disks must be known. */
export const writeBaseFiles = (machine: Machine): void => {
  const { files } = machine
  const mtimeMs = machine.bootedMs - 86_400_000 * 60
  for (const name of movedFolders) makeLink(files, `/${name}`, { to: `usr/${name}`, mtimeMs })
  for (const folder of folders) makeFolder(files, folder, { mtimeMs })
  for (const { mount } of machine.filesystems) makeFolder(files, mount, { mtimeMs })
  writeInstalled(machine, mtimeMs)
  for (const folder of ['/tmp', '/var/tmp']) makeFolder(files, folder, { mtimeMs, mode: 0o1777 })
  if (machine.virtualization !== 'lxc') writeText(files, '/dev/kmsg', { text: '', mtimeMs: machine.bootedMs })
  for (const [path, text] of Object.entries(texts(machine))) writeText(files, path, { text, mtimeMs })
  writeDevices(machine)
  writeKeys(machine, mtimeMs)
  if (machine.os.id === 'ubuntu') {
    writeResolver(machine)
    for (const [path, text] of Object.entries(ubuntuSettings)) writeText(files, path, { text, mtimeMs })
    for (const [path, text] of Object.entries(ubuntuScripts))
      writeText(files, path, { text, mode: 0o755, mtimeMs })
    const text = 'cpuset cpu io memory hugetlb pids rdma misc\n'
    writeText(files, '/sys/fs/cgroup/cgroup.controllers', { text, mode: 0o444, mtimeMs })
  }
  makeLink(files, '/var/run', { to: '/run', mtimeMs })
  makeLink(files, '/etc/os-release', { to: '../usr/lib/os-release', mtimeMs })
  makeLink(files, '/etc/mtab', { to: '../proc/self/mounts', mtimeMs })
  makeLink(files, '/etc/localtime', { to: '/usr/share/zoneinfo/Etc/UTC', mtimeMs })
  writeText(files, '/etc/shadow', {
    text: 'root:*:19700:0:99999:7:::\nops:!:19700:0:99999:7:::\n',
    mode: 0o640,
    group: 'shadow',
    mtimeMs,
  })
  writeJournalFiles(machine)
  writeOldLogs(machine)
}
