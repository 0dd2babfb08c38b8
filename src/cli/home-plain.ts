import { listSessions } from '../runtime/index.ts'
import { type HomeEntry, homeEntries } from '../ui/index.ts'
import type { Invocation } from './command.ts'
import type { Workbench } from './compose-session.ts'
import { drillInText } from './drill/drill-start.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { type Beginning, findWays, type HomeWays, homeWays, type Way } from './plain/home-ways.ts'
import { createLineReader, type LineReader } from './plain/line-reader.ts'
import { homeHelp, presentHomeText, wayLines, wholeSection } from './plain/present-home-text.ts'
import { print } from './print.ts'
import { runbookEntries } from './runbook-entries.ts'
import { type Bench, createBench } from './screen/create-bench.ts'
import { drillEntries } from './screen/drill-entries.ts'
import { createTargetList } from './screen/target-entries.ts'
import type { TerminalLoan } from './terminal-loan.ts'
import { UserError } from './user-error.ts'
import { toolName } from './version.ts'
import { announce, walkStore } from './walk-plain.ts'

type Home = {
  readonly bench: Bench
  readonly entries: readonly HomeEntry[]
  readonly ways: HomeWays
  readonly reader: LineReader
}

const sayTarget = (bench: Bench, lead: string): void => {
  const { name, host } = bench.current().executor.target
  print.out(`${lead} ${name} (${host}).`)
}

const listTargets = (bench: Bench): void => {
  sayTarget(bench, 'Commands of the next session run on')
  for (const { name, about } of createTargetList()()) print.out(`  ${name}  ${about}`)
  print.out('Type target and a name for another, or target ssh:[user@]host[:port].')
}

/** Says what a person did wrong and goes on; anything else is a fault of the program. */
const trying = async (act: () => Promise<void>): Promise<void> => {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    print.out([error.message, error.hint].filter(text => text !== undefined).join(' '))
  }
}

const changeTarget = (bench: Bench, name: string): Promise<void> =>
  trying(async () => {
    await bench.changeTarget(name)
    sayTarget(bench, 'Commands of the next session run on')
  })

/** What a line that begins nothing does. */
const follow = async ({ bench, ways }: Home, line: string): Promise<void> => {
  const section = wholeSection(ways, line)
  const [, target] = /^target\s+(\S+)$/.exec(line) ?? []
  if (line === '') return
  if (section !== undefined) section.forEach(print.out)
  else if (line === 'list') presentHomeText(ways).forEach(print.out)
  else if (line === '?' || line === 'help') homeHelp.forEach(print.out)
  else if (line === 'target') listTargets(bench)
  else if (target !== undefined) await changeTarget(bench, target)
  else print.out(`There is no "${line}" in the list. Type ? for help.`)
}

/** Asks until something is to be begun; `undefined` leaves. */
const choose = async (home: Home): Promise<Beginning | undefined> => {
  const { bench, entries, ways, reader } = home
  const listed = Object.values(ways).flat()
  let found: readonly Way[] = []
  for (;;) {
    const line = (await reader.ask())?.trim()
    if (line === undefined || line === 'q') return undefined
    const way = [...found, ...listed].find(({ key, name }) => line === key || line === name)
    if (way !== undefined) return way.begins
    const [, words] = /^\/\s*(.+)$/.exec(line) ?? []
    if (words === undefined) await follow(home, line)
    else {
      found = findWays({ services: bench.current(), home: entries }, words)
      if (found.length === 0) print.out(`Nothing holds "${words}". Try fewer words, or a part of one.`)
      wayLines(found).forEach(print.out)
    }
  }
}

const begin = async (home: Home, invocation: Invocation, begins: Beginning): Promise<number> => {
  const { bench, reader } = home
  if (begins.kind === 'drill') return drillInText(begins.name, invocation, reader)
  const store =
    begins.kind === 'step' ? await bench.openSession(begins.at) : await bench.resumeSession(begins.summary)
  announce(bench.current(), store)
  return exitCodeOf(await walkStore(bench.current(), store, reader))
}

/**
 * The home screen as linear text: lists complaints, runbooks, drills and earlier sessions, and goes on in what is chosen by its key or
 * its name. Gives the exit code.
 */
export const homePlain = async (
  workbench: Workbench,
  loan: TerminalLoan,
  invocation: Invocation,
): Promise<number> => {
  const { context, stateDir } = workbench
  const entries = homeEntries({
    context,
    runbooks: runbookEntries(context.library),
    drills: drillEntries(stateDir),
    earlier: listSessions(stateDir).sessions,
  })
  const ways = homeWays(entries)
  let wasInterrupted = false
  const reader = createLineReader(() => {
    wasInterrupted = true
    reader.close()
  })
  loan.holdBy(reader.lend)
  const bench = createBench(workbench, loan, { isTimed: true, isTeacher: false })
  sayTarget(bench, `${toolName}. Target`)
  presentHomeText(ways).forEach(print.out)
  const home = { bench, entries, ways, reader }
  const begins = await choose(home)
  const code = begins === undefined ? exitCodes.done : await begin(home, invocation, begins)
  reader.close()
  await bench.close()
  return wasInterrupted ? exitCodes.interrupted : code
}
