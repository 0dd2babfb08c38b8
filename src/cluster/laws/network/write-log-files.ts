import { appendToLog } from '../../files/append-to-log.ts'
import { serviceOf } from '../../services/services.ts'
import type { Law } from '../law.ts'

/** Services with a log file of their own write to it while they run; what a full or broken disk refuses is lost. */
export const writeLogFiles: Law = (world, passedMs) => {
  for (const host of world.machines.values()) {
    if (!host.isPowered) continue
    for (const machine of host.planet === undefined ? [host] : [host, host.planet])
      for (const unit of machine.units.values()) {
        const { logFile } = serviceOf(unit.service)
        if (logFile === undefined || unit.mainPid === 0) continue
        const span = {
          fromMs: Math.max(world.nowMs - passedMs, (unit.startedMs ?? 0) - 1),
          toMs: world.nowMs,
        }
        const { path, lines } = logFile(world, { machine, unit, container: undefined }, span)
        if (lines.length > 0)
          appendToLog(world, machine, { path, text: lines.map(line => `${line.text}\n`).join('') })
      }
  }
}
