import type { Drill } from '../../drill/index.ts'
import type { Invocation } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { print } from '../print.ts'
import { loadDrills } from './drills.ts'

const rowOf = ({ name, title, layer, causes, level, parMinutes, world }: Drill) => ({
  name,
  title,
  layer,
  causes,
  level,
  parMinutes,
  world,
})

const presentRow = (drill: Drill, width: number): string =>
  `${drill.name.padEnd(width)}  ${'●'.repeat(drill.level).padEnd(4, '·')}  ${String(drill.parMinutes).padStart(2)} min  ${drill.world.padEnd(7)}  ${drill.title}`

/** `runtree drill list`: every drill with its level, par time and world. */
export const drillList = (invocation: Invocation): number => {
  const drills = loadDrills()
  if (invocation.flags.has('json')) {
    print.out(JSON.stringify(drills.map(rowOf)))
    return exitCodes.done
  }
  const width = Math.max(0, ...drills.map(drill => drill.name.length))
  for (const drill of drills) print.out(presentRow(drill, width))
  print.out('\nruntree drill start NAME begins one; the simulated cluster cannot hurt anything.')
  return exitCodes.done
}
