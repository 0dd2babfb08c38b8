import { change, changes, destroys, doubts, read, type Tools } from '../tool.ts'
import { listsPackages } from './lists-packages.ts'

/** What sets a machine up: modules, users, timetables, software, clock, policies. */
export const setup: Tools = {
  'insmod rmmod depmod': change('changes the kernel modules'),
  modprobe: change('changes the kernel modules', {
    flags: '-v --verbose -q --quiet -a --all -r --remove -f --force',
    options: {
      '-n --dry-run --show -c --showconfig -D --show-depends -R --resolve-alias': {
        effect: 'read',
        because: 'shows what it would do',
      },
    },
  }),
  'useradd userdel usermod groupadd groupdel groupmod passwd chpasswd vipw gpasswd chsh newgrp':
    change('changes users'),
  visudo: change('edits who may do what', {
    valued: '-f --file',
    flags: '-q --quiet -s --strict',
    options: { '-c --check': { effect: 'read', because: 'only checks' } },
  }),
  crontab: change('changes the timetable', {
    options: {
      '-l': { effect: 'read', because: 'shows the timetable' },
      '-r': destroys('deletes the timetable'),
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
  'apt-cache dpkg-query debsums': read('lists software', {
    valued: '-W -f --showformat --admindir',
    options: {
      '-o --option -c --config-file --generate -g': doubts('takes settings from elsewhere'),
      '--admindir --root --instdir': doubts('works on another system'),
    },
    judge: ({ argv0, operands }) =>
      argv0 === 'apt-cache' && operands[0]?.text === 'gencaches' ? changes('writes a cache') : undefined,
  }),
  'apt-mark': change('marks software', {
    judge: ({ operands }) =>
      /^show(?:hold|manual|auto)$/.test(operands[0]?.text ?? '')
        ? { effect: 'read', because: 'lists software' }
        : undefined,
  }),
  'update-alternatives alternatives ldconfig update-ca-certificates update-grub grub2-mkconfig dracut update-initramfs':
    change('changes the system’s setup', {
      options: {
        '-p --print-cache --display --list --query': { effect: 'read', because: 'shows the setup' },
      },
    }),
  ntpstat: read('asks the time service'),
  ntpq: read('asks the time service', {
    options: { '-c --command -i --interactive': doubts('gives it commands') },
  }),
  chronyc: read('asks the time service', {
    judge: ({ operands }) =>
      (operands.length !== 1 && operands[0]?.text !== 'ntpdata') ||
      !/^(?:tracking|sources|sourcestats|activity|ntpdata|serverstats|clients|rtcdata|selectdata)$/.test(
        operands[0]?.text ?? '',
      )
        ? doubts('not one command that is known')
        : undefined,
  }),
  'ntpdate hwclock adjtimex': change('sets the clock', {
    flags: '-u --utc -l --localtime -v --verbose -d',
    options: { '-q --query -r --show': { effect: 'read', because: 'asks for the time' } },
  }),
  'getenforce sestatus auditctl ausearch aureport aa-status': read('shows the security policy', {
    options: { '--checkpoint': changes('writes a file') },
    judge: ({ argv0, words }) =>
      argv0 === 'auditctl' && !words.every(word => word.text === '-l' || word.text === '-s')
        ? changes('changes the audit rules')
        : undefined,
  }),
  setenforce: change('changes the security policy'),
  setsebool: change('changes the security policy'),
  semanage: change('changes the security policy', {
    judge: ({ operands, options }) =>
      operands.length === 1 &&
      options.length > 0 &&
      options.every(option => /^-[lnC]$|^--(?:list|noheading|locallist)$/.test(option.name))
        ? { effect: 'read', because: 'lists the security policy' }
        : undefined,
  }),
  semodule: change('changes the security policy', {
    attached: '-l',
    options: { '-l --list --list-modules': { effect: 'read', because: 'lists the security policy' } },
  }),
  'logger wall write mesg': change('writes a message'),
  logrotate: change('rotates logs', {
    flags: '-v --verbose',
    options: { '-d --debug': { effect: 'read', because: 'shows what it would do' } },
  }),
}
