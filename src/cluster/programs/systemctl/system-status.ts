import { systemdTime } from '../../relations/clock.ts'
import { hostnameOf } from '../../relations/hostname.ts'
import { processesOf } from '../../relations/processes.ts'
import { systemStateOf } from '../../relations/system-state.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { agoText } from '../../text/spans.ts'
import { groupTree } from './group-tree.ts'

/** `systemctl status` without a unit: the machine and its control groups. */
export const systemStatus = ({ machine, world }: Call): Reply => {
  const failed = [...machine.units.values()].filter(({ active }) => active === 'failed').length
  const state = systemStateOf(machine)
  return {
    stdout: asText([
      `● ${hostnameOf(machine)}`,
      `    State: ${state}`,
      '     Jobs: 0 queued',
      `   Failed: ${failed} units`,
      `    Since: ${systemdTime(machine, machine.bootedMs)}; ${agoText(world.nowMs - machine.bootedMs)}`,
      '   CGroup: /',
      ...groupTree(processesOf(world, machine)).map(line => `           ${line}`),
    ]),
  }
}
