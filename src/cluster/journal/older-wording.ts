import { systemdVersionOf } from '../relations/system-version.ts'
import type { JournalEntry } from '../world/journal-entry.ts'
import type { Machine } from '../world/machine.ts'

/** What an entry says, and who says it. */
type Saying = Pick<JournalEntry, 'identifier' | 'message'> & Partial<Pick<JournalEntry, 'unit' | 'pid'>>

type Rule = readonly [pattern: RegExp, ...instead: readonly string[]]

/** What systemd says since 240 and did not say before, or said otherwise; nothing behind a pattern is silence. */
const before240: readonly Rule[] = [
  [/^\S+: Deactivated successfully\.$/],
  [/^\S+: Consumed .* CPU time\.$/],
  [/^\S+: (?:Unit process|Found left-over process) /],
  [/^This usually indicates unclean termination/],
  [/^\S+: A process of this unit has been killed by the OOM killer\.$/],
  [/^\S+: Failed to locate executable /],
  [/^Condition check resulted in /],
  [/^Finished (.*)$/, 'Started $1'],
]

const stretch: readonly Rule[] = [
  ...before240,
  [/^(\S+): Failed with result '(.*)'\.$/, '$1: Unit entered failed state.', "$1: Failed with result '$2'."],
  [/^(\S+): Scheduled restart job, .*$/, '$1: Service hold-off time over, scheduling restart.'],
]

const centos: readonly Rule[] = [
  ...before240,
  [/^(\S+): Failed with result '.*'\.$/, 'Unit $1 entered failed state.', '$1 failed.'],
  [/^(\S+): Scheduled restart job, .*$/, '$1 holdoff time over, scheduling restart.'],
  [/^(\S+): Start request repeated too quickly\.$/, 'start request repeated too quickly for $1'],
  [/^(\S+): Main process exited, (.*)$/, '$1: main process exited, $2'],
  [/^(\S+): Control process exited, (code=\w+, status=\d+).*$/, '$1: control process exited, $2'],
  [/^\S+: (Job \S+ failed with result .*)$/, '$1'],
  [/^\S+: (Failed at step .*)$/, '$1'],
  [/^(\S+): (start operation timed out\. Terminating\.)$/, '$1 $2'],
]

/** The same of other programs on CentOS 7. */
const ofOthers: Readonly<Record<string, readonly Rule[]>> = {
  'systemd-logind': [[/^Session \d+ logged out\. Waiting for processes to exit\.$/]],
  sudo: [[/^(pam_unix\(sudo:session\): .* by \w+)\(uid=\d+\)$/, '$1(uid=0)']],
  CRON: [[/^pam_unix\(cron:session\)/], [/^\(CRON\) info \(No MTA installed, discarding output\)$/]],
}

const OPENED = /^(pam_unix\(\w+:session\): session opened for user [\w-]+)\(uid=\d+\)/

const byRules = (rules: readonly Rule[], message: string): readonly string[] => {
  const rule = rules.find(([pattern]) => pattern.test(message))
  if (rule === undefined) return [message]
  const [pattern, ...instead] = rule
  return instead.map(text => message.replace(pattern, text))
}

const names: Readonly<Record<string, string>> = { CRON: 'CROND' }

/** What a session's beginning has systemd say as well. */
const scopeOf = <T extends Saying>(writing: T): readonly T[] => {
  const [, id, user] =
    writing.identifier === 'systemd-logind'
      ? (/^New session (\d+) of user (\S+)\.$/.exec(writing.message) ?? [])
      : []
  return id === undefined
    ? []
    : [
        {
          ...writing,
          identifier: 'systemd',
          pid: 1,
          unit: `session-${id}.scope`,
          message: `Started Session ${id} of user ${user}.`,
        },
      ]
}

/** An entry as the programs of a machine's distribution word it: as it is, in other words, in several entries or not at all. */
export const wordedFor = <T extends Saying>(machine: Machine, writing: T): readonly T[] => {
  const version = systemdVersionOf(machine)
  if (version >= 240 || writing.identifier === 'kernel') return [writing]
  const isCentos = machine.os.id === 'centos'
  if (writing.identifier === 'systemd')
    return byRules(isCentos ? centos : stretch, writing.message).map(message => ({ ...writing, message }))
  if (!isCentos) return [writing]
  const said = byRules(ofOthers[writing.identifier] ?? [], writing.message).map(message => ({
    ...writing,
    identifier: names[writing.identifier] ?? writing.identifier,
    message: message.replace(OPENED, '$1'),
  }))
  return [...scopeOf(writing), ...said]
}
