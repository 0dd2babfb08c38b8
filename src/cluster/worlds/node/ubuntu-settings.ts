type Texts = Readonly<Record<string, string>>

const profile = `# /etc/profile: system-wide .profile file for the Bourne shell (sh(1))
# and Bourne compatible shells (bash(1), ksh(1), ash(1), ...).

if [ "\${PS1-}" ]; then
  if [ "\${BASH-}" ] && [ "$BASH" != "/bin/sh" ]; then
    # The file bash.bashrc already sets the default PS1.
    # PS1='\\h:\\w\\$ '
    if [ -f /etc/bash.bashrc ]; then
      . /etc/bash.bashrc
    fi
  else
    if [ "$(id -u)" -eq 0 ]; then
      PS1='# '
    else
      PS1='$ '
    fi
  fi
fi

if [ -d /etc/profile.d ]; then
  for i in /etc/profile.d/*.sh; do
    if [ -r $i ]; then
      . $i
    fi
  done
  unset i
fi
`

const shellStart = `# System-wide .bashrc file for interactive bash(1) shells.

# To enable the settings / commands in this file for login shells as well,
# this file has to be sourced in /etc/profile.

# If not running interactively, don't do anything
[ -z "$PS1" ] && return

# check the window size after each command and, if necessary,
# update the values of LINES and COLUMNS.
shopt -s checkwinsize
`

const rsyslogRules = `#  Default rules for rsyslog.
#
#			For more information see rsyslog.conf(5) and /etc/rsyslog.conf

#
# First some standard log files.  Log by facility.
#
auth,authpriv.*			/var/log/auth.log
*.*;auth,authpriv.none		-/var/log/syslog
#cron.*				/var/log/cron.log
#daemon.*			-/var/log/daemon.log
kern.*				-/var/log/kern.log
#lpr.*				-/var/log/lpr.log
mail.*				-/var/log/mail.log
#user.*				-/var/log/user.log

#
# Emergencies are sent to everybody logged in.
#
*.emerg				:omusrmsg:*
`

const rsyslogMain = `# /etc/rsyslog.conf configuration file for rsyslog

#################
#### MODULES ####
#################

module(load="imuxsock") # provides support for local system logging
module(load="imklog" permitnonkernelfacility="on")

###########################
#### GLOBAL DIRECTIVES ####
###########################

$ActionFileDefaultTemplate RSYSLOG_TraditionalFileFormat
$RepeatedMsgReduction on
$FileOwner syslog
$FileGroup adm
$FileCreateMode 0640
$DirCreateMode 0755
$Umask 0022
$PrivDropToUser syslog
$PrivDropToGroup syslog
$WorkDirectory /var/spool/rsyslog
$IncludeConfig /etc/rsyslog.d/*.conf
`

const logrotate = `# see "man logrotate" for details

# global options do not affect preceding include directives

# rotate log files weekly
weekly

# use the adm group by default, since this is the owning group
# of /var/log/syslog.
su root adm

# keep 4 weeks worth of backlogs
rotate 4

# create new (empty) log files after rotating old ones
create

# use date as a suffix of the rotated file
#dateext

# uncomment this if you want your log files compressed
#compress

# packages drop log rotation information into this directory
include /etc/logrotate.d

# system-specific logs may also be configured here.
`

const monthly = (log: string): string =>
  `${log} {\n\tmonthly\n\trotate 12\n\tcompress\n\tdelaycompress\n\tmissingok\n\tnotifempty\n\tcreate 644 root root\n}\n`

const accounting = (name: string, more: string): string =>
  `# no packages own ${name} -- we'll rotate it here\n/var/log/${name} {\n    missingok\n    monthly\n${more}    rotate 1\n}\n`

const ofApt = (log: string): string =>
  `${log} {\n  rotate 12\n  monthly\n  compress\n  missingok\n  notifempty\n}\n`

