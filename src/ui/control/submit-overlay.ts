import { goFromMap } from '../keys/bindings/map-keys.ts'
import { goToMatch } from '../keys/find-line.ts'
import { goToRow } from '../keys/go-to-row.ts'
import { helpEntries, type PaletteEntry, paletteEntries } from '../keys/palette-entries.ts'
import { resolveKey } from '../keys/resolve-key.ts'
import { scopesOf } from '../keys/scopes-of.ts'
import { clamp } from '../layout/window-rows.ts'
import { causeOptions } from '../scene/cause-options.ts'
import { foundRows } from '../scene/found-rows.ts'
import { journalRows, type RowGoal } from '../scene/journal-rows.ts'
import { placeForms, placeOptions } from '../scene/place-options.ts'
import { type SearchEntry, searchEntries } from '../scene/search-entries.ts'
import { targetOptions } from '../scene/target-options.ts'
import { type Action, change } from '../state/action.ts'
import { chosenKey, type Menu } from '../state/menus.ts'
import type { Moment } from '../state/moment.ts'
import type { Overlay } from '../state/overlay.ts'

type Kind<K extends Overlay['kind']> = Extract<Overlay, { kind: K }>

const close = change({ type: 'overlay', overlay: undefined })

const warn = (text: string): Action => change({ type: 'notice', notice: { text, tone: 'warn' } })
const tell = (text: string): Action => change({ type: 'notice', notice: { text, tone: 'good' } })

/** A drill or an earlier session is opened from the home screen, so that what is open is left in the usual way first. */
const openFromHome = (
  { home, kind }: SearchEntry,
  { snapshot, drill, services }: Moment,
): readonly Action[] => {
  if (snapshot !== undefined || drill !== undefined)
    return [warn(`Leave what is open first: a ${kind} is opened from the home screen.`)]
  if (home?.kind === 'drill') return [close, { type: 'open-drill', name: home.drill.name }]
  if (home?.kind !== 'session') return []
  if (services.resumeSession === undefined) return [warn('Earlier sessions cannot be gone on with here.')]
  return [close, { type: 'resume', summary: home.summary }]
}

const submitJump = ({ field, selected }: Kind<'jump'>, moment: Moment): readonly Action[] => {
  const found = searchEntries(moment, field.text)
  const entry = found[clamp(selected, 0, found.length - 1)]
  if (entry === undefined) return [warn('Nothing holds these words.')]
  const { ref } = entry
  if (entry.kind === 'cause' && ref === undefined) return [warn('No runbook here goes on from this cause.')]
  if (ref === undefined) return openFromHome(entry, moment)
  return [
    close,
    moment.scene === undefined
      ? { type: 'open', ref }
      : { type: 'intent', intent: { type: 'enter-step', ref } },
  ]
}

/** An action that cannot be done now leaves its list open, so that another can be chosen. */
const submitEntry = (entries: readonly PaletteEntry[], selected: number): readonly Action[] => {
  const entry = entries[clamp(selected, 0, entries.length - 1)]
  if (entry === undefined) return [warn('No action holds these words.')]
  return entry.reason === undefined ? [close, ...entry.actions()] : [warn(entry.reason)]
}

const submitRow = (moment: Moment, goal: RowGoal | undefined): readonly Action[] =>
  goal === undefined ? [warn('There is nothing to open behind this entry.')] : goToRow(moment, goal)

const submitPlace = (overlay: Kind<'place'>, moment: Moment): readonly Action[] => {
  const { place, selected, field, intent } = overlay
  const options = placeOptions(overlay, moment)
  const option = options[clamp(selected, 0, options.length - 1)]
  if (option === undefined) return [warn(`"${field.text}" names no target. ${placeForms(place)}`)]
  const run: Action = { type: 'run', intent }
  const { machine } = option
  if (machine === undefined) return [close, run]
  return [{ type: 'intent', intent: { type: 'map-place', place, machine } }, close, run]
}

const submitTrust = ({ runbook, field, intent }: Kind<'trust'>): readonly Action[] =>
  /^y(?:es)?$/i.test(field.text.trim())
    ? [{ type: 'intent', intent: { type: 'trust-runbook', runbook } }, close, { type: 'run', intent }]
    : field.text.trim() === ''
      ? [close]
      : [warn('Type yes to let its commands run, or press Esc to leave it.')]

const submitCause = ({ field, selected }: Kind<'cause'>, moment: Moment): readonly Action[] => {
  const options = causeOptions(field.text, moment)
  const option = options[clamp(selected, 0, options.length - 1)]
  if (option === undefined) return [warn('No cause holds these words.')]
  return [close, { type: 'drill', deed: { kind: 'name-cause', cause: option.id } }]
}

const submitTarget = ({ field, selected }: Kind<'targets'>, moment: Moment): readonly Action[] => {
  const options = targetOptions(field.text, moment)
  const option = options[clamp(selected, 0, options.length - 1)]
  if (option === undefined) return [warn(`"${field.text}" names no target. Write ssh:[user@]host[:port].`)]
  return [close, { type: 'change-target', name: option.name }]
}

