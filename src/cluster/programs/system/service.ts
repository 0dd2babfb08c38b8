import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { defaultTargetOf } from '../../systemd/default-target.ts'
import { asText } from '../../text/columns.ts'

/** The services that have scripts of their own in /etc/init.d. */
const scripted =
  /^(apparmor|chrony|console-setup|cron|dbus|docker|haproxy|irqbalance|keyboard-setup|multipathd|rsyslog|ssh|ufw|unattended-upgrades)\.service$/

const listAll = ({ machine }: Call): Reply => ({
  stdout: asText(
    [...machine.units.values()]
      .filter(({ name }) => scripted.test(name))
      .map(({ name, active }) => ` [ ${active === 'active' ? '+' : '-'} ]  ${name.replace(/\.service$/, '')}`)
      .sort((a, b) => (a.slice(7) < b.slice(7) ? -1 : 1)),
  ),
})

/** service(8): passes on to systemctl. */
export const service: Program = {
  names: ['service'],
  isInstalled: onMachines,
  run: (call): Reply | Promise<Reply> => {
    const [name, verb] = call.args
    if (name === '--status-all') return listAll(call)
    if (name === undefined || verb === undefined)
      return {
        stderr: `Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n`,
        exit: 1,
      }
    const words = verb === '--full-restart' ? 'restart' : verb
    return call.passage.runHere(['systemctl', words, name])
  },
}

const levels: Readonly<Record<string, string>> = {
  'multi-user.target': '3',
  'graphical.target': '5',
  'rescue.target': '1',
}

/** runlevel(8): the target that the system has reached as System V counted them. */
export const runlevel: Program = {
  names: ['runlevel'],
  isInstalled: onMachines,
  run: ({ machine }): Reply => {
    const reached = ['graphical.target', 'multi-user.target', 'rescue.target'].find(
      name => machine.units.get(name)?.active === 'active',
    )
    return { stdout: `N ${levels[reached ?? defaultTargetOf(machine)] ?? '5'}\n` }
  },
}
