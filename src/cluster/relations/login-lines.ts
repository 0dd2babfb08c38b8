import { sha256 } from '@noble/hashes/sha2.js'
import { readText } from '../files/file-tree.ts'
import type { JournalWriting } from '../journal/write-journal.ts'
import { consumption } from '../text/consumption.ts'
import type { LeftSession, Login } from '../world/login.ts'
import type { Machine } from '../world/machine.ts'
import { userIdOf } from './accounts.ts'
import { hasUserManagers } from './system-version.ts'
import { unitOf } from './unit-of.ts'
import { isBefore } from './userland.ts'

/** Apart by less than a millisecond, so that the lines of one moment keep their order. */
const STEP_MS = 0.037

/** The key of whoever may come, as sshd names it: the digest of what stands in the list of keys. */
const fingerprintOf = ({ files }: Machine): string => {
  const key = /ssh-ed25519 (\S+)/.exec(readText(files, '/root/.ssh/authorized_keys') ?? '')?.[1] ?? ''
  const bytes = Uint8Array.from(atob(key), letter => letter.charCodeAt(0))
  return btoa(String.fromCharCode(...sha256(bytes))).replace(/=+$/, '')
}

type Said = readonly [by: 'sshd' | 'logind' | 'systemd' | 'manager' | 'sd-pam', message: string]

/** Who of a login speaks: sshd's process for it, and its user's own systemd. */
type Speaking = { readonly user: string; readonly sshdPid?: number; readonly managerPid?: number }

const written = (
  machine: Machine,
  { user, sshdPid, managerPid = 0 }: Speaking,
  { atMs, said }: { readonly atMs: number; readonly said: readonly Said[] },
): readonly JournalWriting[] => {
  const logind = machine.units.get('systemd-logind.service')
  const unit = `user@${userIdOf(machine, user)}.service`
  const speakers = {
    sshd: { identifier: 'sshd', unit: unitOf(machine, 'sshd')?.name, pid: sshdPid },
    logind: { identifier: 'systemd-logind', unit: 'systemd-logind.service', pid: logind?.mainPid },
    systemd: { identifier: 'systemd', unit: 'init.scope', pid: 1 },
    manager: { identifier: 'systemd', unit, pid: managerPid },
    'sd-pam': { identifier: '(sd-pam)', unit, pid: managerPid + 1 },
  }
  return said.map(([by, message], at) => ({ ...speakers[by], atMs: atMs + at * STEP_MS, message }))
}

/** The number of a user's own systemd comes so many after that of sshd's process for the login which begins it. */
export const MANAGER_AFTER = 2

/** What a user's own systemd listens on, by Ubuntu's packages. */
const userSockets = [
  'GnuPG network certificate management daemon',
  'GnuPG cryptographic agent and passphrase cache (access for web browsers)',
  'GnuPG cryptographic agent and passphrase cache (restricted)',
  'GnuPG cryptographic agent (ssh-agent emulation)',
  'GnuPG cryptographic agent and passphrase cache',
  'debconf communication socket',
  'D-Bus User Message Bus Socket',
]

const ofManager = (messages: readonly string[]): readonly Said[] =>
  messages.map(message => ['manager', message])

/** What a user's own systemd says as it comes up. */
const managerGreeting = (machine: Machine, user: string): readonly Said[] =>
  ofManager([
    `pam_unix(systemd-user:session): session opened for user ${user}(uid=${userIdOf(machine, user)}) by (uid=0)`,
    'Queued start job for default target Main User Target.',
    'Created slice User Application Slice.',
    'Reached target Paths.',
    'Reached target Timers.',
    'Starting D-Bus User Message Bus Socket...',
    ...userSockets.map(name => `Listening on ${name}.`),
    'Reached target Sockets.',
    'Reached target Basic System.',
    'Reached target Main User Target.',
  ])

/** What it says as it goes. */
const managerFarewell = (user: string): readonly Said[] => [
  ...ofManager([
    'Activating special unit Exit the Session...',
    'Stopped target Main User Target.',
    'Stopped target Basic System.',
    'Stopped target Paths.',
    'Stopped target Sockets.',
    'Stopped target Timers.',
    ...userSockets.toReversed().map(name => `Closed ${name}.`),
    'Removed slice User Application Slice.',
    'Reached target Shutdown.',
    'Finished Exit the Session.',
    'Reached target Exit the Session.',
  ]),
  ['sd-pam', `pam_unix(systemd-user:session): session closed for user ${user}`],
]

