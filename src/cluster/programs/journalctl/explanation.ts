import { hashOf } from '../../kube/pod.ts'
import { systemdVersionOf } from '../../relations/system-version.ts'
import type { JournalEntry } from '../../world/journal-entry.ts'
import type { Machine } from '../../world/machine.ts'

/** A text of the catalogue: its subject, what it says, and where to read more. */
type Text = { readonly subject: string; readonly told: readonly string[]; readonly read?: string }

const MINUTE_MS = 60_000

/** The number of a job of systemd: it rises with time, and what begins and ends a job within a minute has the same. */
const jobOf = ({ bootedMs }: Machine, { unit = '', atMs }: JournalEntry): number =>
  130 + Math.floor((atMs - bootedMs) / MINUTE_MS) * 4 + (Number.parseInt(hashOf(unit, 2), 16) % 4)

const jobText = (subject: string, job: string): Text => ({ subject, told: [`${subject}.`, '', job] })

type Rule = readonly [pattern: RegExp, text: (unit: string, found: readonly string[], job: number) => Text]

const ofSystemd: readonly Rule[] = [
  [
    /^Starting /,
    (unit, _, job) =>
      jobText(`A start job for unit ${unit} has begun execution`, `The job identifier is ${job}.`),
  ],
  [
    /^(?:Started|Finished|Listening on|Mounted|Reached target|Created slice) /,
    (unit, _, job) =>
      jobText(`A start job for unit ${unit} has finished successfully`, `The job identifier is ${job}.`),
  ],
  [
    /^Stopping /,
    (unit, _, job) =>
      jobText(`A stop job for unit ${unit} has begun execution`, `The job identifier is ${job}.`),
  ],
  [
    /^(?:Stopped|Closed|Removed slice) /,
    (unit, _, job) =>
      jobText(
        `A stop job for unit ${unit} has finished`,
        `The job identifier is ${job} and the job result is done.`,
      ),
  ],
  [
    /^Failed to start /,
    (unit, _, job) => ({
      subject: `A start job for unit ${unit} has failed`,
      told: [
        `A start job for unit ${unit} has finished with a failure.`,
        '',
        `The job identifier is ${job} and the job result is failed.`,
      ],
    }),
  ],
  [
    /: (Main|Control) process exited, code=(\w+), status=(\d+)/,
    (unit, [, which, code, status]) => ({
      subject: 'Unit process exited',
      told: [
        `An ${which === 'Main' ? 'ExecStart=' : 'ExecStartPre='} process belonging to unit ${unit} has exited.`,
        '',
        `The process' exit code is '${code}' and its exit status is ${status}.`,
      ],
    }),
  ],
  [
    /: Failed with result '([^']*)'/,
    (unit, [, result]) => ({
      subject: 'Unit failed',
      told: [`The unit ${unit} has entered the 'failed' state with result '${result}'.`],
    }),
  ],
  [
    /: Deactivated successfully\.$/,
    unit => ({
      subject: 'Unit succeeded',
      told: [`The unit ${unit} has successfully entered the 'dead' state.`],
    }),
  ],
  [
    /: Consumed .* CPU time\.$/,
    unit => ({
      subject: 'Resources consumed by unit runtime',
      told: [`The unit ${unit} completed and consumed the indicated resources.`],
    }),
  ],
  [
    /: Scheduled restart job, /,
    unit => ({
      subject: 'Automatic restarting of a unit has been scheduled',
      told: [
        `Automatic restarting of the unit ${unit} has been scheduled, as the result for`,
        'the configured Restart= setting for the unit.',
      ],
    }),
  ],
]

const ofLogind: readonly Rule[] = [
  [
    /^New session (\S+) of user (\S+)\.$/,
    (_, [, id, user]) => ({
      subject: `A new session ${id} has been created for user ${user}`,
      read: 'sd-login(3)',
      told: [`A new session with the ID ${id} has been created for the user ${user}.`],
    }),
  ],
  [
    /^Removed session (\S+)\.$/,
    (_, [, id]) => ({
      subject: `Session ${id} has been terminated`,
      read: 'sd-login(3)',
      told: [`A session with the ID ${id} has been terminated.`],
    }),
  ],
]

/** Lines that begin with the name of their unit say so of it, whoever they are filed under. */
const named = /^(\S+\.(?:service|scope|slice|socket|timer|mount)): /

const newerExplanation = (machine: Machine, entry: JournalEntry): readonly string[] => {
  const { message, identifier, unit } = entry
  const rules = { systemd: ofSystemd, 'systemd-logind': ofLogind }[identifier] ?? []
  const rule = rules.find(([pattern]) => pattern.test(message))
  const subjectUnit = named.exec(message)?.[1] ?? unit
  if (rule === undefined || subjectUnit === undefined) return []
  // What is filed under systemd itself tells of units that no other line names.
  if (subjectUnit === 'init.scope' || /^user@\d/.test(subjectUnit)) return []
  const [pattern, textFor] = rule
  const { subject, told, read } = textFor(subjectUnit, pattern.exec(message) ?? [], jobOf(machine, entry))
  return [
    `Subject: ${subject}`,
    'Defined-By: systemd',
    'Support: http://www.ubuntu.com/support',
    ...(read === undefined ? [] : [`Documentation: ${read}`]),
    '',
    ...told,
  ].map(text => `░░ ${text}`)
}

const older = (
  unit: string,
): readonly (readonly [RegExp, subject: string, told: string, result?: string])[] => [
  [
    /^Started /,
    `Unit ${unit} has finished start-up`,
    `Unit ${unit} has finished starting up.`,
    'The start-up result is done.',
  ],
  [/^Starting /, `Unit ${unit} has begun start-up`, `Unit ${unit} has begun starting up.`],
  [/^Stopped /, `Unit ${unit} has finished shutting down`, `Unit ${unit} has finished shutting down.`],
  [/^Stopping /, `Unit ${unit} has begun shutting down`, `Unit ${unit} has begun shutting down.`],
  [/^Failed to start /, `Unit ${unit} has failed`, `Unit ${unit} has failed.`, 'The result is failed.'],
]

const SUPPORT = 'http://lists.freedesktop.org/mailman/listinfo/systemd-devel'

const olderExplanation = (
  { os }: Machine,
  { message, identifier, unit }: JournalEntry,
): readonly string[] => {
  if (identifier !== 'systemd' || unit === undefined) return []
  const found = older(unit).find(([pattern]) => pattern.test(message))
  if (found === undefined) return []
  const [, subject, told, result] = found
  const support = os.id === 'debian' ? 'https://www.debian.org/support' : SUPPORT
  return [
    `Subject: ${subject}`,
    'Defined-By: systemd',
    `Support: ${support}`,
    '',
    told,
    ...(result === undefined ? [] : ['', result]),
  ].map(text => `-- ${text}`)
}

/** What `-x` adds from the catalogue below the entries that it knows. */
export const explanation = (machine: Machine, entry: JournalEntry): readonly string[] =>
  systemdVersionOf(machine) < 240 ? olderExplanation(machine, entry) : newerExplanation(machine, entry)
