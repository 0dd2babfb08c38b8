import { chisel } from './rafay/chisel.ts'
import { saltMinion } from './rafay/salt-minion.ts'
import { chronyd, cron, rsyslogd, sshd } from './server-services.ts'
import type { Service } from './service.ts'

/** How each kind of service behaves, by the name that units and containers give in `service`. */
export const services: Readonly<Record<string, Service>> = {
  plain: {},
  sshd,
  chronyd,
  cron,
  rsyslogd,
  'salt-minion': saltMinion,
  chisel,
}

/** The conduct of a service; one that is not listed just runs. */
export const serviceOf = (name: string): Service => services[name] ?? {}
