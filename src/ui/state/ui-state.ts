import type { DrillEnd } from '../drill-port.ts'
import type { HomeSection } from '../scene/home-entries.ts'
import type { Overlay } from './overlay.ts'

/** Which screen is shown. `waiting` says in a sentence what for. */
export type Place =
  | { readonly kind: 'home' }
  | { readonly kind: 'waiting'; readonly text: string }
  | { readonly kind: 'step' }
  /** `top` is the first row that is seen of a text that may be longer than the screen. */
  | { readonly kind: 'briefing'; readonly top: number }
  | { readonly kind: 'debrief'; readonly end: DrillEnd; readonly top: number }

/** The parts of the step screen that can have the keys. */
export const focuses = ['commands', 'output', 'findings', 'next', 'path'] as const

/** One part of the step screen that has the keys. */
export type Focus = (typeof focuses)[number]

/** The first line that is seen of an output, and how many rows of it are scrolled away when it is wrapped. */
export type Anchor = { readonly line: number; readonly skip: number }

/** From where an output is seen: an anchor, its end as it grows, or whatever shows a line a third down the room that there is. */
export type Sight = Anchor | 'end' | { readonly around: number }

/** How far long lines are moved: by columns, or to what stands out in the marked line, its mark or what is searched for. */
export type Shift = number | 'to-mark' | 'to-match'

/** How a step is looked at: kept for each step, so that coming back finds it as it was left. */
export type StepView = {
  /** Index of the chosen command. */
  readonly command: number
  /** First visible row of the explanation. */
  readonly explanationTop: number
  /** The run whose output is shown; `undefined` shows the newest. */
  readonly runId: string | undefined
  readonly top: Sight
  readonly left: Shift
  /** Only lines that hold this are shown. */
  readonly filter: string | undefined
  /** The output line that stands out, with its meaning below; counted from 1. */
  readonly markedLine: number | undefined
  readonly finding: number
  readonly choice: number
}

/** A step that was not looked at yet. */
export const freshView: StepView = {
  command: 0,
  explanationTop: 0,
  runId: undefined,
  top: 'end',
  left: 0,
  filter: undefined,
  markedLine: undefined,
  finding: 0,
  choice: 0,
}

/** A sentence above the key hints until the next key. */
export type Notice = { readonly text: string; readonly tone: 'plain' | 'good' | 'warn' | 'bad' }

/** Everything about the screen that is not the session. */
export type UiState = {
  readonly place: Place
  readonly homeChoice: number
  /** The sections of the home screen that are seen whole. */
  readonly homeOpen: readonly HomeSection[]
  readonly focus: Focus
  /** The part that fills the screen alone. */
  readonly zoom: Focus | undefined
  readonly views: ReadonlyMap<string, StepView>
  readonly longLines: 'cut' | 'wrap'
  /** Whether the time stands beside each line at which it came. */
  readonly times: 'hidden' | 'shown'
  /** What is searched for in the output. */
  readonly find: string | undefined
  readonly pathChoice: number | undefined
  readonly overlay: Overlay | undefined
  readonly notice: Notice | undefined
  /** Whether the time that a drill took stands on the screen. */
  readonly clock: 'shown' | 'hidden'
  /** How often Ctrl-C was pressed in a row. */
  readonly interrupts: number
}

/** The screen as it is when the program starts. */
export const initialUi: UiState = {
  place: { kind: 'home' },
  homeChoice: 0,
  homeOpen: [],
  focus: 'commands',
  zoom: undefined,
  views: new Map(),
  longLines: 'cut',
  times: 'hidden',
  find: undefined,
  pathChoice: undefined,
  overlay: undefined,
  notice: undefined,
  clock: 'shown',
  interrupts: 0,
}
