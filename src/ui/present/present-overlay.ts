import { formatCounted } from '../../base/index.ts'
import { keyOf } from '../keys/key-of.ts'
import { arrangeOverlay, insideOverlay, type OverlayWants } from '../layout/arrange-overlay.ts'
import { whereOfTyped } from '../scene/command-entries.ts'
import { whyNoOtherTarget } from '../scene/target-options.ts'
import { asMenu, itemsOf, type Menu } from '../state/menus.ts'
import type { Moment } from '../state/moment.ts'
import type { Overlay } from '../state/overlay.ts'
import { glyphs } from '../theme/glyphs.ts'
import { presentApproval } from './overlays/present-approval.ts'
import { presentCause } from './overlays/present-cause.ts'
import { presentFound } from './overlays/present-found.ts'
import { presentHints } from './overlays/present-hints.ts'
import { presentJournal } from './overlays/present-journal.ts'
import { presentJump } from './overlays/present-jump.ts'
import { presentMap } from './overlays/present-map.ts'
import { presentPalette } from './overlays/present-palette.ts'
import { presentPlace } from './overlays/present-place.ts'
import { presentReport } from './overlays/present-report.ts'
import { presentTargets } from './overlays/present-targets.ts'
import { presentTrust } from './overlays/present-trust.ts'
import { presentVariables } from './overlays/present-variables.ts'
import { fieldRow } from './present-field.ts'
import { presentHelp } from './present-help.ts'
import { type Row, row, span } from './span.ts'
import { squeezeRows } from './squeeze-rows.ts'
import { wrapRow, wrapText } from './wrap-row.ts'

/** What an overlay shows: its title, its rows, and the size that it would like. */
export type OverlayPicture = {
  readonly title: string
  /** Where in a long text that is, at the right of the title. */
  readonly remark?: string | undefined
  readonly rows: readonly Row[]
  /** Drawn below the rows. */
  readonly menu: Menu | undefined
  readonly wants: OverlayWants
}

/** The room that an overlay's content has. */
export type OverlayRoom = { readonly width: number; readonly height: number }

type Asking = Extract<Overlay, { kind: 'find' | 'filter' | 'edit' | 'ad-hoc' | 'note' | 'save' }>

/** Where a command that is typed would run, when that is not where the session is. */
const whereTyped = ({ scene, services }: Moment): string => {
  const where = scene && whereOfTyped({ session: scene.session, context: services.context }, scene.step)
  return where ? ` on ${where.replace(/^on /, '')}` : ''
}

type Field = readonly [title: string, about: (moment: Moment) => string, sign: string]

/** What stands above the overlays that are a single field, and the sign before it. */
const askings: Readonly<Record<Asking['kind'], Field>> = {
  find: ['Search', () => 'Look for this in the output', '/'],
  filter: ['Filter', () => 'Show only the lines of the output that hold this', '&'],
  edit: ['Edit the command', () => 'Enter runs it as it stands; the runbook stays as it is', '$'],
  'ad-hoc': [
    'Your own command',
    moment => `Enter runs it${whereTyped(moment)}; what may change something asks first`,
    '$',
  ],
  save: ['Save', () => 'Enter writes this file; one that is there already is left alone', glyphs.selected],
  note: ['Note', () => 'Kept in the journal with this step', glyphs.selected],
}

const askedFor = (asking: Asking, moment: Moment, width: number): Pick<OverlayPicture, 'title' | 'rows'> => {
  const [title, about, sign] = askings[asking.kind]
  return { title, rows: [...wrapText(about(moment), width, 'dim'), [], fieldRow(sign, asking.field, width)] }
}

const targetRows = (moment: Moment, width: number): readonly Row[] => {
  const { services, snapshot } = moment
  return [
    [span('target   ', 'dim'), span(snapshot?.session.header?.target ?? services.target.name, 'strong')],
    [span('machine  ', 'dim'), span(snapshot?.session.header?.host ?? services.target.host, 'strong')],
    ...[...(snapshot?.session.places ?? [])].map(
      ([place, { target, host }]): Row => [
        span(`${place} `.padEnd(9), 'dim'),
        span(host),
        span(`  ${target}`, 'dim'),
      ],
    ),
    ...wrapRow(
      [
        span('changes  ', 'dim'),
        span(
          snapshot?.session.header?.readOnly === true
            ? 'refused: this session is read-only'
            : 'asked for one by one, never done unasked',
        ),
      ],
      { width, hang: ' '.repeat(9) },
    ),
    [],
    ...wrapText(
      whyNoOtherTarget(moment) ?? `${keyOf(services, 'target')} on the home screen chooses another target.`,
      width,
      'dim',
    ),
    ...(snapshot?.notices ?? []).flatMap(notice => [
      [],
      ...wrapText(`${glyphs.warn} ${notice}`, width, 'warn'),
    ]),
  ]
}

