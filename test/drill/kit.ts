import { createJudges } from '../../src/cli/drill/judges.ts'
import { walkDrill } from '../../src/cli/drill/walk-drill.ts'
import { loadKnowledge } from '../../src/cli/load-knowledge.ts'
import { loadBundledLibrary } from '../../src/cli/load-library.ts'
import { shellAt, type World } from '../../src/cluster/index.ts'
import { type Drill, failedChecks, fillHandles } from '../../src/drill/index.ts'

/** A fixed present for tests: 2026-03-03 20:45 UTC, a time at which no job of the worlds is due. */
export const drillTime = { seed: 1, nowMs: Date.UTC(2026, 2, 3, 20, 45) }

export const knowledge = loadKnowledge()
export const judges = createJudges(knowledge)
const library = loadBundledLibrary()
const entry = { runbook: 'start-here', step: library.trees.get('start-here')?.start ?? '' }

/** A walk through a drill alone, from the entry: at which step an accepted cause was found, if at all, and how it ended. */
export type WalkedAlone = { readonly foundAt: number | undefined; readonly status: string }

/** Walks a copy of a drill's broken world from the entry on, as `auto` does. */
export const walkAloneIn = async (drill: Drill, world: World): Promise<WalkedAlone> => {
  const copy = structuredClone(world)
  const { status, session } = await walkDrill(drill, copy, { at: entry, library, knowledge })
  const run = [...session.runs.values()].find(({ findings }) =>
    findings.some(({ cause, severity }) => severity !== 'info' && drill.causes.includes(cause)),
  )
  return { foundAt: run === undefined ? undefined : run.visit + 1, status }
}

/** The checks that still fail once lines were typed in a copy of a drill's broken world, from its first machine on. */
export const failingAfter = async (
  drill: Drill,
  world: World,
  lines: readonly string[],
): Promise<readonly string[]> => {
  const copy = structuredClone(world)
  const shell = shellAt(copy, { machine: copy.home, hasTerminal: false })
  for (const line of lines) await shell.run(fillHandles(copy, line))
  return (await failedChecks(drill, copy)).map(check => check.line)
}
