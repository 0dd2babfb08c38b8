import { listSessions } from '../runtime/index.ts'
import { type HomeEntry, homeEntries } from '../ui/index.ts'
import type { Invocation } from './command.ts'
import type { Workbench } from './compose-session.ts'
import { drillInText } from './drill/drill-start.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { type Beginning, findWays, type HomeWays, homeWays, type Way } from './plain/home-ways.ts'
import { createLineReader, type LineReader } from './plain/line-reader.ts'
import { parseEntry, type SimpleEntry, simpleEntry } from './plain/parse-entry.ts'
import { presentFound } from './plain/present-found.ts'
import { homeHelp, presentHomeText, wayLines, wholeSection } from './plain/present-home-text.ts'
import { printWrapped } from './plain/print-wrapped.ts'
import { tellKeys } from './plain/tell-keys.ts'
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
  /** Who is told of Ctrl-C at the list. */
  readonly leave: () => void
}

const sayTarget = (bench: Bench, lead: string): void => {
  const { name, host } = bench.current().executor.target
  printWrapped(`${lead} ${name} (${host}).`)
}

const listTargets = (bench: Bench): void => {
  sayTarget(bench, 'Commands of the next session run on')
  for (const { name, about } of createTargetList()()) printWrapped(`  ${name}  ${about}`)
  printWrapped('Type target and a name for another, or target ssh:[user@]host[:port].')
}

const say = ({ message, hint }: UserError): void =>
  printWrapped([message, hint].filter(text => text !== undefined).join(' '))

/** Says what a person did wrong and goes on; anything else is a fault of the program. */
const trying = async (act: () => Promise<void>): Promise<void> => {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    say(error)
  }
}

const changeTarget = (bench: Bench, name: string): Promise<void> =>
  trying(async () => {
    await bench.changeTarget(name)
    sayTarget(bench, 'Commands of the next session run on')
  })

const wayFor = (ways: readonly Way[], line: string): Way | undefined =>
  ways.find(({ key, name }) => line === key || line === name)

/** Prints the steps of a runbook that is named by its number or its name. */
const tellMap = ({ bench, ways }: Home, word: string): void => {
  const begins = wayFor(ways.runbook, word)?.begins
  const runbook = begins?.kind === 'step' ? begins.at.runbook : ''
  const tree = bench.current().context.library.trees.get(runbook)
  if (tree === undefined) printWrapped(`There is no runbook "${word}" in the list. runbooks lists them all.`)
  for (const { id, title, level } of tree?.steps ?? [])
    printWrapped(`${'  '.repeat(Math.max(0, level - 1))}${title}  (#${id})`)
}

/** What the words that a session has too do at the list. */
const words: Partial<Readonly<Record<SimpleEntry, (home: Home) => void>>> = {
  help: () => homeHelp.forEach(printWrapped),
  keys: () => tellKeys({ out: printWrapped }),
  target: ({ bench }) => listTargets(bench),
}

/** What a line that begins nothing does. */
const follow = async (home: Home, line: string): Promise<void> => {
  const { bench, ways } = home
  const section = wholeSection(ways, line)
  const simple = simpleEntry(line)
  const act = simple && words[simple]
  const [, word, rest = ''] = /^(target|m)\s+(\S+)$/.exec(line) ?? []
  if (line === '') return
  if (section !== undefined) section.forEach(printWrapped)
  else if (line === 'list') presentHomeText(ways).forEach(printWrapped)
  else if (act !== undefined) act(home)
  else if (word === 'target') await changeTarget(bench, rest)
  else if (word === 'm') tellMap(home, rest)
  else printWrapped(`There is no "${line}" in the list. Type ? for help.`)
}

/** Asks until something is to be begun; `undefined` leaves. */
const choose = async (home: Home): Promise<Beginning | undefined> => {
  const { bench, entries, ways, reader } = home
  const listed = Object.values(ways).flat()
  let found: readonly Way[] = []
  for (;;) {
    const line = (await reader.ask())?.trim()
    if (line === undefined || simpleEntry(line) === 'quit') return undefined
    const way = wayFor([...found, ...listed], line)
    if (way !== undefined) return way.begins
    const entry = parseEntry(line)
    if (entry.kind === 'search') {
      found = findWays({ services: bench.current(), home: entries }, entry.words)
      presentFound(wayLines(found), entry.words).forEach(printWrapped)
    } else await follow(home, line)
  }
}

/** Gives the exit code of what was begun; `undefined` when it could not be. */
const begin = async (home: Home, invocation: Invocation, begins: Beginning): Promise<number | undefined> => {
  const { bench, reader, leave } = home
  try {
    if (begins.kind === 'drill') return await drillInText(begins.name, invocation, reader)
    const store =
      begins.kind === 'step' ? await bench.openSession(begins.at) : await bench.resumeSession(begins.summary)
    announce(bench.current(), store)
    return exitCodeOf(await walkStore(bench.current(), store, reader))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    say(error)
    return undefined
  } finally {
    reader.interruptWith(leave)
  }
}

/** What the list holds now: sessions and scores come along. */
const readHome = ({ context, stateDir }: Workbench): Pick<Home, 'entries' | 'ways'> => {
  const entries = homeEntries({
    context,
    runbooks: runbookEntries(context.library),
    drills: drillEntries(stateDir),
    earlier: listSessions(stateDir).sessions,
  })
  return { entries, ways: homeWays(entries) }
}

/**
 * The home screen as linear text: lists complaints, runbooks, drills and earlier sessions, goes on in what is chosen by its key or
 * its name, and asks again when that is left. Gives the exit code of what was done last.
 */
export const homePlain = async (
  workbench: Workbench,
  loan: TerminalLoan,
  invocation: Invocation,
): Promise<number> => {
  let wasInterrupted = false
  const leave = (): void => {
    wasInterrupted = true
    reader.close()
  }
  const reader = createLineReader(leave)
  loan.holdBy(reader.lend)
  const bench = createBench(workbench, loan, { isTimed: true, isTeacher: false })
  sayTarget(bench, `${toolName}. Target`)
  let home: Home = { bench, reader, leave, ...readHome(workbench) }
  presentHomeText(home.ways).forEach(printWrapped)
  let code: number = exitCodes.done
  for (;;) {
    const begins = await choose(home)
    if (begins === undefined) break
    code = (await begin(home, invocation, begins)) ?? code
    if (reader.hasEnded()) break
    home = { ...home, ...readHome(workbench) }
    printWrapped('\nBack at the list of what can be done. list prints it again, q leaves.')
  }
  reader.close()
  await bench.close()
  return wasInterrupted ? exitCodes.interrupted : code
}
