import type { Place, StepRef } from '../base/index.ts'
import type { Knowledge } from '../diagnosis/index.ts'
import { parsers } from '../facts/index.ts'
import {
  createFileJournal,
  createSessionId,
  createSessionStore,
  type Journal,
  missingOutputs,
  reopenFileJournal,
  type SessionStore,
  type StoredSession,
  systemClock,
} from '../runtime/index.ts'
import type { DecideContext, Library, Machine, SessionHeader } from '../session/index.ts'
import type { Executor, LendTerminal } from '../targets/index.ts'
import { analyseApart } from './analysis/analyse-apart.ts'
import { composeExecutor } from './compose-executor.ts'
import { defaultStateDir } from './default-state-dir.ts'
import { keepWithin } from './keep-within.ts'
import { placesAtStart, placesGiven } from './places-at-start.ts'
import type { SessionSettings } from './session-settings.ts'
import { countingExecutor } from './spare-memory.ts'
import { toolName } from './version.ts'

/** What every session of one run of the program shares. */
export type Workbench = {
  readonly settings: SessionSettings
  readonly stateDir: string
  readonly context: DecideContext
  readonly executor: Executor
  readonly isUnattended?: true
}

/** What a workbench is made from. */
export type WorkbenchParts = {
  readonly settings: SessionSettings
  readonly library: Library
  readonly knowledge: Knowledge
  readonly lendTerminal: LendTerminal
  /** Set where nobody is to be asked anything, not even by ssh. */
  readonly isUnattended?: true
}

/** Puts together what sessions need: the runbooks, the knowledge, the place where commands run. */
export const createWorkbench = async (parts: WorkbenchParts): Promise<Workbench> =>
  workbenchWith(await composeExecutor(parts), parts)

/** The same around an executor that there is already. */
export const workbenchWith = (executor: Executor, parts: WorkbenchParts): Workbench => {
  const { settings, library, knowledge, isUnattended } = parts
  const { hostOf } = executor
  const known = { library, parsers, knowledge, defaultTimeoutMs: settings.timeoutMs }
  return {
    settings,
    stateDir: settings.stateDir ?? defaultStateDir(process.env),
    context: hostOf === undefined ? known : { ...known, hostOf },
    executor: countingExecutor(executor),
    ...(isUnattended === undefined ? {} : { isUnattended }),
  }
}

const headerOf = ({ settings, context, executor }: Workbench, at: StepRef): SessionHeader => {
  const startedAt = systemClock.now()
  const tree = context.library.trees.get(at.runbook)
  const origin = context.library.outside?.get(at.runbook)
  return {
    sessionId: createSessionId(startedAt),
    tool: toolName,
    runbook: at.runbook,
    digest: tree?.digest ?? '',
    ...(origin === undefined ? {} : { origin }),
    target: executor.target.name,
    host: executor.target.host,
    reach: executor.target.reach,
    ...(tree?.where === undefined ? {} : { place: tree.where }),
    startedAt,
    readOnly: settings.readOnly,
  }
}

/** Tells a session where places are and what the variables of the command line hold. */
const tellGiven = (
  store: SessionStore,
  { settings }: Workbench,
  places: readonly (readonly [Place, Machine])[],
): void => {
  for (const [place, machine] of places) store.dispatch({ type: 'map-place', place, machine })
  for (const [name, value] of settings.variables) store.dispatch({ type: 'set-variable', name, value })
}

/** A store whose session has yet to begin: dispatch `begin` once the listeners are there. */
export type NewSession = { readonly store: SessionStore; readonly begin: () => void }

/**
 * Creates the store and the journal of a new session that begins at a step. Variables of the command line are set at the start.
 * The journal is a file in the state folder unless another one is given.
 */
export const newSession = (workbench: Workbench, at: StepRef, given?: Journal): NewSession => {
  const { context, executor, settings, stateDir } = workbench
  const header = headerOf(workbench, at)
  const places = placesAtStart(workbench, header)
  const journal = given ?? createFileJournal({ stateDir, header })
  const store = createSessionStore({
    ...context,
    executor,
    analyseApart,
    journal,
    clock: systemClock,
    secretPatterns: settings.secretPatterns,
  })
  const begin = (): void => {
    store.dispatch({ type: 'begin', header, at })
    tellGiven(store, workbench, places)
    if (given === undefined) keepWithin(workbench, store)
  }
  return { store, begin }
}

/** Goes on with an earlier session, as the command line says; its journal is appended to. */
export const resumeSession = (workbench: Workbench, stored: StoredSession): SessionStore => {
  const { context, executor, settings } = workbench
  const journal = reopenFileJournal(stored)
  const store = createSessionStore({
    ...context,
    executor,
    analyseApart,
    journal,
    clock: systemClock,
    earlier: stored.events,
    secretPatterns: settings.secretPatterns,
    notices: [...stored.notices, ...missingOutputs(stored)],
  })
  store.dispatch({ type: 'resume', tool: toolName, ...(settings.readOnly ? { readOnly: true } : {}) })
  tellGiven(store, workbench, placesGiven(settings, stored.header))
  keepWithin(workbench, store)
  return store
}
