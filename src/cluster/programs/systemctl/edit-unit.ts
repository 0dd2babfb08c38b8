import { writeText } from '../../files/file-tree.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { readUnit } from '../../systemd/load-unit.ts'
import type { ReadOptions } from '../../text/read-options.ts'
import { unitsFor } from './unit-names.ts'

/** `systemctl edit`: only text on standard input can be taken where nobody has an editor. */
export const editUnit = (call: Call, read: ReadOptions): Reply => {
  const [, word] = read.words
  const unit = word === undefined ? undefined : unitsFor(call, word)[0]
  if (unit === undefined || typeof unit === 'string')
    return {
      stderr:
        word === undefined
          ? 'Too few arguments.\n'
          : `No files found for ${unit}.\nRun 'systemctl edit --force --full ${unit}' to create a new unit.\n`,
      exit: 1,
    }
  const path = read.options.has('full')
    ? `/etc/systemd/system/${unit.name}`
    : `/etc/systemd/system/${unit.name}.d/override.conf`
  if (call.stdin.trim() === '' || !read.options.has('stdin'))
    return {
      stderr: `An editor needs a terminal of its own. Write ${path} with a redirection, then run 'systemctl daemon-reload'.\n`,
      exit: 1,
    }
  writeText(call.machine.files, path, { text: call.stdin, mtimeMs: call.world.nowMs })
  readUnit(call.machine, unit)
  return {}
}