/** Who comes or leaves; `isInUse` where something outlives the session. */
type Who = Pick<Login, 'user' | 'from' | 'port' | 'session' | 'pid'> & { readonly isInUse?: boolean }

/** What is said where the first login of a user begins. */
const managerBegins = (machine: Machine, user: string): readonly Said[] => {
  const id = userIdOf(machine, user)
  return hasUserManagers(machine)
    ? [
        ['systemd', `Created slice User Slice of UID ${id}.`],
        ['systemd', `Starting User Runtime Directory /run/user/${id}...`],
        ['systemd', `Finished User Runtime Directory /run/user/${id}.`],
        ['systemd', `Starting User Manager for UID ${id}...`],
        ...managerGreeting(machine, user),
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
  const { user, from, port, session, pid } = who
  const id = userIdOf(machine, user)
  const begun: Said = ['logind', `New session ${session} of user ${user}.`]
  const ofUser = isFirst ? managerBegins(machine, user) : []
  return written(
    machine,
    { user, sshdPid: pid, managerPid: pid + MANAGER_AFTER },
    {
      atMs,
      said: [
        [
          'sshd',
          `Accepted publickey for ${user} from ${from} port ${port} ssh2: ED25519 SHA256:${fingerprintOf(machine)}`,
        ],
        ['sshd', `pam_unix(sshd:session): session opened for user ${user}(uid=${id}) by (uid=0)`],
        ...(hasUserManagers(machine)
          ? [begun, ...ofUser, ['systemd', `Started Session ${session} of User ${user}.`] as const]
          : [...ofUser, begun]),
      ],
    },
  )
}

/** What they say when somebody leaves. */
export const leavingLines = (machine: Machine, who: Who, atMs: number): readonly JournalWriting[] => {
  const { user, from, port, pid } = who
  return written(
    machine,
    { user, sshdPid: pid },
    {
      atMs,
      said: [
        ['sshd', `Received disconnect from ${from} port ${port}:11: disconnected by user`],
        [
          'sshd',
          `Disconnected from ${isBefore(machine, 'openssh', '7.5') ? '' : `user ${user} `}${from} port ${port}`,
        ],
        ...endLines(who),
      ],
    },
  )
}

const scopeEnds = (session: number): Said => [
  'systemd',
  `session-${session}.scope: Deactivated successfully.`,
]
const isRemoved = (session: number): Said => ['logind', `Removed session ${session}.`]

const endLines = ({ user, session, isInUse = false }: Who): readonly Said[] => [
  ['sshd', `pam_unix(sshd:session): session closed for user ${user}`],
  ...(isInUse ? [] : [scopeEnds(session)]),
  ['logind', `Session ${session} logged out. Waiting for processes to exit.`],
  ...(isInUse ? [] : [isRemoved(session)]),
]

/** What they say when the last process of a session is gone that was left before. */
export const releaseLines = (
  machine: Machine,
  { user, session, cpuMs }: LeftSession,
  atMs: number,
): readonly JournalWriting[] => {
  const consumed = consumption(`session-${session}.scope`, cpuMs)
  const said: readonly Said[] = [
    scopeEnds(session),
    ...(consumed === undefined ? [] : [['systemd', consumed] as const]),
    isRemoved(session),
  ]
  return written(machine, { user }, { atMs, said })
}

/** What they say of a login that is broken off: its process was killed, or the machine goes down. */
export const breakLines = (machine: Machine, who: Who, atMs: number): readonly JournalWriting[] =>
  written(machine, { user: who.user, sshdPid: who.pid }, { atMs, said: endLines(who) })

/** What systemd says some seconds after the last login of a user. */
export const managerLines = (
  machine: Machine,
  { user, pid }: { readonly user: string; readonly pid: number },
  atMs: number,
): readonly JournalWriting[] => {
  const id = userIdOf(machine, user)
  return written(
    machine,
    { user, managerPid: pid },
    {
      atMs,
      said: hasUserManagers(machine)
        ? [
            ['systemd', `Stopping User Manager for UID ${id}...`],
            ...managerFarewell(user),
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
