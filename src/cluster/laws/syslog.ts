import { appendText, nodeAt } from '../files/file-tree.ts'
import { writeRefusal } from '../files/write-refusal.ts'
import { localTime, writtenMs } from '../relations/clock.ts'
import { filesystemOf } from '../relations/filesystem-use.ts'
import type { JournalEntry } from '../world/journal-entry.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

const KEPT_MS = 8 * 3_600_000

const isAuth = ({ identifier, message }: JournalEntry): boolean =>
  /^(sshd|sudo|su|systemd-logind|CRON)$/.test(identifier) || message.startsWith('pam_unix(')

type Target = readonly [path: string, takes: (entry: JournalEntry) => boolean]

/** Which entries rsyslogd writes to which file, as Ubuntu's 50-default.conf says. */
const ofUbuntu: readonly Target[] = [
  ['/var/log/syslog', entry => !isAuth(entry) || entry.identifier === 'CRON'],
  ['/var/log/kern.log', ({ identifier }) => identifier === 'kernel'],
  ['/var/log/auth.log', entry => isAuth(entry) && !entry.message.startsWith('(')],
]

const isPrivate = ({ identifier }: JournalEntry): boolean => /^(sshd|sudo|su|polkitd|login)$/.test(identifier)

const isCron = ({ identifier }: JournalEntry): boolean =>
  /^(crond?|CRON[D]?|crontab|anacron|run-parts.*)$/.test(identifier)

const INFO = 6

/** The same as CentOS's rsyslog.conf says. */
const ofCentos: readonly Target[] = [
  ['/var/log/messages', entry => !isPrivate(entry) && !isCron(entry) && entry.priority <= INFO],
  ['/var/log/secure', isPrivate],
  ['/var/log/cron', isCron],
]

/** Programs that log through syslog and so give their pid, which imjournal passes on; of the others it knows none. */
const GIVES_PID =
  /^(sshd|chronyd|cron|CROND|crond|crontab|anacron|run-parts.*|polkitd|NetworkManager|dbus|postfix.*)$/

/** Programs on Ubuntu that tell syslog no pid: the journal knows it, the files do not. */
const TELLS_NO_PID = /^(sudo|su|systemd|\(sd-pam\))$/

const showsPid = ({ os }: Machine, entry: JournalEntry): boolean => {
  const { identifier, pid } = entry
  if (pid === undefined) return false
  return os.id === 'centos' ? GIVES_PID.test(identifier) : !(isAuth(entry) && TELLS_NO_PID.test(identifier))
}

const lineOf = (machine: Machine, entry: JournalEntry): string => {
  const { identifier, pid, message } = entry
  const { monthName, day, time } = localTime(machine, writtenMs(machine, entry))
  return `${monthName} ${day.replace(/^0/, ' ')} ${time} ${entry.hostname ?? machine.name} ${identifier}${showsPid(machine, entry) ? `[${pid}]` : ''}: ${message}\n`
}

const append = (
  world: World,
  machine: Machine,
  { path, text }: { readonly path: string; readonly text: string },
): void => {
  // Ubuntu's rsyslogd does not run as root: what is reserved for root it cannot use.
  const reserved = machine.os.id === 'centos' ? 0 : (filesystemOf(machine, path)?.reservedBytes ?? 0)
  if (text === '' || writeRefusal(machine, path, text.length + reserved) !== undefined) return
  const rights =
    machine.os.id === 'centos'
      ? { owner: 'root', group: 'root', mode: 0o600 }
      : { owner: 'syslog', group: 'adm', mode: 0o640 }
  appendText(machine.files, path, { text, mtimeMs: world.nowMs, ...rights })
}

/** The entries after a time; the journal is in order, so the search begins at its end. */
const entriesSince = ({ journal }: Machine, sinceMs: number): readonly JournalEntry[] => {
  let at = journal.length
  while (at > 0 && (journal[at - 1]?.atMs ?? 0) > sinceMs) at -= 1
  return journal.slice(at)
}

const isLogin = ({ message }: JournalEntry): boolean =>
  /^(Accepted \w+ for |pam_unix\(sshd:session\): session )/.test(message)

/** Who comes and goes is written to wtmp, and when somebody last came to lastlog. */
const dateLogins = ({ files }: Machine, entries: readonly JournalEntry[]): void => {
  const atMs = entries.findLast(isLogin)?.atMs
  if (atMs === undefined) return
  for (const name of ['wtmp', 'lastlog']) {
    const node = nodeAt(files, `/var/log/${name}`)
    if (node !== undefined) node.mtimeMs = Math.max(node.mtimeMs, atMs)
  }
}

/** The file that journald writes to is as young as what it wrote last. */
const dateJournal = ({ files, machineId }: Machine, entries: readonly JournalEntry[]): void => {
  const node =
    entries.length === 0 ? undefined : nodeAt(files, `/var/log/journal/${machineId}/system.journal`)
  if (node !== undefined) node.mtimeMs = Math.max(node.mtimeMs, entries.at(-1)?.atMs ?? 0)
}

/** rsyslogd copies what the journal takes to the files below /var/log, while it runs and they can be written. */
export const syslogLaw: Law = world => {
  for (const machine of world.machines.values()) {
    const since =
      machine.syslogMs ?? (machine.os.id === 'centos' ? machine.bootedMs - 1 : world.nowMs - KEPT_MS)
    const entries = entriesSince(machine, since)
    machine.syslogMs = Math.max(since, entries.at(-1)?.atMs ?? since)
    dateLogins(machine, entries)
    dateJournal(machine, entries)
    if (entries.length === 0 || machine.units.get('rsyslog.service')?.active !== 'active') continue
    for (const [path, takes] of machine.os.id === 'centos' ? ofCentos : ofUbuntu)
      append(world, machine, {
        path,
        text: entries
          .filter(takes)
          .map(entry => lineOf(machine, entry))
          .join(''),
      })
  }
}
