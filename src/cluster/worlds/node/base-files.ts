import { makeFolder, makeLink, writeText } from '../../files/file-tree.ts'
import { writeResolverFiles } from '../../network/resolver-files.ts'
import { isLasting } from '../../relations/attach-filesystem.ts'
import { makeDevices } from '../../relations/make-devices.ts'
import { setDefaultTarget } from '../../systemd/default-target.ts'
import type { Machine } from '../../world/machine.ts'
import { centosFolders, centosTexts, missingOnCentos } from './centos-files.ts'
import { writeHomes } from './home-files.ts'
import { releaseTexts } from './release-files.ts'
import { ubuntuTexts } from './ubuntu-files.ts'
import { ubuntuScripts, ubuntuSettings } from './ubuntu-settings.ts'
import { writeInstalled } from './write-installed.ts'
import { writeJournalFiles, writeOldLogs } from './write-logs.ts'

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

/** What every machine has by the same name, whatever its distribution. */
const texts = (machine: Machine): Readonly<Record<string, string>> => ({
  '/etc/hostname': `${machine.name}\n`,
  ...releaseTexts(machine),
  '/etc/machine-id': `${machine.machineId}\n`,
  ...Object.fromEntries(['Rescue', 'Emergency'].map(repairTarget)),
  '/etc/fstab': fstab(machine),
  '/etc/systemd/journald.conf':
    '[Journal]\n#Storage=auto\n#Compress=yes\n#SystemMaxUse=\n#SystemKeepFree=\n#MaxRetentionSec=\n',
  '/etc/security/limits.conf':
    '# /etc/security/limits.conf\n#<domain>      <type>  <item>         <value>\n\n# End of file\n',
  ...(machine.os.id === 'centos' ? centosTexts(machine) : ubuntuTexts(machine)),
})

const folders = [
  '/boot',
  '/etc/cron.d',
  '/etc/cron.daily',
  '/etc/cron.hourly',
  '/etc/cron.monthly',
  '/etc/cron.weekly',
  '/etc/modprobe.d',
  '/etc/modules-load.d',
  '/etc/sysctl.d',
  '/etc/systemd/system',
  '/etc/tmpfiles.d',
  '/lib/systemd/system',
  '/media',
  '/mnt',
  '/opt',
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

const writeResolver = (machine: Machine): void => {
  const { files, bootedMs: mtimeMs } = machine
  writeResolverFiles(machine, { servers: ['10.0.4.2'], search: ['example.internal'] }, mtimeMs)
  writeText(files, '/etc/systemd/resolved.conf', {
    text: '[Resolve]\n#DNS=\n#FallbackDNS=\n#Domains=\n',
    mtimeMs,
  })
  makeLink(files, '/etc/resolv.conf', { to: '../run/systemd/resolve/stub-resolv.conf', mtimeMs })
}

/** The folders of the system that have moved below /usr. */
const movedFolders = ['bin', 'lib', 'lib64', 'sbin'] as const

const DAY_MS = 86_400_000

/** When a machine was installed and made ready for containers. */
export const preparedMs = ({ bootedMs }: Machine): number => bootedMs - 60 * DAY_MS

/** Writes the files of an ordinary server: settings, users, logs. The machine's disks must be known. */
export const writeBaseFiles = (machine: Machine): void => {
  const { files } = machine
  const mtimeMs = preparedMs(machine)
  const isCentos = machine.os.id === 'centos'
  for (const name of movedFolders) makeLink(files, `/${name}`, { to: `usr/${name}`, mtimeMs })
  for (const folder of isCentos
    ? [...folders.filter(path => !missingOnCentos.has(path)), ...centosFolders]
    : folders)
    makeFolder(files, folder, { mtimeMs })
  for (const { mount } of machine.filesystems) makeFolder(files, mount, { mtimeMs })
  writeInstalled(machine, mtimeMs)
  for (const [path, text] of Object.entries(texts(machine))) writeText(files, path, { text, mtimeMs })
  makeDevices(machine)
  writeHomes(machine, mtimeMs)
  if (machine.os.id === 'ubuntu') {
    writeResolver(machine)
    for (const [path, text] of Object.entries(ubuntuSettings)) writeText(files, path, { text, mtimeMs })
    for (const [path, text] of Object.entries(ubuntuScripts))
      writeText(files, path, { text, mode: 0o755, mtimeMs })
    const text = 'cpuset cpu io memory hugetlb pids rdma misc\n'
    writeText(files, '/sys/fs/cgroup/cgroup.controllers', { text, mode: 0o444, mtimeMs })
  }
  if (isCentos)
    setDefaultTarget(machine, { path: '/usr/lib/systemd/system/multi-user.target', atMs: mtimeMs })
  makeLink(files, '/var/run', { to: '/run', mtimeMs })
  makeLink(files, '/etc/os-release', { to: '../usr/lib/os-release', mtimeMs })
  makeLink(files, '/etc/mtab', { to: '../proc/self/mounts', mtimeMs })
  makeLink(files, '/etc/localtime', { to: '/usr/share/zoneinfo/Etc/UTC', mtimeMs })
  writeText(files, '/etc/shadow', {
    text: 'root:*:19700:0:99999:7:::\nops:!:19700:0:99999:7:::\n',
    ...(isCentos ? { mode: 0 } : { mode: 0o640, group: 'shadow' }),
    mtimeMs,
  })
  writeJournalFiles(machine)
  writeOldLogs(machine)
}
