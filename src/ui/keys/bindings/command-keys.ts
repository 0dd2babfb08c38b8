import { type Run, whyPlacesStay } from '../../../session/index.ts'
import { clamp } from '../../layout/window-rows.ts'
import { type Action, change, stay } from '../../state/action.ts'
import type { Moment } from '../../state/moment.ts'
import { askPlace, emptyField } from '../../state/overlay.ts'
import { fieldOf } from '../../state/text-field.ts'
import { type AppBinding, whyNot } from '../app-binding.ts'
import { runEntry, runReads, whyNotReads, whyNotRun } from '../run-entry.ts'
import { changeView, scrollExplanation } from '../scroll-changes.ts'

const explanationPage = ({ scene }: Moment): number =>
  Math.max(1, (scene?.layout.panes.explanation?.height ?? 2) - 1)

/** Chooses a command and shows its last output. A step without commands scrolls its explanation instead. */
const moveCommand = (moment: Moment, by: number): Action => {
  const { scene } = moment
  if (scene === undefined) return stay
  if (scene.entries.length === 0) return scrollExplanation(moment, by)
  const command = clamp(scene.view.command + by, 0, scene.entries.length - 1)
  const runId = scene.entries[command]?.run?.runId
  if (runId === undefined || runId === scene.run?.runId) return changeView(moment, { command })
  return changeView(moment, { command, runId, top: 'end', left: 0, markedLine: undefined })
}

const wasOutOfReach = (outcome: Run['outcome']): boolean =>
  outcome?.kind === 'lost' || (outcome?.kind === 'not-started' && outcome.reason === 'unreachable')

const whyNotElsewhere = ({ scene }: Moment): string | undefined => {
  if (scene?.entry === undefined) return 'This step has no command.'
  if (scene.entry.command?.place === undefined)
    return 'This command is meant for no machine of its own: it runs where the session does.'
  return whyPlacesStay(scene.session)
}

const all = Number.MAX_SAFE_INTEGER

/** Keys of the commands and of the explanation above them. */
export const commandKeys: readonly AppBinding[] = [
  {
    id: 'command-run',
    scope: 'commands',
    keys: ['enter'],
    description: 'Run the chosen command; without one, on to the next step',
    short: 'run',
    rank: 1,
    isTimely: ({ scene }) => scene?.entry !== undefined,
    tag: 'Running',
    action: runEntry,
    disabledReason: whyNotRun,
  },
  {
    id: 'command-down',
    scope: 'commands',
    keys: ['j', 'down'],
    description: 'Choose the next command',
    tag: 'Moving',
    action: moment => moveCommand(moment, 1),
  },
  {
    id: 'command-up',
    scope: 'commands',
    keys: ['k', 'up'],
    description: 'Choose the command above',
    tag: 'Moving',
    action: moment => moveCommand(moment, -1),
  },
  {
    id: 'explanation-down',
    scope: 'commands',
    keys: ['space', 'pgdn', 'ctrl-d', 'ctrl-f'],
    description: 'Read on in the explanation',
    tag: 'Moving',
    action: moment => scrollExplanation(moment, explanationPage(moment)),
  },
  {
    id: 'explanation-up',
    scope: 'commands',
    keys: ['pgup', 'b', 'ctrl-u', 'ctrl-b'],
    description: 'Back in the explanation',
    tag: 'Moving',
    action: moment => scrollExplanation(moment, -explanationPage(moment)),
  },
  {
    id: 'command-first',
    scope: 'commands',
    keys: ['g', 'home'],
    description: 'The first command and the beginning of the explanation',
    tag: 'Moving',
    action: moment => changeView(moment, { command: 0, explanationTop: 0 }),
  },
  {
    id: 'command-last',
    scope: 'commands',
    keys: ['G', 'end'],
    description: 'The last command and the end of the explanation',
    tag: 'Moving',
    action: moment => {
      const scrolled = scrollExplanation(moment, all)
      const chosen = moveCommand(moment, all)
      return scrolled.type === 'change' && chosen.type === 'change'
        ? change(...scrolled.changes, ...chosen.changes)
        : chosen
    },
  },
  {
    id: 'run-again',
    scope: 'step',
    keys: ['r'],
    description: 'Run the chosen command, from any part of the screen',
    short: 'run',
    rank: 12,
    isTimely: ({ scene }) => scene?.entry !== undefined,
    tag: 'Running',
    action: runEntry,
    disabledReason: whyNotRun,
  },
  {
    id: 'run-reads',
    scope: 'step',
    keys: ['R'],
    description: 'Run all commands of the step that only read',
    short: 'run all reads',
    rank: 8,
    isTimely: ({ scene }) => scene?.entry !== undefined,
    tag: 'Running',
    action: runReads,
    disabledReason: whyNotReads,
  },
  {
    id: 'edit-command',
    scope: 'step',
    keys: ['i'],
    description: 'Change the chosen command, then run it',
    short: 'edit',
    rank: 20,
    tag: 'Running',
    action: ({ scene }) => {
      const entry = scene?.entry
      if (entry === undefined) return stay
      const field = fieldOf(entry.line)
      const commandId = entry.command?.id
      return change({
        type: 'overlay',
        overlay: commandId === undefined ? { kind: 'ad-hoc', field } : { kind: 'edit', commandId, field },
      })
    },
    disabledReason: ({ scene }) =>
      scene?.entry === undefined ? 'This step has no command to edit.' : undefined,
  },
  {
    id: 'place-anew',
    scope: 'step',
    keys: ['P'],
    description: 'Say anew on which machine the chosen command runs, and run it there',
    short: 'other machine',
    rank: 7,
    isTimely: ({ scene }) => wasOutOfReach(scene?.entry?.run?.outcome),
    tag: 'Running',
    action: ({ scene }) => {
      const command = scene?.entry?.command
      if (command?.place === undefined) return stay
      const intent = { type: 'run-command', commandId: command.id } as const
      return change({ type: 'overlay', overlay: askPlace(command.place, intent) })
    },
    disabledReason: whyNotElsewhere,
  },
  {
    id: 'ad-hoc',
    scope: 'step',
    keys: ['!'],
    description: 'Type a command of your own; anything that may change something asks first',
    tag: 'Running',
    action: () => change({ type: 'overlay', overlay: emptyField('ad-hoc') }),
    disabledReason: whyNot({ type: 'run-ad-hoc', line: 'true' }),
  },
]
