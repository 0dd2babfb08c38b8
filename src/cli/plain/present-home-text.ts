import { formatCounted } from '../../base/index.ts'
import { type HomeSection, homeSections, homeWords, seenAtFirst } from '../../ui/index.ts'
import { type HomeWays, letters, type Way } from './home-ways.ts'

/** What is typed for the whole of a section. */
const wordFor = (section: HomeSection): string => letters[section] || 'runbooks'

/** Ways as lines, each behind its key. */
export const wayLines = (ways: readonly Way[]): readonly string[] =>
  ways.map(({ key, text }) => `  ${key.padEnd(3)} ${text}`)

const sectionLines = (section: HomeSection, ways: readonly Way[], seen = ways.length): readonly string[] => {
  const { title, noun, empty } = homeWords[section]
  const more = formatCounted(ways.length - seen, `more ${noun}`)
  return [
    title,
    ...(ways.length === 0 ? [`  ${empty}`] : wayLines(ways.slice(0, seen))),
    ...(seen === ways.length ? [] : [`      and ${more}: ${wordFor(section)} lists them all`]),
  ]
}

/** The home list: of each section as much as the home screen shows at first, and how all of it is come by. */
export const presentHomeText = (ways: HomeWays): readonly string[] => [
  ...homeSections.flatMap(section => [
    '',
    ...sectionLines(section, ways[section], seenAtFirst(section, ways[section].length)),
  ]),
  '\nType what stands at the left, such as 1, w1, d1 or s1; / and words to search; ? for help; q to leave.',
]

/** A whole section, by the word that asks for it; `undefined` for any other word. */
export const wholeSection = (ways: HomeWays, word: string): readonly string[] | undefined => {
  const section = homeSections.find(each => wordFor(each) === word)
  return section && sectionLines(section, ways[section])
}

/** What can be typed at the home list. */
export const homeHelp: readonly string[] = [
  '  1              open the runbook with this number; its name does the same',
  '  w1  d1  s1     begin with a complaint, a drill, or go on with an earlier session',
  '  w  d  s        list all complaints, drills or earlier sessions; "runbooks" all runbooks',
  '  / WORDS        search steps, commands, causes, complaints, drills and sessions',
  '  f1             begin with the first that was found',
  '  m 1            list the steps of the runbook with this number',
  '  T              where commands of the next session run, and what else there is',
  '  target NAME    run them there: local, ssh:HOST, sim:mks …',
  '  list           this list again',
  '  keys           what to type for each key of the screens',
  '  ?              these words again',
  '  q              leave',
]
