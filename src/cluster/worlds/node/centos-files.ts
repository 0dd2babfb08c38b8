import type { Machine } from '../../world/machine.ts'

const users = [
  'root:x:0:0:root:/root:/bin/bash',
  'bin:x:1:1:bin:/bin:/sbin/nologin',
  'daemon:x:2:2:daemon:/sbin:/sbin/nologin',
  'adm:x:3:4:adm:/var/adm:/sbin/nologin',
  'lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin',
  'sync:x:5:0:sync:/sbin:/bin/sync',
  'shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown',
  'halt:x:7:0:halt:/sbin:/sbin/halt',
  'mail:x:8:12:mail:/var/spool/mail:/sbin/nologin',
  'operator:x:11:0:operator:/root:/sbin/nologin',
  'games:x:12:100:games:/usr/games:/sbin/nologin',
  'ftp:x:14:50:FTP User:/var/ftp:/sbin/nologin',
  'nobody:x:99:99:Nobody:/:/sbin/nologin',
  'systemd-network:x:192:192:systemd Network Management:/:/sbin/nologin',
  'dbus:x:81:81:System message bus:/:/sbin/nologin',
  'polkitd:x:999:998:User for polkitd:/:/sbin/nologin',
  'postfix:x:89:89::/var/spool/postfix:/sbin/nologin',
  'sshd:x:74:74:Privilege-separated SSH:/var/empty/sshd:/sbin/nologin',
  'chrony:x:998:996::/var/lib/chrony:/sbin/nologin',
  'ops:x:1000:1000:Operations:/home/ops:/bin/bash',
]

const groups =
  'root:x:0:\nbin:x:1:\ndaemon:x:2:\nsys:x:3:\nadm:x:4:ops\ntty:x:5:\ndisk:x:6:\nlp:x:7:\nmem:x:8:\nkmem:x:9:\nwheel:x:10:ops\ncdrom:x:11:\nmail:x:12:postfix\nman:x:15:\ndialout:x:18:\nfloppy:x:19:\ngames:x:20:\ntape:x:33:\nvideo:x:39:\nftp:x:50:\nlock:x:54:\naudio:x:63:\nnobody:x:99:\nusers:x:100:\nutmp:x:22:\nutempter:x:35:\ninput:x:999:\nsystemd-journal:x:190:\nsystemd-network:x:192:\ndbus:x:81:\npolkitd:x:998:\npostdrop:x:90:\npostfix:x:89:\nssh_keys:x:997:\nsshd:x:74:\nchrony:x:996:\nops:x:1000:\n'

const rotated = `{
    missingok
    sharedscripts
    postrotate
\t/bin/kill -HUP \`cat /var/run/syslogd.pid 2> /dev/null\` 2> /dev/null || true
    endscript
}
`

const repository = (name: string, title: string): string =>
  `[${name}]\nname=CentOS-$releasever - ${title}\nmirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=${name === 'base' ? 'os' : name}&infra=$infra\ngpgcheck=1\ngpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-7\n`

