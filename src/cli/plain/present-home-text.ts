import type { HomeEntry } from '../../ui/index.ts'
import type { HomeWays, Way } from './home-ways.ts'

/** How many of a long section stand in the list at first. */
const SHOWN = 9

type Section = { readonly title: string; readonly word: string; readonly empty: string }

const sections: Readonly<Record<HomeEntry['kind'], Section>> = {
  symptom: { title: 'What is wrong?', word: 'w', empty: 'No runbook names a complaint.' },
  runbook: {
    title: 'Runbooks',
    word: 'runbooks',
    empty: 'No runbook was found. Open one by its path: runtree open FILE.md',
  },
  drill: { title: 'Fire drills', word: 'd', empty: 'No drill came with this runtree.' },
  session: {
    title: 'Earlier sessions',
    word: 's',
    empty: 'None yet. A triage that you leave waits here for you.',
  },
}

const order: readonly HomeEntry['kind'][] = ['symptom', 'runbook', 'drill', 'session']

/** Ways as lines, each behind its key. */
export const wayLines = (ways: readonly Way[]): readonly string[] =>
  ways.map(({ key, text }) => `  ${key.padEnd(3)} ${text}`)

const sectionLines = (kind: HomeEntry['kind'], ways: readonly Way[]): readonly string[] => {
  const { title, word, empty } = sections[kind]
  const more = ways.length - SHOWN
  return [
    `\n${title}`,
    ...(ways.length === 0 ? [`  ${empty}`] : wayLines(ways.slice(0, SHOWN))),
    ...(more <= 0 ? [] : [`      and ${more} more: ${word} lists them all`]),
  ]
}

/** The home list: of each section the first few, and how all of them are come by. */
export const presentHomeText = (ways: HomeWays): readonly string[] => [
  ...order.flatMap(kind => sectionLines(kind, ways[kind])),
  '\nType what stands at the left, such as 1, w1, d1 or s1; / and words to search; ? for help; q to leave.',
]

/** A whole section, by the word that asks for it; `undefined` for any other word. */
export const wholeSection = (ways: HomeWays, word: string): readonly string[] | undefined => {
  const kind = order.find(each => sections[each].word === word)
  return kind === undefined ? undefined : [sections[kind].title, ...wayLines(ways[kind])]
}

/** What can be typed at the home list. */
export const homeHelp: readonly string[] = [
  '  1              open the runbook with this number; its name does the same',
  '  w1  d1  s1     begin with a complaint, a drill, or go on with an earlier session',
  '  w  d  s        list all complaints, drills or earlier sessions',
  '  / WORDS        search runbooks, steps, commands, causes, drills and sessions',
  '  target         where commands of the next session run, and what else there is',
  '  target NAME    run them there: local, ssh:HOST, sim:mks …',
  '  list           this list again',
  '  q              leave',
]
