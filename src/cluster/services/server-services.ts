import { readText } from '../files/file-tree.ts'
import { clearTables, loadZones } from '../network/firewalld-rules.ts'
import { configureLinks } from '../network/link-settings.ts'
import { tellResolver } from '../network/resolver-files.ts'
import { loadUfw, unloadUfw } from '../network/ufw-rules.ts'
import { SSHD_CONFIG } from '../relations/read-settings.ts'
import { sshdPorts, sshdProblems } from '../relations/sshd-settings.ts'
import { lastingSysctls } from '../relations/sysctl-files.ts'
import { setSysctl } from '../relations/sysctls.ts'
import { applyTmpfiles } from '../relations/tmpfiles.ts'
import type { Listener } from '../world/machine.ts'
import type { Service } from './service.ts'

const tcp = (port: number, address = '0.0.0.0'): Listener => ({ protocol: 'tcp', address, port })
const udp = (port: number, address = '0.0.0.0'): Listener => ({ protocol: 'udp', address, port })

/** SSH_LISTEN_BACKLOG of OpenSSH. */
const SSH_BACKLOG = 128

/** sshd: keeps listening; a broken configuration stops it. */
export const sshd: Service = {
  listens: (_world, { machine, unit }) =>
    sshdPorts(machine, unit)
      .flatMap(port => [tcp(port), tcp(port, '[::]')])
      .map(listener => ({ ...listener, backlog: SSH_BACKLOG })),
  greeting: (_world, { machine, unit }) =>
    sshdPorts(machine, unit).flatMap(port => [
      { text: `Server listening on 0.0.0.0 port ${port}.` },
      { text: `Server listening on :: port ${port}.` },
    ]),
  reload: (_world, { machine, unit }) => {
    const problems = sshdProblems(machine)
    if (problems.length > 0) return { isDone: false, lines: problems.map(text => ({ text, priority: 3 })) }
    const text = readText(machine.files, SSHD_CONFIG)
    unit.settings = { startedMs: unit.startedMs, files: { [SSHD_CONFIG]: text } }
    return { isDone: true, lines: [{ text: 'Received SIGHUP; restarting.' }] }
  },
  farewell: () => [{ text: 'Received signal 15; terminating.' }],
}

const chronyOfUbuntu = [
  {
    text: 'chronyd version 4.2 starting (+CMDMON +NTP +REFCLOCK +RTC +PRIVDROP +SCFILTER +SIGND +ASYNCDNS +NTS +SECHASH +IPV6 -DEBUG)',
  },
  { text: 'Frequency -14.218 +/- 0.127 ppm read from /var/lib/chrony/chrony.drift' },
  { text: 'Using right/UTC timezone to obtain leap second data' },
  { text: 'Loaded seccomp filter (level 1)' },
]

const chronyOfCentos = [
  {
    text: 'chronyd version 3.4 starting (+CMDMON +NTP +REFCLOCK +RTC +PRIVDROP +SCFILTER +SIGND +ASYNCDNS +SECHASH +IPV6 +DEBUG)',
  },
  { text: 'Frequency -14.218 +/- 0.127 ppm read from /var/lib/chrony/drift' },
]

/** chronyd: holds the clock; see the law of clocks. */
export const chronyd: Service = {
  listens: () => [udp(323, '127.0.0.1'), udp(323, '[::1]')],
  greeting: (_world, { machine }) => (machine.os.id === 'centos' ? chronyOfCentos : chronyOfUbuntu),
  farewell: () => [{ text: 'chronyd exiting' }],
}

/** cron: runs what /etc/crontab says. */
export const cron: Service = {
  greeting: (_world, { machine }) =>
    machine.os.id === 'centos'
      ? [
          { text: '(CRON) INFO (RANDOM_DELAY will be scaled with factor 62% if used.)' },
          { text: '(CRON) INFO (running with inotify support)' },
        ]
      : [
          { text: '(CRON) INFO (pidfile fd = 3)' },
          { text: '(CRON) INFO (Skipping @reboot jobs -- not system startup)' },
        ],
}

/** rsyslogd: copies what is logged to files. */
export const rsyslogd: Service = {
  greeting: (_world, { machine, unit }) =>
    machine.os.id === 'centos'
      ? [
          {
            text: `[origin software="rsyslogd" swVersion="8.24.0-57.el7_9.3" x-pid="${unit?.mainPid ?? 0}" x-info="http://www.rsyslog.com"] start`,
          },
        ]
      : [
          {
            text: "imuxsock: Acquired UNIX socket '/run/systemd/journal/syslog' (fd 3) from systemd.  [v8.2112.0]",
          },
          {
            text: '[origin software="rsyslogd" swVersion="8.2112.0" x-info="https://www.rsyslog.com"] start',
          },
        ],
}

/** systemd-networkd: makes the interfaces what their settings say, whatever was changed by hand. */
export const networkd: Service = {
  begin: (world, { machine }) => {
    configureLinks(machine)
    tellResolver(machine, world.nowMs)
  },
}

/** systemd-sysctl: sets what the files of sysctl.d say. */
export const systemdSysctl: Service = {
  begin: (_world, { machine }) => {
    for (const { key, value } of lastingSysctls(machine)) setSysctl(machine, key, value)
  },
}

/** systemd-tmpfiles: makes and removes what the files of tmpfiles.d say. */
export const systemdTmpfiles: Service = {
  begin: (world, { machine, unit }) => {
    applyTmpfiles(machine, (unit?.execStart ?? '').split(' ').slice(1), world.nowMs)
  },
}

/** ufw: brings its rules into force where it is enabled, and lets everything pass when it is stopped. */
export const ufwInit: Service = {
  begin: (_world, { machine }) => loadUfw(machine),
  end: (_world, { machine }) => unloadUfw(machine),
}

/** firewalld: begins with the zones that were made to last, and leaves empty tables behind. */
export const firewalld: Service = {
  begin: (_world, { machine }) => loadZones(machine),
  end: (_world, { machine }) => clearTables(machine),
}
