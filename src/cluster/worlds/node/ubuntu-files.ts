import type { Machine } from '../../world/machine.ts'

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

/** The settings, accounts and tables of a server with Ubuntu. */
export const ubuntuTexts = (machine: Machine): Readonly<Record<string, string>> => ({
  '/etc/passwd': `${users.join('\n')}\n`,
  '/etc/group': groups,
  '/etc/hosts': `127.0.0.1 localhost\n127.0.1.1 ${machine.name}\n\n# The following lines are desirable for IPv6 capable hosts\n::1     ip6-localhost ip6-loopback\nfe00::0 ip6-localnet\nff00::0 ip6-mcastprefix\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n`,
  '/etc/timezone': 'Etc/UTC\n',
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
})
