import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'

/** Whom a socket starts where its name does not say it. */
const others: Readonly<Record<string, string>> = {
  'syslog.socket': 'rsyslog.service',
  'systemd-journald-dev-log.socket': 'systemd-journald.service',
  'systemd-udevd-control.socket': 'systemd-udevd.service',
  'systemd-udevd-kernel.socket': 'systemd-udevd.service',
}

/** Services that some program talks to at any time: their sockets start them again at once. */
const spokenTo = new Set(['dbus.service', 'rsyslog.service', 'systemd-journald.service'])

/** The sockets that listen for a service and start it when somebody connects, by name. */
export const activatedBy = ({ units }: Machine, { name, load }: Unit): readonly string[] =>
  load === 'masked'
    ? []
    : [...units.values()]
        .filter(
          unit =>
            unit.name.endsWith('.socket') &&
            unit.active === 'active' &&
            (others[unit.name] ?? unit.name.replace(/socket$/, 'service')) === name,
        )
        .map(unit => unit.name)

/** Whether a service that was stopped is started again at once by what connects to its sockets. */
export const isCalledBack = (machine: Machine, unit: Unit): boolean =>
  unit.active === 'inactive' && spokenTo.has(unit.name) && activatedBy(machine, unit).length > 0
