import { linkAt, makeLink, removePath } from '../files/file-tree.ts'
import { baseName } from '../files/paths.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'

const LINK = '/etc/systemd/system/default.target'
/** What an installation leads to that says nothing else. */
const USUAL = 'graphical.target'

/** The targets that a system can be brought to and stay in. */
export const restingTargets = ['multi-user.target', 'graphical.target', 'rescue.target', 'emergency.target']

/** The target that a boot leads to. */
export const defaultTargetOf = ({ files }: Machine): string => {
  const to = linkAt(files, LINK)?.text
  return to === undefined ? USUAL : baseName(to)
}

/** Makes a target the one that a boot leads to; gives what systemctl says of it. */
export const setDefaultTarget = (
  machine: Machine,
  { path, atMs }: { readonly path: string; readonly atMs: number },
): readonly string[] => {
  const had = linkAt(machine.files, LINK) !== undefined
  if (had) removePath(machine.files, LINK)
  makeLink(machine.files, LINK, { to: path, mtimeMs: atMs })
  return [...(had ? [`Removed ${LINK}.`] : []), `Created symlink ${LINK} → ${path}.`]
}

const isForRepair = (target: string): boolean => target === 'rescue.target' || target === 'emergency.target'

/** Whether a unit belongs to what is there at a target: for repairs only what the system itself needs. */
export const belongsTo = (target: string, { name, sub }: Unit): boolean => {
  if (restingTargets.includes(name))
    return name === target || (target === 'graphical.target' && name === 'multi-user.target')
  if (!isForRepair(target)) return true
  if (/^(getty|network|network-online|remote-fs|timers|basic|graphical)\.target$|\.timer$/.test(name))
    return false
  return (
    !name.endsWith('.service') || sub === 'exited' || /^(systemd-(journald|udevd)|multipathd)\./.test(name)
  )
}