const rotations: Texts = {
  alternatives: monthly('/var/log/alternatives.log'),
  apt: [ofApt('/var/log/apt/term.log'), ofApt('/var/log/apt/history.log')].join('\n'),
  btmp: accounting('btmp', '    create 0660 root utmp\n'),
  chrony:
    '/var/log/chrony/*.log {\n\tmissingok\n\tnocreate\n\tsharedscripts\n\tpostrotate\n\t\tchronyc cyclelogs > /dev/null 2>&1 || true\n\tendscript\n}\n',
  dpkg: monthly('/var/log/dpkg.log'),
  rsyslog:
    '/var/log/syslog\n/var/log/mail.info\n/var/log/mail.warn\n/var/log/mail.err\n/var/log/mail.log\n/var/log/daemon.log\n/var/log/kern.log\n/var/log/auth.log\n/var/log/user.log\n/var/log/lpr.log\n/var/log/cron.log\n/var/log/debug\n/var/log/messages\n{\n\trotate 4\n\tweekly\n\tmissingok\n\tnotifempty\n\tcompress\n\tdelaycompress\n\tsharedscripts\n\tpostrotate\n\t\t/usr/lib/rsyslog/rsyslog-rotate\n\tendscript\n}\n',
  ufw: '/var/log/ufw.log\n{\n\trotate 4\n\tweekly\n\tmissingok\n\tnotifempty\n\tcompress\n\tdelaycompress\n\tsharedscripts\n\tpostrotate\n\t\tinvoke-rc.d rsyslog rotate >/dev/null 2>&1 || true\n\tendscript\n}\n',
  'unattended-upgrades':
    '/var/log/unattended-upgrades/unattended-upgrades.log\n/var/log/unattended-upgrades/unattended-upgrades-dpkg.log\n/var/log/unattended-upgrades/unattended-upgrades-shutdown.log\n{\n  rotate 6\n  monthly\n  compress\n  missingok\n  notifempty\n}\n',
  wtmp: accounting('wtmp', '    create 0664 root utmp\n    minsize 1M\n'),
}

const leftToSystemd = (work: string): string =>
  `#!/bin/sh\n\n# skip in favour of systemd timer\nif [ -d /run/systemd/system ]; then\n    exit 0\nfi\n\n${work}\n`

const placeholder =
  '# DO NOT EDIT OR REMOVE\n# This file is a simple placeholder to keep dpkg from removing this directory\n'

const cronScripts: Texts = {
  '/etc/cron.daily/apt-compat': leftToSystemd('exec /usr/lib/apt/apt.systemd.daily'),
  '/etc/cron.daily/dpkg': leftToSystemd('/usr/libexec/dpkg/dpkg-db-backup'),
  '/etc/cron.daily/logrotate': leftToSystemd('/usr/sbin/logrotate /etc/logrotate.conf'),
  '/etc/cron.daily/man-db': leftToSystemd('exec /usr/bin/mandb --quiet'),
  '/etc/cron.weekly/man-db': leftToSystemd('exec /usr/bin/mandb --quiet'),
}

const sources = ['jammy', 'jammy-updates', 'jammy-security']
  .flatMap(suite => {
    const host = suite.endsWith('security') ? 'security' : 'archive'
    return `deb http://${host}.ubuntu.com/ubuntu ${suite} main restricted universe multiverse\n`
  })
  .join('')

/** The scripts that cron's folders of an Ubuntu server hold: most leave their work to a timer. */
export const ubuntuScripts: Texts = cronScripts

/** The settings that every Ubuntu server has, by path. */
export const ubuntuSettings: Texts = {
  '/etc/profile': profile,
  '/etc/bash.bashrc': shellStart,
  '/etc/environment':
    'PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games:/usr/local/games:/snap/bin"\n',
  '/etc/profile.d/01-locale-fix.sh':
    '# Make sure the locale variables are set to valid values.\neval $(/usr/bin/locale-check C.UTF-8)\n',
  '/etc/shells':
    '# /etc/shells: valid login shells\n/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n/usr/bin/sh\n/bin/dash\n/usr/bin/dash\n',
  '/etc/host.conf':
    '# The "order" line is only used by old versions of the C library.\norder hosts,bind\nmulti on\n',
  '/etc/networks':
    '# symbolic names for networks, see networks(5) for more information\nlink-local 169.254.0.0\n',
  '/etc/ld.so.conf': 'include /etc/ld.so.conf.d/*.conf\n\n',
  '/etc/apt/sources.list': sources,
  '/etc/rsyslog.conf': rsyslogMain,
  '/etc/rsyslog.d/50-default.conf': rsyslogRules,
  '/etc/logrotate.conf': logrotate,
  '/etc/cron.d/e2scrub_all':
    '30 3 * * 0 root test -e /run/systemd/system || SERVICE_MODE=1 /usr/lib/x86_64-linux-gnu/e2fsprogs/e2scrub_all_cron\n10 3 * * * root test -e /run/systemd/system || SERVICE_MODE=1 /sbin/e2scrub_all -A -r\n',
  ...Object.fromEntries(Object.entries(rotations).map(([name, text]) => [`/etc/logrotate.d/${name}`, text])),
  ...Object.fromEntries(
    ['d', 'daily', 'hourly', 'monthly', 'weekly'].map(name => [
      `/etc/cron.${name}/.placeholder`,
      placeholder,
    ]),
  ),
}
