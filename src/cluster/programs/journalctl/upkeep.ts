import { bootsOf } from '../../journal/boots.ts'
import { journalBytes, rotateJournal, vacuumJournal } from '../../journal/vacuum-journal.ts'
import { stampMs, systemdTime } from '../../relations/clock.ts'
import { systemdVersionOf } from '../../relations/system-version.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { parseSpanMs } from '../../systemd/parse-unit-file.ts'
import { asText } from '../../text/columns.ts'
import type { ReadOptions } from '../../text/read-options.ts'
import { systemdBytes } from '../../text/spans.ts'

const listBoots = ({ machine }: Call): Reply => {
  const boots = bootsOf(machine)
  const width = Math.max(2, String(1 - boots.length).length)
  return {
    stdout: asText(
      boots.map(
        ({ id, fromMs, toMs }, at) =>
          `${String(at + 1 - boots.length).padStart(width)} ${id} ${systemdTime(machine, stampMs(machine, fromMs))}—${systemdTime(machine, stampMs(machine, toMs))}`,
      ),
    ),
  }
}

const bytesOf = (text: string): number | undefined => {
  const read = /^(\d+(?:\.\d+)?)([KMGT]?)(?:i?B)?$/i.exec(text)
  if (read === null) return undefined
  return (
    Number(read[1]) * 1024 ** Math.max(0, ['', 'K', 'M', 'G', 'T'].indexOf((read[2] ?? '').toUpperCase()))
  )
}

const vacuum = ({ machine, world }: Call, { options }: ReadOptions): Reply => {
  const size = options.get('vacuum-size')?.at(-1)
  const time = options.get('vacuum-time')?.at(-1)
  const mostBytes = size === undefined ? Infinity : bytesOf(size)
  const oldestMs = time === undefined ? undefined : parseSpanMs(time)
  if (mostBytes === undefined) return { stderr: `Failed to parse vacuum size: ${size}\n`, exit: 1 }
  if (time !== undefined && oldestMs === undefined)
    return { stderr: `Failed to parse vacuum time: ${time}\n`, exit: 1 }
  const sinceMs = oldestMs === undefined ? -Infinity : world.nowMs - oldestMs
  const mostFiles = Number(options.get('vacuum-files')?.at(-1) ?? Infinity) || Infinity
  if (options.has('rotate')) rotateJournal(machine, world.nowMs)
  const files = vacuumJournal(machine, { mostBytes, sinceMs, mostFiles })
  const freedBytes = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const folder = `/var/log/journal/${machine.machineId}`
  return {
    stderr: asText([
      ...files.map(
        ({ name, bytes }) => `Deleted archived journal ${folder}/${name} (${systemdBytes(bytes)}).`,
      ),
      'Vacuuming done, freed 0B of archived journals from /var/log/journal.',
      'Vacuuming done, freed 0B of archived journals from /run/log/journal.',
      `Vacuuming done, freed ${systemdBytes(freedBytes)} of archived journals from ${folder}.`,
    ]),
    tookMs: 300,
  }
}

/** What journalctl does besides showing entries: sizes, boots, clearing up; `undefined` when nothing of that is asked for. */
export const upkeep = (call: Call, read: ReadOptions): Reply | undefined => {
  const { options } = read
  if (options.has('disk-usage'))
    return {
      stdout: `Archived and active journals take up ${systemdBytes(journalBytes(call.machine))} ${systemdVersionOf(call.machine) < 230 ? 'on disk' : 'in the file system'}.\n`,
    }
  if (options.has('list-boots')) return listBoots(call)
  if (options.has('vacuum-size') || options.has('vacuum-time') || options.has('vacuum-files'))
    return vacuum(call, read)
  if (options.has('rotate')) rotateJournal(call.machine, call.world.nowMs)
  if (options.has('rotate') || options.has('flush') || options.has('sync')) return { tookMs: 200 }
  if (options.has('verify'))
    return { stdout: `PASS: /var/log/journal/${call.machine.machineId}/system.journal\n`, tookMs: 900 }
  return undefined
}
