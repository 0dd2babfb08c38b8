import { childOf } from '../../relations/child-process.ts'
import { systemdTime } from '../../relations/clock.ts'
import { hostnameOf } from '../../relations/hostname.ts'
import { systemStateOf } from '../../relations/system-state.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { agoText } from '../../text/spans.ts'

/** `systemctl status` without a unit: the machine and its control groups. */
export const systemStatus = ({ machine, world }: Call): Reply => {
  const failed = [...machine.units.values()].filter(({ active }) => active === 'failed').length
  const running = [...machine.units.values()]
    .filter(({ mainPid }) => mainPid !== 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const state = systemStateOf(machine)
  return {
    stdout: asText([
      `● ${hostnameOf(machine)}`,
      `    State: ${state}`,
      '     Jobs: 0 queued',
      `   Failed: ${failed} units`,
      `    Since: ${systemdTime(machine, machine.bootedMs)}; ${agoText(world.nowMs - machine.bootedMs)}`,
      '   CGroup: /',
      '           ├─init.scope',
      '           │ └─1 /sbin/init',
      '           └─system.slice',
      ...running.flatMap((unit, at) => {
        const isLast = at === running.length - 1
        const child = childOf(unit)
        const members = [
          `${unit.mainPid} ${unit.execStart}`,
          ...(child === undefined ? [] : [`${child.pid} ${child.command}`]),
        ]
        return [
          `             ${isLast ? '└' : '├'}─${unit.name}`,
          ...members.map(
            (text, index) =>
              `             ${isLast ? ' ' : '│'} ${index === members.length - 1 ? '└' : '├'}─${text}`,
          ),
        ]
      }),
    ]),
  }
}
