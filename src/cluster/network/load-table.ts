import type { Machine } from '../world/machine.ts'

const TABLE_BYTES = 12_736

/** The kernel's older tables come with modules of their own, loaded when somebody first asks for one. */
export const loadTable = ({ os, modules }: Machine, table: string): void => {
  const name = `iptable_${table}`
  if (os.id !== 'centos' || modules.some(module => module.name === name)) return
  const at = Math.max(
    0,
    modules.findIndex(module => module.name === 'iptable_filter'),
  )
  modules.splice(at, 0, { name, sizeBytes: TABLE_BYTES, usedBy: [] })
  for (const module of modules) if (module.name === 'ip_tables') module.usedBy = [...module.usedBy, name]
}
