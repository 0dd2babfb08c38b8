import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import { childPidOf } from '../child-process.ts'
import { localTime } from '../clock.ts'
import { hostnameOf } from '../hostname.ts'
import { globalText } from './proxy-state.ts'

/** Where syslog puts what HAProxy sends. */
export const PROXY_LOG = '/var/log/haproxy.log'

/** How many lines of the section `global` send what is of note to syslog. */
export const logTargets = (settings: string): number =>
  globalText(settings)
    .split('\n')
    .filter(line => /^\s+log\s+\S+\s+\w+/.test(line)).length

/** Whether somebody on a machine takes what is sent to syslog. */
export const isLogged = ({ units }: Machine): boolean => {
  const syslog = units.get('rsyslog.service')
  return syslog === undefined || syslog.active === 'active'
}

/** A message of HAProxy as syslog writes it. */
export const logLine = (
  machine: Machine,
  unit: Unit | undefined,
  { atMs, text }: { readonly atMs: number; readonly text: string },
): string => {
  const { monthName, day, time } = localTime(machine, atMs)
  const pid = unit === undefined ? 0 : childPidOf(unit)
  return `${monthName} ${day.replace(/^0/, ' ')} ${time} ${hostnameOf(machine)} haproxy[${pid}]: ${text}`
}
