import { adviceOf } from '../../base/index.ts'
import type { SessionStore } from '../../runtime/index.ts'
import type { Stage } from './stage.ts'

/** What is waited for, in a sentence, and what gives the session. */
export type Opening = { readonly text: string; readonly open: () => Promise<SessionStore> }

/** Opens a session and shows its step; when that fails, the home screen says why. */
export const openSession = async (stage: Stage, { text, open }: Opening): Promise<void> => {
  stage.apply([{ type: 'go', place: { kind: 'waiting', text } }])
  try {
    const [store] = await Promise.all([open(), stage.loadExplanations()])
    stage.apply([
      { type: 'go', place: { kind: 'step' } },
      { type: 'focus', focus: 'commands' },
    ])
    stage.desk.take(store)
  } catch (error) {
    stage.apply([{ type: 'go', place: { kind: 'home' } }])
    stage.tell(adviceOf(error), 'bad')
  }
}
