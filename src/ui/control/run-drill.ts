import { adviceOf } from '../../base/index.ts'
import type { OpenDrill } from '../drill-port.ts'
import { keyOf } from '../keys/key-of.ts'
import type { DrillDeed } from '../state/action.ts'
import { openSession } from './open-session.ts'
import { passTypedKeys } from './pass-typed-keys.ts'
import type { Stage } from './stage.ts'
import type { Terminal } from './terminal.ts'

const wait = (stage: Stage, text: string): void =>
  stage.apply([{ type: 'go', place: { kind: 'waiting', text } }])

/** Prepares a drill's cluster and shows its briefing; when that fails, the home screen says why. */
export const openDrill = async (stage: Stage, name: string): Promise<void> => {
  wait(stage, 'Preparing the cluster…')
  try {
    const [drill] = await Promise.all([stage.services.openDrill(name), stage.loadExplanations()])
    await passTypedKeys()
    stage.apply([{ type: 'go', place: { kind: 'briefing', top: 0 } }])
    stage.drills.take(drill)
  } catch (error) {
    stage.apply([{ type: 'go', place: { kind: 'home' } }])
    stage.tell(adviceOf(error), 'bad')
  }
}

/** What the deeds of a drill need besides the stage. */
export type DrillMeans = {
  readonly terminal: () => Terminal | undefined
  /** Leaves the drill for where it was begun from. */
  readonly leave: () => void
}

const finish = async (stage: Stage): Promise<void> => {
  wait(stage, 'Looking whether it is repaired…')
  await stage.desk.leave('left')
  const end = await stage.drills.finish()
  if (end === undefined) return
  await passTypedKeys()
  stage.apply([{ type: 'go', place: { kind: 'debrief', end, top: 0 } }])
  const [problem] = end.problems
  if (problem !== undefined) stage.tell(problem, 'warn')
}

const begin = (stage: Stage, drill: OpenDrill): void => {
  if (stage.desk.current() !== undefined) stage.apply([{ type: 'go', place: { kind: 'step' } }])
  else void openSession(stage, { text: 'Opening the runbook…', open: drill.openSession })
}

const enterShell = async (stage: Stage, drill: OpenDrill, means: DrillMeans): Promise<void> => {
  const end = await means.terminal()?.lend(drill.enterShell)
  if (end === 'finish') await finish(stage)
  else if (end === 'give-up') means.leave()
}

const nameCause = (stage: Stage, drill: OpenDrill, cause: string): void => {
  if (drill.nameCause(cause) === 'right')
    stage.tell(
      `${cause} is right. Repair it, if it is not repaired yet; then ${keyOf(stage.services, 'drill-finish')} finishes the drill.`,
      'good',
    )
  else stage.tell(`${cause} is not what is wrong here.`, 'warn')
}

/** Does what a key of a drill asks for. */
export const doDrill = (stage: Stage, deed: DrillDeed, means: DrillMeans): void => {
  const drill = stage.drills.current()
  if (drill === undefined) return
  if (deed.kind === 'begin') begin(stage, drill)
  else if (deed.kind === 'shell') void enterShell(stage, drill, means)
  else if (deed.kind === 'set-clock') drill.setClock(deed.clock)
  else if (deed.kind === 'take-hint') drill.takeHint()
  else if (deed.kind === 'name-cause') nameCause(stage, drill, deed.cause)
  else void finish(stage)
}
