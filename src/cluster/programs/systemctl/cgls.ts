import { unitGroup } from '../../relations/control-group.ts'
import { processesOf } from '../../relations/processes.ts'
import { systemdVersionOf } from '../../relations/system-version.ts'
import { type Call, onMachines, type Program, type Reply } from '../../shell/program.ts'
import { asText } from '../../text/columns.ts'
import { type OptionTable, readOptions } from '../../text/read-options.ts'
import { groupTree } from './group-tree.ts'

const table: OptionTable = {
  'no-pager': 'no-pager',
  all: 'all',
  a: 'all',
  full: 'full',
  l: 'full',
  k: 'kernel',
  unit: 'unit=',
  u: 'unit=',
}

const ofUnit = (call: Call, word: string): Reply => {
  const name = /\.\w+$/.test(word) ? word : `${word}.service`
  const tree = groupTree(processesOf(call.world, call.machine), unitGroup(name))
  return tree.length === 0
    ? { stderr: `Failed to list cgroup tree: No such file or directory\n`, exit: 1 }
    : { stdout: asText([`Unit ${name} (${unitGroup(name)}):`, ...tree]) }
}

/** systemd-cgls(1): the control groups of a machine, of a unit or below a path, with their processes. */
export const cgls: Program = {
  names: ['systemd-cgls'],
  isInstalled: onMachines,
  run: call => {
    const read = readOptions(table, call.args)
    const [unit] = read.options.get('unit') ?? []
    if (unit !== undefined) return ofUnit(call, unit)
    const path = (read.words[0] ?? '/').replace(/^\/sys\/fs\/cgroup/, '').replace(/^(?!\/)/, '/')
    const tree = groupTree(processesOf(call.world, call.machine), path)
    if (tree.length === 0)
      return { stderr: 'Failed to list cgroup tree: No such file or directory\n', exit: 1 }
    if (read.words.length > 0) return { stdout: asText([`Directory ${read.words[0]}:`, ...tree]) }
    const head = systemdVersionOf(call.machine) < 240 ? [] : ['Control group /:', '-.slice']
    return { stdout: asText([...head, ...tree]) }
  },
}
