import { stampMs, systemdTime } from '../../relations/clock.ts'
import { hostnameOf } from '../../relations/hostname.ts'
import { processesOf } from '../../relations/processes.ts'
import { systemStateOf } from '../../relations/system-state.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { agoText } from '../../text/spans.ts'
import { groupTree } from './group-tree.ts'

/** Since when something is so, as systemd writes it: by what the clock did show, and how long ago that is by the clock now. */
export const sinceText = ({ machine, world }: Pick<Call, 'machine' | 'world'>, trueMs: number): string => {
  const stampedMs = stampMs(machine, trueMs)
  return `${systemdTime(machine, stampedMs)}; ${agoText(world.nowMs - stampedMs)}`
}

/** `systemctl status` without a unit: the machine and its control groups. */
export const systemStatus = (call: Call): Reply => {
  const { machine, world } = call
  const failed = [...machine.units.values()].filter(({ active }) => active === 'failed').length
  const state = systemStateOf(machine)
  return {
    stdout: asText([
      `● ${hostnameOf(machine)}`,
      `    State: ${state}`,
      '     Jobs: 0 queued',
      `   Failed: ${failed} units`,
      `    Since: ${sinceText(call, machine.bootedMs)}`,
      '   CGroup: /',
      ...groupTree(processesOf(world, machine)).map(line => `           ${line}`),
    ]),
  }
}
