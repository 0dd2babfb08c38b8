import type { StepRef } from '../../base/index.ts'
import type { World } from '../../cluster/index.ts'
import type { Knowledge } from '../../diagnosis/index.ts'
import type { Drill } from '../../drill/index.ts'
import { createNullJournal } from '../../runtime/index.ts'
import type { AutoLimits, CloseStatus, Library, Session } from '../../session/index.ts'
import { openSimExecutor } from '../../targets/index.ts'
import { newSession, workbenchWith } from '../compose-session.ts'
import type { SessionSettings } from '../session-settings.ts'
import { walkAlone } from '../walk-alone.ts'

/** How a drill's cluster was walked without a person: how it ended, and the session with all that was seen. */
export type WalkedDrill = { readonly status: CloseStatus; readonly session: Session }

/** What a walk needs besides the cluster: where it begins, the runbooks and the causes, and how far it goes. */
export type WalkPlan = {
  readonly at: StepRef
  readonly library: Library
  readonly knowledge: Knowledge
  readonly limits?: AutoLimits
}

const settings: SessionSettings = {
  target: { kind: 'sim', name: '' },
  readOnly: true,
  timeoutMs: 30_000,
  stateDir: undefined,
  keeping: { days: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
  variables: new Map(),
  seed: 1,
  places: new Map(),
}

/** Walks a drill's world as `auto` does. Time passes in the world; nothing is written to disk. */
export const walkDrill = async (drill: Drill, world: World, plan: WalkPlan): Promise<WalkedDrill> => {
  const { at, library, knowledge, limits } = plan
  const lendTerminal = <T>(use: () => Promise<T>): Promise<T> => use()
  const executor = await openSimExecutor({ world, name: `sim:${drill.name}`, node: drill.node, lendTerminal })
  const parts = { settings, library, knowledge, lendTerminal, isUnattended: true } as const
  const workbench = workbenchWith(executor, parts)
  const { store, begin } = newSession(workbench, at, createNullJournal())
  begin()
  const status = await walkAlone(store, workbench.context, limits)
  const { session } = store.getSnapshot()
  await store.close(status)
  await executor.close()
  return { status, session }
}
