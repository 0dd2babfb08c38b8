import type { Fault } from './fault.ts'
import { textOf } from './parameters.ts'

/** A step of Rafay's last task set that ended badly: `task` names it, `status` says how. */
export const failTask: Fault = (world, parameters) => {
  const taskset = world.platforms.rafay?.tasksets.at(-1)
  if (taskset === undefined) throw new RangeError(`the world ${world.name} has no task set of Rafay`)
  const type = textOf(parameters, 'task')
  const name = textOf(parameters, 'name')
  taskset.status = 'PROVISION_TASKSET_STATUS_FAILED'
  taskset.tasks.push({ type, name, status: 'PROVISION_TASK_STATUS_FAILED' })
}
