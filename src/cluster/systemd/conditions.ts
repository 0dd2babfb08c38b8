import { namesIn, nodeAt } from '../files/file-tree.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'

const holds = (machine: Machine, key: string, value: string): boolean => {
  switch (key) {
    case 'ConditionPathExists':
    case 'AssertPathExists':
      return nodeAt(machine.files, value) !== undefined
    case 'ConditionFileNotEmpty':
      return (nodeAt(machine.files, value)?.text ?? '') !== ''
    case 'ConditionFileIsExecutable':
      return ((nodeAt(machine.files, value)?.mode ?? 0) & 0o111) !== 0
    case 'ConditionDirectoryNotEmpty':
      return namesIn(machine.files, value).length > 0
    case 'ConditionVirtualization':
      return value === 'container' ? machine.virtualization === 'lxc' : true
    default:
      return true
  }
}

/** The first condition of a unit that does not hold; it is then skipped. */
export const failedCondition = (machine: Machine, unit: Unit): string | undefined =>
  unit.definition.conditions.find(condition => {
    const [key = '', value = ''] = condition.split(/=(.*)/s)
    return value.startsWith('!') === holds(machine, key, value.replace(/^!/, ''))
  })
