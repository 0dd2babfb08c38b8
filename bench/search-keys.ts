import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import { loadBundledLibrary } from '../src/cli/load-library.ts'
import { runbookEntries } from '../src/cli/runbook-entries.ts'
import { drillEntries } from '../src/cli/screen/drill-entries.ts'
import type { Library } from '../src/session/index.ts'
import type { Tree } from '../src/tree/index.ts'
import { homeEntries, type SearchSources, searchEntries } from '../src/ui/index.ts'
import { type Cost, costOf, spreadAt } from './cost.ts'
import type { Benchmark, Report } from './figure.ts'
import { spreadOf } from './interleave.ts'

const ENTRIES = 5_000
const LIMIT_MS = 16
const MOST = 0.95

/** Typed letter by letter and taken back: words of titles and of commands, several words, slips of the finger, what is nowhere. */
const typings = [
  'etcd has no space',
  'kubelet',
  'journalctl -u kubelet',
  'certificate expired',
  'a node is not ready',
  'kubectl get pods -A',
  'kubelt certifcate',
  'crash loop back off',
  'エラー',
  'xyzzy plugh',
]

/** What a search is asked with one after the other while a text is typed and then deleted. */
const keysOf = (text: string): readonly string[] => {
  const begun = Array.from({ length: text.length }, (_, at) => text.slice(0, at + 1))
  return [...begun, ...begun.toReversed().slice(1), '']
}

const teams = ['payments', 'search', 'billing', 'media', 'identity', 'shipping', 'reports', 'mail']

/** A runbook as another team would have written it after the bundled one: with its own name in every title. */
const copyFor = (tree: Tree, team: string): Tree => ({
  ...tree,
  name: `${tree.name}-${team}`,
  title: `${tree.title} of ${team}`,
  steps: tree.steps.map(step => ({ ...step, title: `${step.title} for ${team}` })),
})

const countIn = (trees: ReadonlyMap<string, Tree>): number =>
  [...trees.values()].reduce(
    (sum, { steps }) => sum + steps.reduce((commands, step) => commands + 1 + step.commands.length, 0),
    0,
  )

const largeLibrary = (others: number): Library => {
  const { trees } = loadBundledLibrary()
  const all = new Map(trees)
  for (const team of teams)
    for (const tree of trees.values()) {
      if (countIn(all) + others >= ENTRIES) return { trees: all }
      const copy = copyFor(tree, team)
      all.set(copy.name, copy)
    }
  return { trees: all }
}

type Stage = { readonly sources: SearchSources; readonly count: number }

const openStage = (): Stage => {
  const knowledge = loadKnowledge()
  const drills = drillEntries(join(tmpdir(), 'runtree-bench-no-state'))
  const others = knowledge.causes.size + drills.length
  const library = largeLibrary(others)
  const context = { library, knowledge, parsers: [], defaultTimeoutMs: 1 }
  const home = homeEntries({ context, runbooks: runbookEntries(library), drills, earlier: [] })
  return { sources: { services: { context }, home }, count: countIn(library.trees) + others }
}

const report = async (rounds: number): Promise<Report> => {
  const openings: Cost[] = []
  const typed: Cost[][] = []
  let entries = 0
  for (let round = 0; round < rounds; round += 1) {
    const { sources, count } = openStage()
    entries = count
    openings.push(await costOf(() => searchEntries(sources, '')))
    const ofRound: Cost[] = []
    for (const text of typings.flatMap(keysOf)) ofRound.push(await costOf(() => searchEntries(sources, text)))
    typed.push(ofRound)
  }
  const most = spreadAt(typed, MOST)
  const name = `search of ${entries.toLocaleString('en')} entries`
  return {
    figures: [
      {
        name: `${name}, a key: 95th percentile`,
        unit: 'ms',
        spread: most.wallMs,
        limit: LIMIT_MS,
        parts: {
          'processor time, 95th percentile': most.cpuMs,
          median: spreadAt(typed, 0.5).wallMs,
          slowest: spreadAt(typed, 1).wallMs,
        },
      },
      {
        name: `${name}, to gather them when it is opened`,
        unit: 'ms',
        spread: spreadOf(openings.map(({ wallMs }) => wallMs)),
      },
    ],
    skipped: [],
  }
}

/** What a key costs in the search over all runbooks, causes, complaints and drills. */
export const searchKeys: Benchmark = { rounds: 7, shortRounds: 2, run: report }
