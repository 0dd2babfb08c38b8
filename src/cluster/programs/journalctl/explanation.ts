import { systemdVersionOf } from '../../relations/system-version.ts'
import type { JournalEntry } from '../../world/journal-entry.ts'
import type { Machine } from '../../world/machine.ts'

const newerExplanation = ({ message, identifier, unit }: JournalEntry): readonly string[] => {
  if (identifier !== 'systemd' || unit === undefined) return []
  const subject = (text: string, rest: string): readonly string[] => [
    `░░ Subject: ${text}`,
    '░░ Defined-By: systemd',
    '░░ Support: http://www.ubuntu.com/support',
    '░░ ',
    `░░ ${rest}`,
  ]
  if (/^Start(ed|ing) /.test(message)) {
    const isDone = message.startsWith('Started')
    return subject(
      isDone
        ? `A start job for unit ${unit} has finished successfully`
        : `A start job for unit ${unit} has begun execution`,
      isDone
        ? `A start job for unit ${unit} has finished successfully.`
        : `A start job for unit ${unit} has begun execution.`,
    )
  }
  if (message.startsWith('Failed to start'))
    return subject(
      `A start job for unit ${unit} has failed`,
      `A start job for unit ${unit} has finished with a failure.`,
    )
  if (message.includes('Main process exited'))
    return subject('Unit process exited', `An ExecStart= process belonging to unit ${unit} has exited.`)
  if (message.includes('Failed with result'))
    return subject(
      'Unit failed',
      `The unit ${unit} has entered the 'failed' state with result '${/'([^']*)'/.exec(message)?.[1] ?? ''}'.`,
    )
  return message.includes('Scheduled restart job')
    ? subject(
        'Automatic restarting of a unit has been scheduled',
        `Automatic restarting of the unit ${unit} has been scheduled, as the result for`,
      )
    : []
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
  systemdVersionOf(machine) < 240 ? olderExplanation(machine, entry) : newerExplanation(entry)