/** The settings, accounts and tables of a server with CentOS 7. */
export const centosTexts = (machine: Machine): Readonly<Record<string, string>> => ({
  '/etc/passwd': `${users.join('\n')}\n`,
  '/etc/group': groups,
  '/etc/hosts':
    '127.0.0.1   localhost localhost.localdomain localhost4 localhost4.localdomain4\n::1         localhost localhost.localdomain localhost6 localhost6.localdomain6\n',
  '/etc/nsswitch.conf':
    'passwd:     files sss\nshadow:     files sss\ngroup:      files sss\n\nhosts:      files dns myhostname\n\nbootparams: nisplus [NOTFOUND=return] files\n\nethers:     files\nnetmasks:   files\nnetworks:   files\nprotocols:  files\nrpc:        files\nservices:   files sss\n\nnetgroup:   files sss\n\npublickey:  nisplus\n\nautomount:  files sss\naliases:    files nisplus\n',
  '/etc/sysctl.conf':
    '# sysctl settings are defined through files in\n# /usr/lib/sysctl.d/, /run/sysctl.d/, and /etc/sysctl.d/.\n#\n# Vendors settings live in /usr/lib/sysctl.d/.\n# To override a whole file, create a new file with the same in\n# /etc/sysctl.d/ and put new settings there. To override\n# only specific settings, add a file with a lexically later\n# name in /etc/sysctl.d/ and put new settings there.\n#\n# For more information, see sysctl.conf(5) and sysctl.d(5).\n',
  '/etc/crontab':
    'SHELL=/bin/bash\nPATH=/sbin:/bin:/usr/sbin:/usr/bin\nMAILTO=root\n\n# For details see man 4 crontabs\n\n# Example of job definition:\n# .---------------- minute (0 - 59)\n# |  .------------- hour (0 - 23)\n# |  |  .---------- day of month (1 - 31)\n# |  |  |  .------- month (1 - 12) OR jan,feb,mar,apr ...\n# |  |  |  |  .---- day of week (0 - 6) (Sunday=0 or 7) OR sun,mon,tue,wed,thu,fri,sat\n# |  |  |  |  |\n# *  *  *  *  * user-name  command to be executed\n\n',
  '/etc/cron.d/0hourly':
    '# Run the hourly jobs\nSHELL=/bin/bash\nPATH=/sbin:/bin:/usr/sbin:/usr/bin\nMAILTO=root\n01 * * * * root run-parts /etc/cron.hourly\n',
  '/etc/anacrontab':
    '# /etc/anacrontab: configuration file for anacron\n\n# See anacron(8) and anacrontab(5) for details.\n\nSHELL=/bin/sh\nPATH=/sbin:/bin:/usr/sbin:/usr/bin\nMAILTO=root\n# the maximal random delay added to the base delay of the jobs\nRANDOM_DELAY=45\n# the jobs will be started during the following hours only\nSTART_HOURS_RANGE=3-22\n\n#period in days   delay in minutes   job-identifier   command\n1\t5\tcron.daily\t\tnice run-parts /etc/cron.daily\n7\t25\tcron.weekly\t\tnice run-parts /etc/cron.weekly\n@monthly 45\tcron.monthly\t\tnice run-parts /etc/cron.monthly\n',
  '/etc/logrotate.conf':
    '# see "man logrotate" for details\n# rotate log files weekly\nweekly\n\n# keep 4 weeks worth of backlogs\nrotate 4\n\n# create new (empty) log files after rotating old ones\ncreate\n\n# use date as a suffix of the rotated file\ndateext\n\n# RPM packages drop log rotation information into this directory\ninclude /etc/logrotate.d\n',
  '/etc/logrotate.d/syslog': `/var/log/cron\n/var/log/maillog\n/var/log/messages\n/var/log/secure\n/var/log/spooler\n${rotated}`,
  '/etc/rsyslog.conf':
    '$ModLoad imuxsock\n$ModLoad imjournal\n$WorkDirectory /var/lib/rsyslog\n$ActionFileDefaultTemplate RSYSLOG_TraditionalFileFormat\n$IncludeConfig /etc/rsyslog.d/*.conf\n$OmitLocalLogging on\n$IMJournalStateFile imjournal.state\n*.info;mail.none;authpriv.none;cron.none                /var/log/messages\nauthpriv.*                                              /var/log/secure\nmail.*                                                  -/var/log/maillog\ncron.*                                                  /var/log/cron\n*.emerg                                                 :omusrmsg:*\nuucp,news.crit                                          /var/log/spooler\nlocal7.*                                                /var/log/boot.log\n',
  '/etc/chrony.conf':
    '# Use public servers from the pool.ntp.org project.\nserver 0.centos.pool.ntp.org iburst\nserver 1.centos.pool.ntp.org iburst\nserver 2.centos.pool.ntp.org iburst\nserver 3.centos.pool.ntp.org iburst\n\n# Record the rate at which the system clock gains/losses time.\ndriftfile /var/lib/chrony/drift\n\n# Allow the system clock to be stepped in the first three updates\n# if its offset is larger than 1 second.\nmakestep 1.0 3\n\n# Enable kernel synchronization of the real-time clock (RTC).\nrtcsync\n\n# Specify directory for log files.\nlogdir /var/log/chrony\n',
  '/etc/ssh/sshd_config':
    'HostKey /etc/ssh/ssh_host_rsa_key\nHostKey /etc/ssh/ssh_host_ecdsa_key\nHostKey /etc/ssh/ssh_host_ed25519_key\nSyslogFacility AUTHPRIV\nAuthorizedKeysFile\t.ssh/authorized_keys\nPasswordAuthentication no\nChallengeResponseAuthentication no\nGSSAPIAuthentication yes\nGSSAPICleanupCredentials no\nUsePAM yes\nX11Forwarding yes\nAcceptEnv LANG LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES\nSubsystem\tsftp\t/usr/libexec/openssh/sftp-server\n',
  '/etc/sudoers':
    'Defaults   !visiblepw\nDefaults    always_set_home\nDefaults    match_group_by_gid\nDefaults    env_reset\nDefaults    secure_path = /sbin:/bin:/usr/sbin:/usr/bin\n\nroot\tALL=(ALL) \tALL\n%wheel\tALL=(ALL)\tALL\n\n#includedir /etc/sudoers.d\n',
  '/etc/sudoers.d/90-ops': 'ops ALL=(ALL) NOPASSWD:ALL\n',
  '/etc/selinux/config': `# This file controls the state of SELinux on the system.\n# SELINUX= can take one of these three values:\n#     enforcing - SELinux security policy is enforced.\n#     permissive - SELinux prints warnings instead of enforcing.\n#     disabled - No SELinux policy is loaded.\nSELINUX=${machine.selinux}\n# SELINUXTYPE= can take one of three values:\n#     targeted - Targeted processes are protected,\n#     minimum - Modification of targeted policy. Only selected processes are protected.\n#     mls - Multi Level Security protection.\nSELINUXTYPE=targeted\n`,
  '/etc/default/grub':
    'GRUB_TIMEOUT=1\nGRUB_DISTRIBUTOR="$(sed \'s, release .*$,,g\' /etc/system-release)"\nGRUB_DEFAULT=saved\nGRUB_DISABLE_SUBMENU=true\nGRUB_TERMINAL_OUTPUT="console"\nGRUB_CMDLINE_LINUX="no_timer_check console=tty0 console=ttyS0,115200n8 net.ifnames=0 biosdevname=0 elevator=noop crashkernel=auto"\nGRUB_DISABLE_RECOVERY="true"\n',
  '/etc/sysconfig/network': '# Created by anaconda\nNETWORKING=yes\n',
  '/etc/sysconfig/sshd':
    '# Configuration file for the sshd service.\n\n# The server keys are automatically generated if they are missing.\n# AUTOCREATE_SERVER_KEYS=""\n\nSSH_USE_STRONG_RNG=0\n',
  '/etc/sysconfig/crond':
    '# Settings for the CRON daemon.\n# CRONDARGS= :  any extra command-line startup arguments for crond\nCRONDARGS=\n',
  '/etc/sysconfig/chronyd': '# Command-line options for chronyd\nOPTIONS=""\n',
  '/etc/sysconfig/rsyslog': '# Options for rsyslogd\nSYSLOGD_OPTIONS=""\n',
  '/etc/sysconfig/irqbalance': '#IRQBALANCE_ONESHOT=\n#IRQBALANCE_BANNED_CPUS=\nIRQBALANCE_ARGS=\n',
  '/etc/yum.conf':
    '[main]\ncachedir=/var/cache/yum/$basearch/$releasever\nkeepcache=0\ndebuglevel=2\nlogfile=/var/log/yum.log\nexactarch=1\nobsoletes=1\ngpgcheck=1\nplugins=1\ninstallonly_limit=5\n',
  '/etc/yum.repos.d/CentOS-Base.repo': `${repository('base', 'Base')}\n${repository('updates', 'Updates')}\n${repository('extras', 'Extras')}`,
})

