import { systemdVersionOf } from '../../relations/system-version.ts'
import type { Reply } from '../../shell/program.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'

/** What systemctl says where a verb cannot be done with a unit, or with a name that has none. */
export const refusalFor = (verb: string, unit: Unit | string): Reply | undefined => {
  const name = typeof unit === 'string' ? unit : unit.name
  if (typeof unit === 'string' || unit.load === 'not-found')
    return /^(enable|disable|mask|unmask|reenable)$/.test(verb)
      ? { stderr: `Failed to ${verb} unit: Unit file ${name} does not exist.\n`, exit: 1 }
      : {
          stderr: `Failed to ${verb} ${name}: Unit ${name} not ${verb === 'stop' ? 'loaded' : 'found'}.\n`,
          exit: 5,
        }
  if (unit.load === 'masked' && /^(start|restart|reload|try-restart)$/.test(verb))
    return { stderr: `Failed to ${verb} ${name}: Unit ${name} is masked.\n`, exit: 1 }
  if (unit.load === 'bad-setting' && /start/.test(verb))
    return {
      stderr: `Failed to ${verb} ${name}: Unit ${name} has a bad unit file setting.\nSee system logs and 'systemctl status ${name}' for details.\n`,
      exit: 1,
    }
  return undefined
}

/** The answer to a job that failed, by how the unit ended. */
export const failedJob = (machine: Machine, { name, result }: Unit): Reply => {
  const isOld = systemdVersionOf(machine) < 240
  const see = `See "systemctl status ${name}" and "journalctl ${isOld ? '-xe' : `-xeu ${name}`}" for details.\n`
  const reasons: Readonly<Record<string, string>> = {
    timeout: `Job for ${name} failed because a timeout was exceeded.\n`,
    signal: `Job for ${name} failed because a fatal signal was delivered to the control process.\n`,
    resources: `Job for ${name} failed because of unavailable resources or another system error.\n`,
    'start-limit-hit': `Job for ${name} failed because start of the service was attempted too often.\n`,
  }
  const reason =
    reasons[result] ?? `Job for ${name} failed because the control process exited with error code.\n`
  // Both sentences stand on one line before 240.
  return { stderr: (isOld ? reason.replace('\n', ' ') : reason) + see, exit: 1 }
}

/** The refusal for whoever is not root. */
export const needsRoot = (verb: string, user: string): Reply | undefined =>
  user === 'root'
    ? undefined
    : { stderr: `Failed to ${verb} unit: Interactive authentication required.\n`, exit: 1 }
