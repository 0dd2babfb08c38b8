import { systemdVersionOf } from '../../relations/system-version.ts'
import type { Machine } from '../../world/machine.ts'

/** What systemd enables on CentOS by its presets; the rest is disabled by the last of them. */
const enabledOnCentos =
  /^(sshd|crond|chronyd|rsyslog|NetworkManager|auditd|tuned|irqbalance|firewalld|dbus|polkit|getty@.*|qemu-guest-agent|lvm2-monitor|systemd-readahead.*|rhel-.*)\.service$/

/** What the presets of a machine's distribution say of a unit. */
export const presetOf = ({ os }: Machine, name: string): 'enabled' | 'disabled' =>
  os.id === 'centos' && !enabledOnCentos.test(name) ? 'disabled' : 'enabled'

const NOT_YET = /^ +(Trigger|Triggers|TriggeredBy|Memory|CPU): /

/** The lines of a unit's status as the systemd of a machine lays them out: before 246 two columns further left. */
export const laidOut = (machine: Machine, lines: readonly string[]): readonly string[] => {
  const version = systemdVersionOf(machine)
  if (version >= 240) return lines
  const blank = lines.indexOf('')
  const head = blank === -1 ? lines : lines.slice(0, blank)
  return [
    ...head
      .filter(line => !NOT_YET.test(line) && (version > 219 || !/^ +Tasks: /.test(line)))
      .map(line => line.replace(/^ {2}/, '').replace(/^[○×] /, '● ')),
    ...(blank === -1 ? [] : lines.slice(blank)),
  ]
}
