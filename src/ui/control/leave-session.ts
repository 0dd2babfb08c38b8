import type { SessionStore } from '../../runtime/index.ts'
import { queuedRuns, runningRun } from '../../session/index.ts'
import type { AppEnd } from '../services.ts'
import type { Action } from '../state/action.ts'
import type { Leaving } from '../state/overlay.ts'
import type { Stage } from './stage.ts'

type Leave = Extract<Action, { type: 'leave' }>

/** Ways out of a session and of the program. */
export type Exit = {
  readonly leave: (action: Leave) => void
  /** Ctrl-C: the first stops what runs, the second leaves. */
  readonly interrupt: () => void
  /** Leaves at once, whatever runs. */
  readonly stop: () => void
  readonly kind: () => AppEnd['kind']
}

/** Where the menu begins: nothing is stopped by an Enter too many. */
const leaveItem = 0
const stayItem = 1

const isBusy = (store: SessionStore | undefined): boolean => {
  const session = store?.getSnapshot().session
  return session !== undefined && (runningRun(session) !== undefined || queuedRuns(session).length > 0)
}

/** The ways out of a stage; `quit` leaves the terminal. */
export const createExit = (stage: Stage, quit: () => void): Exit => {
  const { desk } = stage
  let kind: AppEnd['kind'] = 'left'

  const leaveNow = async (to: Leaving): Promise<void> => {
    const text = isBusy(desk.current()) ? 'Stopping the command…' : 'Closing the journal…'
    if (desk.current() !== undefined) stage.apply([{ type: 'go', place: { kind: 'waiting', text } }])
    await desk.leave(kind)
    await stage.drills.leave()
    if (to === 'home') stage.apply([{ type: 'go', place: { kind: 'home' } }])
    else quit()
  }
  const leave = ({ to, asking }: Leave): void => {
    const hasDrilled = (stage.getMoment().drill?.progress.lines ?? 0) > 0
    const mustAsk =
      asking === 'ask' ||
      (asking === 'ask-when-running' && hasDrilled) ||
      (asking === 'ask-when-running' && isBusy(desk.current()))
    const selected = isBusy(desk.current()) ? stayItem : leaveItem
    if (mustAsk) stage.apply([{ type: 'overlay', overlay: { kind: 'leave', to, selected } }])
    else void leaveNow(to)
  }
  const stop = (): void => {
    kind = 'interrupted'
    void leaveNow('quit')
  }
  const interrupt = (): void => {
    if (stage.getMoment().ui.interrupts > 0) {
      stop()
      return
    }
    const store = desk.current()
    const isBusyNow = isBusy(store)
    const isCanceled = store !== undefined && store.dispatch({ type: 'cancel-run' }) === undefined
    const said = isCanceled ? (isBusyNow ? 'Stopping the command. ' : 'The command was not run. ') : ''
    stage.apply([{ type: 'interrupted' }])
    stage.tell(`${said}Press Ctrl-C again to leave runtree.`, 'warn')
  }
  return { leave, interrupt, stop, kind: () => kind }
}
