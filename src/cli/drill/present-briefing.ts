import { type Drill, type DrillRun, fillHandles, levelMeans } from '../../drill/index.ts'
import { wrapWords } from '../wrap-words.ts'

/** The words that a trainee can type beside shell commands. */
const drillWords: readonly (readonly [word: string, does: string])[] = [
  ['diagnose CAUSE', 'name the cause by its id; a word lists the causes with it'],
  ['hint', 'the next of three hints, five points each'],
  ['triage', 'the runbook, on this same cluster'],
  ['story', 'read the story again'],
  ['clock', 'practise without the clock, or let it count again'],
  ['finish', 'end the drill: score and debrief'],
  ['give-up', 'leave without a score'],
  ['?', 'these words again'],
]

const teacherWord = ['inject', 'break more; alone it says how'] as const

/** The words with what each does, a line each. */
export const presentWords = (isTeacher: boolean): readonly string[] =>
  [...drillWords, ...(isTeacher ? [teacherWord] : [])].map(([word, does]) => `  ${word.padEnd(16)} ${does}`)

const wrap = (text: string, columns: number): readonly string[] =>
  text.split('\n').flatMap(line => wrapWords(line, columns))

/** The story of a drill in a world's own names. */
export const presentStory = ({ drill, world }: DrillRun, columns: number): readonly string[] =>
  wrap(fillHandles(world, drill.story.trim()), columns)

const head = ({ title, level, parMinutes }: Drill, isTimed: boolean): readonly string[] => [
  title,
  `Level ${level}: ${levelMeans(level)}. ${isTimed ? `Par ${parMinutes} minutes of the cluster's own time.` : 'Practice without a clock.'}`,
]

/** How wide a briefing may be, and what it tells beside the story. */
type BriefingView = { readonly columns: number; readonly isTimed: boolean; readonly isTeacher: boolean }

/** What a trainee reads before a drill begins. */
export const presentBriefing = (
  run: DrillRun,
  { columns, isTimed, isTeacher }: BriefingView,
): readonly string[] => [
  ...head(run.drill, isTimed),
  '',
  ...presentStory(run, columns),
  '',
  'You are at a shell in a simulated cluster: nothing here can hurt anything. Beside shell commands you can type:',
  ...presentWords(isTeacher),
  '',
]
