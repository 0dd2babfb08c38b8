import type { Snapshot } from '../../runtime/index.ts'
import { type CloseStatus, type Session, stepKey } from '../../session/index.ts'
import type { UiChange } from '../state/reduce-ui.ts'
import { fieldOf } from '../state/text-field.ts'
import type { UiState } from '../state/ui-state.ts'

/** What the screen remembers of the session to see what changed. */
export type Seen = {
  readonly stepKey: string | undefined
  readonly closed: CloseStatus | undefined
  readonly notices: number
}

/** What is remembered of a session. */
export const seeSession = ({ session, notices }: Snapshot): Seen => ({
  stepKey: session.current === undefined ? undefined : stepKey(session.current),
  closed: session.closed,
  notices: notices.length,
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

/** The screen that follows, and the sentence on how to go on from a session that has ended. */
export type Follower = { readonly ui: UiState; readonly howToEnd: string }

/** How the screen follows what happened in the session: a new step, an approval that is asked or answered, a notice, the end. */
export const followSession = (
  before: Seen,
  snapshot: Snapshot,
  { ui, howToEnd }: Follower,
): readonly UiChange[] => {
  const { session, notices } = snapshot
  const now = seeSession(snapshot)
  const hasMoved = before.stepKey !== undefined && before.stepKey !== now.stepKey
  const hasEnded = before.closed === undefined && now.closed !== undefined
  const text = `This triage is closed: ${now.closed ?? ''}. ${howToEnd}`
  return [
    ...(hasMoved ? arrival : []),
    ...approvalChanges(session, ui),
    ...(now.notices > before.notices
      ? [{ type: 'notice', notice: { text: notices.at(-1) ?? '', tone: 'warn' } } as const]
      : []),
    ...(hasEnded ? [{ type: 'notice', notice: { text, tone: 'good' } } as const] : []),
  ]
}
