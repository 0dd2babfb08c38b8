import { rankTexts } from '../../base/index.ts'
import type { Cause } from '../../diagnosis/index.ts'
import type { Drill } from '../../drill/index.ts'
import { type SearchEntry, searchTree } from '../../tree/index.ts'
import type { RunCommand } from '../command.ts'
import { loadDrills } from '../drill/drills.ts'
import { exitCodes } from '../exit-codes.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { loadBundledLibrary } from '../load-library.ts'
import { print } from '../print.ts'

/** Something that was found. `id` is what the other commands take: `RUNBOOK#STEP`, the id of a cause, the name of a drill. */
type Hit = {
  readonly kind: 'step' | 'command' | 'cause' | 'drill'
  readonly id: string
  readonly title: string
  readonly text: string
}

const MOST = 50

const fromStep = ({ ref, title, field, text }: SearchEntry): Hit => ({
  kind: field === 'command' ? 'command' : 'step',
  id: `${ref.runbook}#${ref.step}`,
  title,
  text,
})
const fromCause = ({ id, title, meaning }: Cause): Hit => ({ kind: 'cause', id, title, text: meaning })
const fromDrill = ({ name, title, story }: Drill): Hit => ({
  kind: 'drill',
  id: name,
  title,
  text: story.trim(),
})

const fitting = (hits: readonly Hit[], query: string, textOf: (hit: Hit) => string): readonly Hit[] => {
  const texts = hits.map(hit => textOf(hit).toLowerCase())
  return rankTexts(texts, query).flatMap(at => hits[at] ?? [])
}

/** Those whose name or title holds the words, then those where they stand anywhere. */
const ranked = (
  hits: readonly Hit[],
  query: string,
): { readonly named: readonly Hit[]; readonly told: readonly Hit[] } => {
  const named = fitting(hits, query, ({ id, title }) => `${title} ${id}`)
  const others = hits.filter(hit => !named.includes(hit))
  return { named, told: fitting(others, query, ({ id, title, text }) => `${title} ${id} ${text}`) }
}

const oncePerStep = (hits: readonly SearchEntry[]): readonly SearchEntry[] =>
  [
    ...Map.groupBy(hits, ({ ref, field }) => `${ref.runbook}#${ref.step} ${field === 'command'}`).values(),
  ].flatMap(group => group.slice(0, 1))

const search = (query: string): readonly Hit[] => {
  const steps = oncePerStep(searchTree([...loadBundledLibrary().trees.values()], query))
  const others = ranked(
    [...[...loadKnowledge().causes.values()].map(fromCause), ...loadDrills().map(fromDrill)],
    query,
  )
  const titles = steps.filter(({ field }) => field === 'title').map(fromStep)
  const rest = steps.filter(({ field }) => field !== 'title').map(fromStep)
  return [...titles, ...others.named, ...rest, ...others.told].slice(0, MOST)
}

const present = ({ kind, id, title, text }: Hit): string => {
  const more = kind === 'command' ? `  ${text.split('\n')[0]}` : ''
  return `${kind.padEnd(7)}  ${id}\n         ${title}${more}`
}

/** `runtree search`: steps, commands, causes and drills that words stand in, titles first. 1 when there is none. */
export const runSearch: RunCommand = async ({ operands, flags }) => {
  const query = operands.join(' ')
  const hits = search(query)
  if (flags.has('json')) print.json(JSON.stringify(hits))
  else if (hits.length === 0) print.out(`Nothing holds "${query}". Try fewer words, or a part of one.`)
  else hits.map(present).forEach(print.out)
  return hits.length === 0 ? exitCodes.problem : exitCodes.done
}
