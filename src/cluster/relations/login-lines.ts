import { sha256 } from '@noble/hashes/sha2.js'
import { readText } from '../files/file-tree.ts'
import type { JournalWriting } from '../journal/write-journal.ts'
import type { Login } from '../world/login.ts'
import type { Machine } from '../world/machine.ts'
import { userIdOf } from './accounts.ts'
import { hasUserManagers } from './system-version.ts'
import { unitOf } from './unit-of.ts'

/** Apart by less than a millisecond, so that the lines of one moment keep their order. */
const STEP_MS = 0.037

/** The key of whoever may come, as sshd names it: the digest of what stands in the list of keys. */
const fingerprintOf = ({ files }: Machine): string => {
  const key = /ssh-ed25519 (\S+)/.exec(readText(files, '/root/.ssh/authorized_keys') ?? '')?.[1] ?? ''
  const bytes = Uint8Array.from(atob(key), letter => letter.charCodeAt(0))
  return btoa(String.fromCharCode(...sha256(bytes))).replace(/=+$/, '')
}

type Said = readonly [by: 'sshd' | 'logind' | 'systemd', message: string]

const written = (
  machine: Machine,
  { pid }: Pick<Login, 'pid'>,
  { atMs, said }: { readonly atMs: number; readonly said: readonly Said[] },
): readonly JournalWriting[] => {
  const logind = machine.units.get('systemd-logind.service')
  const speakers = {
    sshd: { identifier: 'sshd', unit: unitOf(machine, 'sshd')?.name, pid },
    logind: { identifier: 'systemd-logind', unit: 'systemd-logind.service', pid: logind?.mainPid },
    systemd: { identifier: 'systemd', unit: 'init.scope', pid: 1 },
  }
  return said.map(([by, message], at) => ({ ...speakers[by], atMs: atMs + at * STEP_MS, message }))
}

type Who = Pick<Login, 'user' | 'from' | 'port' | 'session' | 'pid'>

/** What is said where the first login of a user begins. */
const managerBegins = (machine: Machine, user: string): readonly Said[] => {
  const id = userIdOf(machine, user)
  return hasUserManagers(machine)
    ? [
        ['systemd', `Created slice User Slice of UID ${id}.`],
        ['systemd', `Starting User Runtime Directory /run/user/${id}...`],
        ['systemd', `Finished User Runtime Directory /run/user/${id}.`],
        ['systemd', `Starting User Manager for UID ${id}...`],
        ['systemd', `Started User Manager for UID ${id}.`],
      ]
    : [['systemd', `Created slice User Slice of ${user}.`]]
}

/** What sshd, logind and systemd say of a login; `isFirst` where the user has no other. */
export const arrivalLines = (
  machine: Machine,
  who: Who,
  { atMs, isFirst }: { readonly atMs: number; readonly isFirst: boolean },
): readonly JournalWriting[] => {
  const { user, from, port, session } = who
  const id = userIdOf(machine, user)
  return written(machine, who, {
    atMs,
    said: [
      [
        'sshd',
        `Accepted publickey for ${user} from ${from} port ${port} ssh2: ED25519 SHA256:${fingerprintOf(machine)}`,
      ],
      ['sshd', `pam_unix(sshd:session): session opened for user ${user}(uid=${id}) by (uid=0)`],
      ['logind', `New session ${session} of user ${user}.`],
      ...(isFirst ? managerBegins(machine, user) : []),
      ...(hasUserManagers(machine)
        ? [['systemd', `Started Session ${session} of User ${user}.`] as const]
        : []),
    ],
  })
}

/** What they say when somebody leaves. */
export const leavingLines = (machine: Machine, who: Who, atMs: number): readonly JournalWriting[] => {
  const { user, from, port, session } = who
  return written(machine, who, {
    atMs,
    said: [
      ['sshd', `Received disconnect from ${from} port ${port}:11: disconnected by user`],
      ['sshd', `Disconnected from ${machine.os.id === 'centos' ? '' : `user ${user} `}${from} port ${port}`],
      ...endLines({ user, session }),
    ],
  })
}

const endLines = ({ user, session }: Pick<Who, 'user' | 'session'>): readonly Said[] => [
  ['sshd', `pam_unix(sshd:session): session closed for user ${user}`],
  ['systemd', `session-${session}.scope: Deactivated successfully.`],
  ['logind', `Session ${session} logged out. Waiting for processes to exit.`],
  ['logind', `Removed session ${session}.`],
]

/** What they say of a login that is broken off: its process was killed, or the machine goes down. */
export const breakLines = (machine: Machine, who: Who, atMs: number): readonly JournalWriting[] =>
  written(machine, who, { atMs, said: endLines(who) })

/** What systemd says some seconds after the last login of a user. */
export const managerLines = (
  machine: Machine,
  { user, pid }: { readonly user: string; readonly pid: number },
  atMs: number,
): readonly JournalWriting[] => {
  const id = userIdOf(machine, user)
  return written(
    machine,
    { pid },
    {
      atMs,
      said: hasUserManagers(machine)
        ? [
            ['systemd', `Stopping User Manager for UID ${id}...`],
            ['systemd', `user@${id}.service: Deactivated successfully.`],
            ['systemd', `Stopped User Manager for UID ${id}.`],
            ['systemd', `Stopping User Runtime Directory /run/user/${id}...`],
            ['systemd', `user-runtime-dir@${id}.service: Deactivated successfully.`],
            ['systemd', `Stopped User Runtime Directory /run/user/${id}.`],
            ['systemd', `Removed slice User Slice of UID ${id}.`],
          ]
        : [['systemd', `Removed slice User Slice of ${user}.`]],
    },
  )
}

const APART_MS = 0.013

/** When something can be written now: after what this moment has written already. */
export const afterAll = ({ journal }: Machine, nowMs: number): number => {
  const lastMs = journal.at(-1)?.atMs ?? 0
  return lastMs < nowMs + 1 ? Math.max(nowMs, lastMs + APART_MS) : nowMs
}
