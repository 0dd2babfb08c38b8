import { formatCounted, type StepRef } from '../base/index.ts'
import { listSessions } from '../runtime/index.ts'
import { type HomeEntry, homeEntries } from '../ui/index.ts'
import type { Workbench } from './compose-session.ts'
import { exitCodeOf } from './exit-codes.ts'
import { print } from './print.ts'
import { runbookEntries } from './runbook-entries.ts'
import { drillEntries } from './screen/drill-entries.ts'
import type { TerminalLoan } from './terminal-loan.ts'
import { toolName } from './version.ts'
import { type ChooseStep, walkPlain } from './walk-plain.ts'

type Entry<K extends HomeEntry['kind']> = Extract<HomeEntry, { kind: K }>

const EARLIER_SHOWN = 5

const ofKind = <K extends HomeEntry['kind']>(entries: readonly HomeEntry[], kind: K): readonly Entry<K>[] =>
  entries.filter((entry): entry is Entry<K> => entry.kind === kind)

/** A step to begin at, and what is typed for it: its key, or its name. */
type Way = { readonly key: string; readonly name: string; readonly text: string; readonly at: StepRef }

const runbookWays = (entries: readonly HomeEntry[]): readonly Way[] =>
  ofKind(entries, 'runbook').flatMap(({ runbook: { name, title, summary }, start }, index) => {
    const text = `${name}: ${title}${summary === undefined ? '' : `. ${summary}`}`
    return start === undefined ? [] : [{ key: `${index + 1}`, name, text, at: start }]
  })

const complaintWays = (entries: readonly HomeEntry[]): readonly Way[] =>
  ofKind(entries, 'symptom').map(({ say, ref, title }, index) => ({
    key: `w${index + 1}`,
    name: say,
    text: `${say}${title === undefined ? '' : ` (${title})`}`,
    at: ref,
  }))

const drillLines = (entries: readonly HomeEntry[]): readonly string[] => {
  const drills = ofKind(entries, 'drill')
  const next = drills.find(({ isOffered }) => isOffered)?.drill
  if (next === undefined) return []
  return [
    '\nFire drills',
    `  Next for you: ${next.title}. To begin it: runtree drill start ${next.name} --plain`,
    `  ${formatCounted(drills.length, 'drill')} in all: runtree drill list`,
  ]
}

const sessionLines = (entries: readonly HomeEntry[]): readonly string[] => {
  const sessions = ofKind(entries, 'session').slice(0, EARLIER_SHOWN)
  if (sessions.length === 0) return []
  return [
    '\nEarlier sessions, gone on with by runtree resume ID --plain',
    ...sessions.map(
      ({ summary: { header, status } }) =>
        `  ${header.sessionId}  ${header.startedAt}  ${header.runbook}  ${status}`,
    ),
  ]
}

const wayLines = (title: string, ways: readonly Way[]): readonly string[] =>
  ways.length === 0 ? [] : [title, ...ways.map(({ key, text }) => `  ${key}  ${text}`)]

/** The long list stands first, so that the short ones are still seen above the prompt. */
const presentHome = (entries: readonly HomeEntry[]): readonly string[] => [
  ...wayLines('\nWhat is wrong?', complaintWays(entries)),
  ...wayLines('\nRunbooks', runbookWays(entries)),
  ...drillLines(entries),
  ...sessionLines(entries),
  '\nType the number of a runbook, or that of a complaint such as w1, or q to leave.',
]

const chooseWay =
  (ways: readonly Way[]): ChooseStep =>
  async reader => {
    for (;;) {
      const line = (await reader.ask())?.trim()
      if (line === undefined || line === 'q') return undefined
      const way = ways.find(({ key, name }) => line === key || line === name)
      if (way !== undefined) return way.at
      if (line !== '') print.out(`There is no "${line}" in the list.`)
    }
  }

/**
 * The home screen as linear text: lists runbooks and complaints and walks what is chosen by key or name; drills and earlier sessions
 * with the command that begins each. Gives the exit code.
 */
export const homePlain = async (workbench: Workbench, loan: TerminalLoan): Promise<number> => {
  const { context, stateDir, executor } = workbench
  const entries = homeEntries({
    context,
    runbooks: runbookEntries(context.library),
    drills: drillEntries(stateDir),
    earlier: listSessions(stateDir).sessions,
  })
  print.out(`${toolName}. Target ${executor.target.name} (${executor.target.host}).`)
  presentHome(entries).forEach(print.out)
  const choose = chooseWay([...runbookWays(entries), ...complaintWays(entries)])
  return exitCodeOf(await walkPlain(workbench, { choose }, loan))
}