const submitFind = ({ field }: Kind<'find'>, moment: Moment): readonly Action[] => {
  if (field.text === '') return [close, change({ type: 'find', find: undefined })]
  return [close, change({ type: 'find', find: field.text }), goToMatch(moment, 1, field.text)]
}

/** What is filtered by is searched for too, so that n and N go on from match to match when all lines are shown again. */
const submitFilter = ({ field }: Kind<'filter'>, { scene }: Moment): readonly Action[] => {
  if (scene === undefined || field.text === '') return [close]
  const view = { filter: field.text, markedLine: undefined } as const
  return [
    close,
    change(
      { type: 'focus', focus: 'output' },
      { type: 'find', find: field.text },
      { type: 'view', stepKey: scene.key, change: view },
    ),
  ]
}

const submitVariables = (overlay: Kind<'variables'>): readonly Action[] => {
  const { asked, at, intent } = overlay
  const empty = asked.findIndex(({ field }) => field.text.trim() === '')
  if (intent !== undefined && empty >= 0) {
    const next = change({ type: 'overlay', overlay: { ...overlay, at: empty } })
    return empty === at ? [warn(`${asked[at]?.name ?? 'It'} needs a value. Esc leaves it.`)] : [next]
  }
  const given = asked.filter(({ field }) => field.text.trim() !== '')
  return [
    ...given.map(
      ({ name, field }): Action => ({
        type: 'intent',
        intent: { type: 'set-variable', name, value: field.text.trim() },
      }),
    ),
    close,
    ...(intent === undefined ? [] : [{ type: 'run', intent } as const]),
  ]
}

/** Only the wanted word says yes, and what else was typed is an answer too: it goes into the journal and leaves the command unrun. */
const submitApproval = ({ field }: Kind<'approval'>, { snapshot }: Moment): readonly Action[] => {
  const { wants = 'run', saving } = snapshot?.session.approval ?? {}
  const typed = field.text.trim()
  const isUnsaved = saving !== undefined && typed === `${wants} unsaved`
  const answer: Action = { type: 'intent', intent: { type: 'answer-approval', answer: typed } }
  if (typed === '' || typed === wants || isUnsaved) return [answer]
  return [answer, warn(`"${typed}" is not the word, so it was not run. The word is ${wants}.`)]
}

const submitNote = ({ field }: Kind<'note'>): readonly Action[] =>
  field.text.trim() === ''
    ? [close]
    : [
        { type: 'intent', intent: { type: 'add-note', text: field.text.trim() } },
        close,
        tell('Noted in the journal.'),
      ]

/** Taking an item of a menu is pressing its key. */
const submitMenu = (menu: Menu, moment: Moment): readonly Action[] => {
  const found = resolveKey(moment.services.bindings, {
    scopes: scopesOf(moment),
    press: { name: chosenKey(menu) ?? '' },
    context: moment,
  })
  if (found.kind === 'disabled') return [warn(found.reason)]
  return found.kind === 'action' ? [found.action] : []
}

/** What Enter in an overlay brings about, in order; the rest is left out once one of them is refused. */
export const submitOverlay = (moment: Moment): readonly Action[] => {
  const { snapshot } = moment
  const { overlay } = moment.ui
  switch (overlay?.kind) {
    case 'help':
      return submitEntry(helpEntries(moment, overlay.field?.text ?? ''), overlay.selected)
    case 'palette':
      return submitEntry(paletteEntries(moment, overlay.field.text), overlay.selected)
    case 'map': {
      const go = goFromMap(moment)
      return go === undefined ? [] : [go, close]
    }
    case 'journal':
      return submitRow(moment, journalRows(moment)[overlay.selected]?.goal)
    case 'found':
      return submitRow(
        moment,
        snapshot && foundRows(snapshot.session, moment.services.context.library)[overlay.selected]?.goal,
      )
    case 'save':
      return [{ type: 'save', path: overlay.field.text.trim(), text: overlay.text }]
    case 'jump':
      return submitJump(overlay, moment)
    case 'place':
      return submitPlace(overlay, moment)
    case 'trust':
      return submitTrust(overlay)
    case 'targets':
      return submitTarget(overlay, moment)
    case 'cause':
      return submitCause(overlay, moment)
    case 'find':
      return submitFind(overlay, moment)
    case 'filter':
      return submitFilter(overlay, moment)
    case 'variables':
      return submitVariables(overlay)
    case 'approval':
      return submitApproval(overlay, moment)
    case 'note':
      return submitNote(overlay)
    case 'edit': {
      const { commandId, field } = overlay
      return [close, { type: 'run', intent: { type: 'run-command', commandId, editedLine: field.text } }]
    }
    case 'ad-hoc':
      return [close, { type: 'run', intent: { type: 'run-ad-hoc', line: overlay.field.text } }]
    case 'copy':
    case 'leave':
    case 'finish':
      return submitMenu(overlay, moment)
    default:
      return [close]
  }
}