const leaveRows = ({ snapshot, drill, services }: Moment, width: number): readonly Row[] => [
  ...(drill === undefined
    ? []
    : [
        ...wrapText(
          `A drill that is left is not scored. ${keyOf(services, 'drill-finish')} finishes it with a score.`,
          width,
        ),
        [],
      ]),
  ...(snapshot !== undefined && [...snapshot.session.runs.values()].some(run => run.phase === 'running')
    ? [row(`${glyphs.warn} A command is still running. Leaving stops it.`, 'warn'), []]
    : []),
  ...wrapText('Everything so far is kept in the journal.', width),
  [],
]

const finishRows = ({ drill, services }: Moment, width: number): readonly Row[] =>
  drill?.progress.named.some(({ isRight }) => isRight) === true
    ? []
    : [
        ...wrapText(
          `${glyphs.warn} The cause is not named yet: ${keyOf(services, 'drill-cause')} names it, for ${formatCounted(drill?.progress.causeGives ?? 0, 'point')}.`,
          width,
          'warn',
        ),
        [],
      ]

const contentOf = (
  overlay: Overlay,
  moment: Moment,
  room: OverlayRoom,
): Pick<OverlayPicture, 'title' | 'remark' | 'rows'> => {
  switch (overlay.kind) {
    case 'help':
      return { title: 'Keys', rows: presentHelp(overlay, moment, room) }
    case 'palette':
      return { title: 'Actions', rows: presentPalette(overlay, moment, room) }
    case 'map':
      return { title: 'Map', rows: presentMap(overlay, moment, room) }
    case 'journal':
      return { title: 'Journal', rows: presentJournal(overlay, moment, room) }
    case 'found':
      return { title: 'Findings', rows: presentFound(overlay, moment, room) }
    case 'report':
      return { title: 'Report', ...presentReport(overlay, moment, room) }
    case 'target':
      return { title: 'Target', rows: targetRows(moment, room.width) }
    case 'variables':
      return { title: 'Values', rows: presentVariables(overlay, room) }
    case 'approval':
      return { title: 'Run this?', rows: presentApproval(overlay, moment, room) }
    case 'jump':
      return { title: 'Search', rows: presentJump(overlay, moment, room) }
    case 'place':
      return { title: `Where is ${overlay.place}?`, rows: presentPlace(overlay, moment, room) }
    case 'trust':
      return { title: 'Run commands of this runbook?', rows: presentTrust(overlay, moment, room.width) }
    case 'targets':
      return { title: 'Where do commands run?', rows: presentTargets(overlay, moment, room) }
    case 'cause':
      return { title: 'What is the cause?', rows: presentCause(overlay, moment, room) }
    case 'hints':
      return { title: 'Hints', rows: presentHints(moment, room.width) }
    case 'finish':
      return { title: 'Finish the drill?', rows: finishRows(moment, room.width) }
    case 'find':
    case 'filter':
    case 'edit':
    case 'ad-hoc':
    case 'note':
    case 'save':
      return askedFor(overlay, moment, room.width)
    case 'copy':
      return { title: 'Copy', rows: [] }
    case 'leave':
      return {
        title: overlay.to === 'home' ? 'Leave this triage?' : 'Leave runtree?',
        rows: leaveRows(moment, room.width),
      }
  }
}

/** As wide as the screen allows. */
const widest = 1000

const widths: Readonly<Record<Overlay['kind'], number>> = {
  help: 92,
  palette: 92,
  map: widest,
  journal: widest,
  found: 110,
  report: 106,
  save: 76,
  target: 66,
  variables: 76,
  approval: 84,
  jump: 150,
  place: 76,
  trust: 76,
  cause: 92,
  targets: 76,
  hints: 76,
  finish: 60,
  find: 64,
  filter: 64,
  edit: 96,
  'ad-hoc': 96,
  note: 84,
  copy: 30,
  leave: 50,
}

/** The most room that the screen has for the content of an overlay. */
export const roomOfOverlay = ({ kind }: Overlay, { size }: Moment): OverlayRoom =>
  insideOverlay(arrangeOverlay(size, { width: widths[kind], height: size.rows }))

/** The content of an overlay for the room that the screen has for it at most. */
export const presentOverlay = (overlay: Overlay, moment: Moment): OverlayPicture => {
  const width = widths[overlay.kind]
  const room = roomOfOverlay(overlay, moment)
  const { title, remark, rows: whole } = contentOf(overlay, moment, room)
  const menu = asMenu(overlay)
  const items = menu === undefined ? 0 : itemsOf(menu).length
  const rows = squeezeRows(whole, room.height - items)
  const height = rows.length + items
  return { title, remark, rows, menu, wants: { width, height: Math.min(height, room.height) } }
}
