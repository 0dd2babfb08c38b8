import { removePath, writeText } from '../../files/file-tree.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { readUnit } from '../../systemd/load-unit.ts'
import type { ReadOptions } from '../../text/read-options.ts'
import type { Unit } from '../../world/unit.ts'
import { unitsFor } from './unit-names.ts'

const HEAD =
  '# This is a drop-in unit file extension, created via "systemctl set-property"\n# or an equivalent operation. Do not edit.\n'

const unitOf = (call: Call, word: string | undefined): Unit | Reply => {
  if (word === undefined) return { stderr: 'Too few arguments.\n', exit: 1 }
  const [unit] = unitsFor(call, word)
  return unit === undefined || typeof unit === 'string'
    ? {
        stderr: `Failed to set unit properties on ${unit ?? word}: Unit ${unit ?? word} not found.\n`,
        exit: 1,
      }
    : unit
}

/** `systemctl set-property`: writes a drop-in for each setting, which holds at once. */
export const setProperty = (call: Call, { words, options }: ReadOptions): Reply => {
  const [, word, ...settings] = words
  const unit = unitOf(call, word)
  if (!('definition' in unit)) return unit
  const wrong = settings.find(setting => !setting.includes('='))
  if (settings.length === 0) return { stderr: 'Too few arguments.\n', exit: 1 }
  if (wrong !== undefined) return { stderr: `Failed to parse property: ${wrong}\n`, exit: 1 }
  const above = options.has('runtime') ? '/run/systemd/system.control' : '/etc/systemd/system.control'
  for (const setting of settings) {
    const [name = ''] = setting.split('=')
    const section = name.startsWith('StartLimit') ? 'Unit' : 'Service'
    writeText(call.machine.files, `${above}/${unit.name}.d/50-${name}.conf`, {
      text: `${HEAD}[${section}]\n${setting}\n`,
      mtimeMs: call.world.nowMs,
    })
  }
  readUnit(call.machine, unit)
  return {}
}

/** `systemctl revert`: takes away what was written over what the vendor's unit says. */
export const revert = (call: Call, { words }: ReadOptions): Reply => {
  const unit = unitOf(call, words[1])
  if (!('definition' in unit)) return unit
  const folders = ['/etc/systemd/system', '/etc/systemd/system.control', '/run/systemd/system.control']
    .map(above => `${above}/${unit.name}.d`)
    .filter(folder => call.machine.files.has(folder))
  for (const folder of folders) removePath(call.machine.files, folder)
  readUnit(call.machine, unit)
  return { stdout: folders.map(folder => `Removed ${folder}.\n`).join('') }
}
