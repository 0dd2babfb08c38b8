import { adviceOf } from '../../base/index.ts'
import type { Stage } from './stage.ts'

/** Lets the next session run on another target; the home screen says where, or why not. */
export const changeTarget = async (stage: Stage, name: string): Promise<void> => {
  stage.apply([{ type: 'go', place: { kind: 'waiting', text: 'Changing the target…' } }])
  try {
    await stage.services.targets.change(name)
    stage.apply([{ type: 'go', place: { kind: 'home' } }])
    stage.tell(`Commands of the next session run on ${stage.services.target.name}.`, 'good')
  } catch (error) {
    stage.apply([{ type: 'go', place: { kind: 'home' } }])
    stage.tell(adviceOf(error), 'bad')
  }
}
