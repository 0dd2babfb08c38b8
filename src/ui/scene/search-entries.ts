import { rankTexts, type StepRef } from '../../base/index.ts'
import { findStep, type Library } from '../../session/index.ts'
import { oneLine } from '../present/one-line.ts'
import { stepName } from '../present/step-name.ts'
import type { AppServices } from '../services.ts'
import type { HomeEntry } from './home-entries.ts'

/** What is searched: the runbooks and the causes, the entries of the home screen, and from which step. */
export type SearchSources = {
  readonly services: Pick<AppServices, 'context'>
  readonly home: readonly HomeEntry[]
  readonly scene?: { readonly ref: StepRef } | undefined
}

/** Something that the search finds. `name` is what is looked in, `where` says whose it is. */
export type SearchEntry = {
  readonly kind: 'step' | 'command' | 'cause' | 'complaint' | 'drill' | 'session'
  readonly name: string
  readonly where: string
  /** The step that it leads to; absent where it is opened from the home screen, or leads nowhere. */
  readonly ref: StepRef | undefined
  /** The entry of the home screen that it is. */
  readonly home?: Extract<HomeEntry, { kind: 'drill' | 'session' }>
  /** The id of a cause. */
  readonly cause?: string
}

/** Names that are looked in together, in lower case; the first are the weightiest. */
type Tier = { readonly entries: readonly SearchEntry[]; readonly texts: readonly string[] }

const tierOf = (entries: readonly SearchEntry[]): Tier => ({
  entries,
  texts: entries.map(({ name }) => name.toLowerCase()),
})

const stepEntries = (library: Library): readonly SearchEntry[] =>
  [...library.trees.values()].flatMap(tree =>
    tree.steps.map((step): SearchEntry => {
      const ref = { runbook: tree.name, step: step.id }
      return { kind: 'step', name: stepName(step), where: tree.title, ref }
    }),
  )

const commandEntries = (library: Library): readonly SearchEntry[] =>
  [...library.trees.values()].flatMap(tree =>
    tree.steps.flatMap(step =>
      step.commands.map(({ run }): SearchEntry => {
        const ref = { runbook: tree.name, step: step.id }
        return { kind: 'command', name: oneLine(run), where: step.title, ref }
      }),
    ),
  )

/** A cause leads to the first of its steps that there is. */
const causeEntries = ({ library, knowledge }: AppServices['context']): readonly SearchEntry[] =>
  [...knowledge.causes.values()].map(({ id, title, layer, next }) => {
    const ref = next.find(to => findStep(library, to) !== undefined)
    return { kind: 'cause', name: `${title} (${id})`, where: layer, ref, cause: id }
  })

const homeEntries = (home: readonly HomeEntry[]): readonly SearchEntry[] =>
  home.flatMap((entry): readonly SearchEntry[] => {
    if (entry.kind === 'symptom') {
      const { say, title, ref } = entry
      return [{ kind: 'complaint', name: say, where: title ?? ref.runbook, ref }]
    }
    if (entry.kind === 'drill') {
      const { title, name, layer } = entry.drill
      return [{ kind: 'drill', name: `${title} (${name})`, where: layer, ref: undefined, home: entry }]
    }
    if (entry.kind !== 'session') return []
    const { header, status } = entry.summary
    const name = `${header.startedAt.slice(0, 16).replace('T', ' ')} ${entry.title} ${header.host}`
    return [{ kind: 'session', name, where: status, ref: undefined, home: entry }]
  })

type Index = { readonly home: readonly HomeEntry[]; readonly tiers: readonly Tier[] }

const indexes = new WeakMap<Library, Index>()

/** What can be found, gathered once for as long as the runbooks and the home screen stay as they are: a search asks with every key. */
const indexOf = ({ services: { context }, home }: SearchSources): Index => {
  const before = indexes.get(context.library)
  if (before?.home === home) return before
  const titles = [...stepEntries(context.library), ...causeEntries(context), ...homeEntries(home)]
  const index = { home, tiers: [tierOf(titles), tierOf(commandEntries(context.library))] }
  indexes.set(context.library, index)
  return index
}

/** A search gives at most so many: more are not scrolled through by anyone. */
export const mostHits = 200

const search = ({ tiers }: Index, wanted: string, here: string | undefined): readonly SearchEntry[] => {
  const isHere = ({ ref }: SearchEntry): boolean => here !== undefined && ref?.runbook === here
  const found: SearchEntry[] = []
  for (const { entries, texts } of tiers) {
    if (found.length >= mostHits) break
    const fitting = rankTexts(texts, wanted).flatMap(at => entries[at] ?? [])
    found.push(...fitting.filter(isHere), ...fitting.filter(entry => !isHere(entry)))
  }
  return found.slice(0, mostHits)
}

const unsearched = ({ tiers }: Index, here: string | undefined): readonly SearchEntry[] => {
  const steps = tiers[0]?.entries.filter(({ kind }) => kind === 'step') ?? []
  return here === undefined ? steps : steps.filter(({ ref }) => ref?.runbook === here)
}

type Answer = { readonly index: Index; readonly wanted: string; readonly here: string | undefined }

let latest: (Answer & { readonly found: readonly SearchEntry[] }) | undefined

/**
 * What fits a search in all runbooks: titles of steps, causes, complaints, drills and earlier sessions first, then commands, each the closest first
 * and those of the runbook that is walked before others. An empty search gives the steps of that runbook in the document's order.
 */
export const searchEntries = (sources: SearchSources, typed: string): readonly SearchEntry[] => {
  const index = indexOf(sources)
  const wanted = typed.trim()
  const here = sources.scene?.ref.runbook
  if (latest?.index === index && latest.wanted === wanted && latest.here === here) return latest.found
  const found = wanted === '' ? unsearched(index, here) : search(index, wanted, here)
  latest = { index, wanted, here, found }
  return found
}
