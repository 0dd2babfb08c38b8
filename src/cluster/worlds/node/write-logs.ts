import { textOfBytes } from '../../files/bytes.ts'
import { makeFolder, writeText } from '../../files/file-tree.ts'
import { archiveName } from '../../journal/vacuum-journal.ts'
import type { Machine } from '../../world/machine.ts'
import { centosLogs } from './centos-files.ts'

const MIB = 1024 ** 2
const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** A Sunday at midnight, when logs are rotated. */
const SUNDAY_MS = 3 * DAY_MS

/** What gzip makes of nothing. */
const emptyArchive = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0)

type Log = {
  readonly name: string
  readonly bytes: number
  readonly group: string
  readonly mode: number
  /** How many Sundays before the boot it was written last; at the boot where nothing is said. */
  readonly weeksAgo?: number
}

const ofSyslog = { group: 'adm', mode: 0o640 }

/** Logs of long standing whose text nobody reads: their sizes count. */
const ubuntuLogs: readonly Log[] = [
  { name: 'syslog.1', bytes: 5_400_000, ...ofSyslog, weeksAgo: 1 },
  { name: 'syslog.2.gz', bytes: 610_000, ...ofSyslog, weeksAgo: 2 },
  { name: 'kern.log', bytes: 240_000, ...ofSyslog },
  { name: 'kern.log.1', bytes: 890_000, ...ofSyslog, weeksAgo: 1 },
  { name: 'auth.log.1', bytes: 310_000, ...ofSyslog, weeksAgo: 1 },
  { name: 'dpkg.log', bytes: 88_000, group: 'root', mode: 0o644, weeksAgo: 3 },
  { name: 'alternatives.log', bytes: 12_000, group: 'root', mode: 0o644, weeksAgo: 3 },
  { name: 'bootstrap.log', bytes: 64_549, group: 'root', mode: 0o644, weeksAgo: 8 },
  { name: 'faillog', bytes: 32_032, group: 'root', mode: 0o644, weeksAgo: 8 },
  { name: 'btmp', bytes: 0, group: 'utmp', mode: 0o660, weeksAgo: 4 },
  { name: 'wtmp', bytes: 42_000, group: 'utmp', mode: 0o664 },
  { name: 'lastlog', bytes: 292_292, group: 'utmp', mode: 0o664 },
]

/** Writes the logs of a server's past. */
export const writeOldLogs = (machine: Machine): void => {
  const { bootedMs, files, os } = machine
  if (os.id === 'centos') {
    for (const [path, paddingBytes, mode, group = 'root'] of centosLogs)
      writeText(files, path, { text: '', paddingBytes, mode, group, mtimeMs: bootedMs })
    return
  }
  const sundayMs = Math.floor((bootedMs - SUNDAY_MS) / WEEK_MS) * WEEK_MS + SUNDAY_MS
  for (const { name, bytes, group, mode, weeksAgo } of ubuntuLogs)
    writeText(files, `/var/log/${name}`, {
      text: name.endsWith('.gz') ? textOfBytes(emptyArchive) : '',
      paddingBytes: bytes,
      owner: mode === 0o640 ? 'syslog' : 'root',
      group,
      mode,
      mtimeMs: weeksAgo === undefined ? bootedMs : sundayMs - (weeksAgo - 1) * WEEK_MS,
    })
  makeFolder(files, '/var/log/unattended-upgrades', { group: 'adm', mode: 0o750, mtimeMs: sundayMs })
  makeFolder(files, '/var/log/private', { mode: 0o700, mtimeMs: sundayMs - 8 * WEEK_MS })
}

/** From the end of a boot to the next. */
export const OFF_MS = 38_000
/** How far the journal reaches back before the boot. */
export const KEPT_MS = 30 * 3_600_000

/** Writes the files in which journald keeps the journal: the one in use, two archived ones and a user's. */
export const writeJournalFiles = (machine: Machine): void => {
  const { bootedMs, files } = machine
  const own = { text: '', group: 'systemd-journal', mode: 0o640 }
  const folder = `/var/log/journal/${machine.machineId}`
  for (const path of ['/var/log/journal', folder])
    makeFolder(files, path, { group: 'systemd-journal', mode: 0o2755, mtimeMs: bootedMs - 8 * WEEK_MS })
  const write = (name: string, paddingBytes: number, mtimeMs: number): void =>
    writeText(files, `${folder}/${name}`, { ...own, paddingBytes, mtimeMs })
  write('system.journal', 16 * MIB, bootedMs)
  write(archiveName(machine, 104_212, bootedMs - KEPT_MS), 8 * MIB, bootedMs - DAY_MS / 2)
  write(archiveName(machine, 126_059, bootedMs - DAY_MS / 2), 8 * MIB, bootedMs - OFF_MS)
  write('user-1000.journal', 8 * MIB, bootedMs - 3 * DAY_MS)
}
