import { type Action, change } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import { emptyField } from '../../state/overlay.ts'
import { fieldOf } from '../../state/text-field.ts'
import type { AppBinding } from '../app-binding.ts'

const choose = (by: number): Action => ({ type: 'choose', by })
const page = ({ size }: Moment): number => Math.max(1, size.rows - 6)
const all = Number.MAX_SAFE_INTEGER

/** Keys of whole lists that lie over the screen: the help, the journal, the findings, the report. */
export const rowKeys: readonly AppBinding[] = [
  {
    id: 'rows-down',
    scope: 'rows',
    keys: ['j', 'down', 'tab'],
    description: 'Further down',
    tag: 'Answering',
    action: () => choose(1),
  },
  {
    id: 'rows-up',
    scope: 'rows',
    keys: ['k', 'up', 'shift-tab'],
    description: 'Further up',
    short: 'move',
    label: '↑↓',
    rank: 2,
    tag: 'Answering',
    action: () => choose(-1),
  },
  {
    id: 'rows-page-down',
    scope: 'rows',
    keys: ['pgdn', 'space', 'ctrl-d', 'ctrl-f'],
    description: 'A page down',
    tag: 'Answering',
    action: moment => choose(page(moment)),
  },
  {
    id: 'rows-page-up',
    scope: 'rows',
    keys: ['pgup', 'b', 'ctrl-u', 'ctrl-b'],
    description: 'A page up',
    tag: 'Answering',
    action: moment => choose(-page(moment)),
  },
  {
    id: 'rows-top',
    scope: 'rows',
    keys: ['g', 'home'],
    description: 'Beginning',
    tag: 'Answering',
    action: () => choose(-all),
  },
  {
    id: 'rows-bottom',
    scope: 'rows',
    keys: ['G', 'end'],
    description: 'End',
    tag: 'Answering',
    action: () => choose(all),
  },
  {
    id: 'found-go',
    scope: 'found',
    keys: ['enter'],
    description: 'Go to the line that proves the chosen finding',
    short: 'show the line',
    rank: 1,
    tag: 'Finding',
    action: () => ({ type: 'submit' }),
  },
  {
    id: 'journal-go',
    scope: 'journal',
    keys: ['enter'],
    description: 'Open the output or the step of the chosen entry',
    short: 'open',
    rank: 1,
    tag: 'Going on',
    action: () => ({ type: 'submit' }),
  },
  {
    id: 'journal-note',
    scope: 'journal',
    keys: ['N'],
    description: 'Add a note',
    short: 'note',
    rank: 3,
    tag: 'Session',
    action: () => change({ type: 'overlay', overlay: emptyField('note') }),
  },
  {
    id: 'report-save',
    scope: 'report',
    keys: ['s'],
    description: 'Save the report to a file',
    short: 'save',
    rank: 1,
    tag: 'Session',
    action: ({ ui, snapshot }) => {
      const text = ui.overlay?.kind === 'report' ? ui.overlay.text : ''
      const field = fieldOf(`report-${snapshot?.session.header?.sessionId ?? ''}.md`)
      return change({ type: 'overlay', overlay: { kind: 'save', text, field } })
    },
  },
  {
    id: 'report-copy',
    scope: 'report',
    keys: ['y'],
    description: 'Copy the report as Markdown',
    short: 'copy',
    rank: 3,
    tag: 'Session',
    action: ({ ui }) => ({
      type: 'copy',
      text: ui.overlay?.kind === 'report' ? ui.overlay.text : '',
      what: 'report',
    }),
  },
]

const noSession = ({ snapshot }: Moment): string | undefined =>
  snapshot === undefined ? 'No runbook is open. Choose one first.' : undefined

/** Keys that show the whole session. */
export const sessionKeys: readonly AppBinding[] = [
  {
    id: 'journal',
    scope: 'step',
    keys: ['J'],
    description: 'Journal: what happened so far, with outputs and notes',
    short: 'journal',
    rank: 41,
    tag: 'Session',
    action: () => change({ type: 'overlay', overlay: { kind: 'journal', selected: all } }),
    disabledReason: noSession,
  },
  {
    id: 'found',
    scope: 'findings',
    keys: ['f'],
    description: 'All findings of the session',
    short: 'all findings',
    rank: 3,
    tag: 'Finding',
    action: () => change({ type: 'overlay', overlay: { kind: 'found', selected: 0 } }),
    disabledReason: noSession,
  },
  {
    id: 'report',
    scope: 'step',
    keys: ['p'],
    description: 'Report of the session as it stands, to read and to save',
    short: 'report',
    rank: 42,
    tag: 'Session',
    action: () => ({ type: 'show-report' }),
    disabledReason: noSession,
  },
]
