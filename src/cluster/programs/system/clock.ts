import { makeLink, writeText } from '../../files/file-tree.ts'
import { localTime, machineNowMs, setClockOffset, systemdTime } from '../../relations/clock.ts'
import { systemdVersionOf } from '../../relations/system-version.ts'
import { timeServiceState } from '../../relations/time-sources.ts'
import { isZone } from '../../relations/time-zone.ts'
import { unitOf } from '../../relations/unit-of.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { parseTime } from '../../text/parse-time.ts'
import { setClock } from './date.ts'

const setZone = ({ machine, world }: Call, zone: string): Reply => {
  if (!isZone(zone))
    return {
      stderr: `Failed to set time zone: Invalid or not installed time zone '${zone}'\n`,
      exit: 1,
    }
  makeLink(machine.files, '/etc/localtime', { to: `/usr/share/zoneinfo/${zone}`, mtimeMs: world.nowMs })
  writeText(machine.files, '/etc/timezone', { text: `${zone}\n`, mtimeMs: world.nowMs })
  machine.timezone = zone
  return {}
}

/** What timedatectl says of the service that sets the clock, in the words of its version. */
const clockRows = ({ machine, host }: Call): readonly (readonly [string, string])[] => {
  const version = systemdVersionOf(machine)
  const isSet = host.isTimeSynchronized ? 'yes' : 'no'
  if (version >= 240)
    return [
      ['System clock synchronized', isSet],
      ['NTP service', timeServiceState(host)],
    ]
  const isOn = timeServiceState(host) === 'active' ? 'yes' : 'no'
  return [
    [version === 219 ? 'NTP enabled' : 'Network time on', isOn],
    ['NTP synchronized', isSet],
  ]
}

/** timedatectl(1): the clock, the zone, and whether the network sets it. */
export const timedatectl: Program = {
  names: ['timedatectl'],
  isInstalled: onMachines,
  run: (call): Reply | Promise<Reply> => {
    const { machine, host, world, args } = call
    const [verb, value] = args.filter(arg => !arg.startsWith('-'))
    if (verb === 'list-timezones')
      return { stdout: 'Etc/UTC\nEurope/Berlin\nEurope/London\nAmerica/New_York\nAsia/Kolkata\nUTC\n' }
    if (verb === 'set-timezone' && value !== undefined) return setZone(call, value)
    if (verb === 'set-time' && value !== undefined) {
      if (timeServiceState(call.host) === 'active')
        return { stderr: 'Failed to set time: Automatic time synchronization is enabled\n', exit: 1 }
      const shownMs = parseTime({ machine, nowMs: machineNowMs(world, machine) }, value)
      return shownMs === undefined
        ? { stderr: `Failed to parse time specification '${value}': Invalid argument\n`, exit: 1 }
        : { ...setClock(call, shownMs), stdout: '' }
    }
    if (verb === 'timesync-status' || verb === 'show-timesync')
      return {
        stderr: 'Failed to query server: Unit dbus-org.freedesktop.timesync1.service not found.\n',
        exit: 1,
      }
    if (verb === 'set-ntp')
      return call.passage.runHere([
        'systemctl',
        /^(true|1|yes|on)$/.test(value ?? '') ? 'start' : 'stop',
        unitOf(call.host, 'chronyd')?.name ?? 'chrony',
      ])
    const now = localTime(machine, world.nowMs)
    const utc = localTime({ ...machine, timezone: 'UTC' }, world.nowMs)
    const hardware = { ...machine, timezone: 'UTC', clockOffsetMs: 0 }
    const rtc = localTime(hardware, world.nowMs)
    const day = (t: typeof now): string => `${t.weekday} ${t.year}-${t.month}-${t.day} ${t.time}`
    const rows: readonly (readonly [string, string])[] = [
      ['Local time', `${day(now)} ${now.zone}`],
      ['Universal time', `${day(utc)} UTC`],
      ['RTC time', machine.virtualization === 'lxc' ? 'n/a' : day(rtc)],
      ['Time zone', `${machine.timezone} (${now.zone}, ${now.offset})`],
      ...clockRows(call),
      ['RTC in local TZ', 'no'],
      ...(systemdVersionOf(machine) === 219 ? [['DST active', 'n/a'] as const] : []),
    ]
    if (verb === 'show')
      return {
        stdout: asText([
          `Timezone=${machine.timezone}`,
          'LocalRTC=no',
          'CanNTP=yes',
          `NTP=${timeServiceState(call.host) === 'active' ? 'yes' : 'no'}`,
          `NTPSynchronized=${host.isTimeSynchronized ? 'yes' : 'no'}`,
          `TimeUSec=${systemdTime(machine, world.nowMs)}`,
          ...(machine.virtualization === 'lxc' ? [] : [`RTCTimeUSec=${systemdTime(hardware, world.nowMs)}`]),
        ]),
      }
    const width = systemdVersionOf(machine) < 240 ? 16 : 25
    return { stdout: asText(rows.map(([label, text]) => `${label.padStart(width)}: ${text}`)) }
  },
}

/** hwclock(8): the clock of the hardware keeps true time. */
export const hwclock: Program = {
  names: ['hwclock'],
  isInstalled: onMachines,
  run: ({ machine, host, world, args }): Reply => {
    if (machine.virtualization === 'lxc')
      return {
        stderr:
          'hwclock: Cannot access the Hardware Clock via any known method.\nhwclock: Use the --verbose option to see the details of our search for an access method.\n',
        exit: 1,
      }
    if (args.includes('-s') || args.includes('--hctosys')) setClockOffset(world.nowMs, host, 0)
    if (args.some(arg => /^(-s|--hctosys|-w|--systohc)$/.test(arg))) return {}
    const { year, month, day, time, offset } = localTime({ ...machine, clockOffsetMs: 0 }, world.nowMs)
    return { stdout: `${year}-${month}-${day} ${time}.412907${offset.replace(/(\d\d)$/, ':$1')}\n` }
  },
}
