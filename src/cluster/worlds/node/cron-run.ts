import type { JournalWriting } from '../../journal/write-journal.ts'
import { unitOf } from '../../relations/unit-of.ts'
import type { Machine } from '../../world/machine.ts'

/** What the hourly run of anacron adds on CentOS to the line of cron. */
const partsOf = (pid: number, atMs: number): readonly JournalWriting[] =>
  ['starting', 'finished'].map((verb, at) => ({
    atMs: atMs + 1_014 + at * 12,
    unit: 'crond.service',
    identifier: 'run-parts(/etc/cron.hourly)',
    pid: pid + 3 + at * 6,
    message: `${verb} 0anacron`,
  }))

/** What cron says of an hourly run, begun at a minute by a process of this number. */
export const cronRun = (
  machine: Machine,
  { atMs, pid }: { readonly atMs: number; readonly pid: number },
): readonly JournalWriting[] => {
  const isCentos = machine.os.id === 'centos'
  const line = (message: string, offsetMs = 0): JournalWriting => ({
    atMs: atMs + 1_000 + offsetMs,
    unit: unitOf(machine, 'cron')?.name,
    identifier: 'CRON',
    pid,
    message,
  })
  return [
    line('pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)'),
    line(
      `(root) CMD (${isCentos ? '' : '   cd / && '}run-parts ${isCentos ? '' : '--report '}/etc/cron.hourly)`,
      4,
    ),
    ...(isCentos ? partsOf(pid, atMs) : []),
    line('pam_unix(cron:session): session closed for user root', 9),
  ]
}