/** What lies below /etc and /var on such a server beside what every machine has. */
export const centosFolders = [
  '/etc/cron.daily',
  '/etc/rc.d/init.d',
  '/etc/sysconfig/network-scripts',
  '/usr/lib/systemd/system',
  '/usr/libexec',
  '/var/cache/yum',
  '/var/empty/sshd',
  '/var/lib/rpm',
  '/var/lib/yum',
  '/var/log/anaconda',
  '/var/log/audit',
  '/var/log/tuned',
  '/var/spool/cron',
  '/var/spool/postfix',
] as const

/** What an Ubuntu server has of folders and such a server has not. */
export const missingOnCentos: ReadonlySet<string> = new Set([
  '/run/sshd',
  '/var/backups',
  '/var/cache/apt',
  '/var/lib/dpkg',
  '/var/log/apt',
  '/var/log/sysstat',
  '/var/spool/cron/crontabs',
  '/var/www',
])

/** Logs of long standing whose text nobody reads, with their modes: their sizes count. */
export const centosLogs: readonly (readonly [path: string, bytes: number, mode: number, group?: string])[] = [
  ['/var/log/boot.log', 8_412, 0o600],
  ['/var/log/btmp', 384, 0o600, 'utmp'],
  ['/var/log/dmesg', 36_018, 0o644],
  ['/var/log/audit/audit.log', 2_410_000, 0o600],
  ['/var/log/lastlog', 292_292, 0o644],
  ['/var/log/maillog', 1_980, 0o600],
  ['/var/log/spooler', 0, 0o600],
  ['/var/log/tallylog', 0, 0o600],
  ['/var/log/wtmp', 42_000, 0o664, 'utmp'],
  ['/var/log/yum.log', 1_230, 0o600],
]
