import { type CloseStatus, type Session, stepKey } from '../../session/index.ts'
import type { UiChange } from '../state/reduce-ui.ts'
import { fieldOf } from '../state/text-field.ts'
import type { UiState } from '../state/ui-state.ts'

/** What the screen remembers of the session to see what changed. */
export type Seen = { readonly stepKey: string | undefined; readonly closed: CloseStatus | undefined }

/** What is remembered of a session. */
export const seeSession = ({ current, closed }: Session): Seen => ({
  stepKey: current === undefined ? undefined : stepKey(current),
  closed,
})

const approvalChanges = ({ approval }: Session, { overlay }: UiState): readonly UiChange[] => {
  const isAsked = overlay?.kind === 'approval'
  if (approval === undefined) return isAsked ? [{ type: 'overlay', overlay: undefined }] : []
  if (isAsked && overlay.runId === approval.runId) return []
  return [{ type: 'overlay', overlay: { kind: 'approval', runId: approval.runId, field: fieldOf() } }]
}

const arrival: readonly UiChange[] = [
  { type: 'focus', focus: 'commands' },
  { type: 'zoom', zoom: undefined },
  { type: 'find', find: undefined },
]

/** How the screen follows what happened in the session: a new step, an approval that is asked or answered, the end. */
export const followSession = (before: Seen, session: Session, ui: UiState): readonly UiChange[] => {
  const now = seeSession(session)
  const hasMoved = before.stepKey !== undefined && before.stepKey !== now.stepKey
  const hasEnded = before.closed === undefined && now.closed !== undefined
  const text = `This triage is closed: ${now.closed ?? ''}. Press q to leave.`
  return [
    ...(hasMoved ? arrival : []),
    ...approvalChanges(session, ui),
    ...(hasEnded ? [{ type: 'notice', notice: { text, tone: 'good' } } as const] : []),
  ]
}
