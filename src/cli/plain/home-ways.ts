import type { StepRef } from '../../base/index.ts'
import type { SessionSummary } from '../../runtime/index.ts'
import {
  type HomeEntry,
  type HomeSection,
  type SearchEntry,
  type SearchSources,
  searchEntries,
} from '../../ui/index.ts'

/** What is begun from the home list: a step of a runbook, a drill, or an earlier session. */
export type Beginning =
  | { readonly kind: 'step'; readonly at: StepRef }
  | { readonly kind: 'drill'; readonly name: string }
  | { readonly kind: 'session'; readonly summary: SessionSummary }

type Told = { readonly name: string; readonly text: string; readonly begins: Beginning }

/** Something to begin, and what is typed for it: its key, or its name. */
export type Way = Told & { readonly key: string }

/** The ways of the home list by section, each in its order. */
export type HomeWays = Readonly<Record<HomeSection, readonly Way[]>>

const wayOf = (entry: HomeEntry): readonly Told[] => {
  switch (entry.kind) {
    case 'symptom': {
      const text = `${entry.say}${entry.title === undefined ? '' : ` (${entry.title})`}`
      return [{ name: entry.say, text, begins: { kind: 'step', at: entry.ref } }]
    }
    case 'runbook': {
      const { name, title, summary } = entry.runbook
      const text = `${name}: ${title}${summary === undefined ? '' : `. ${summary}`}`
      return entry.start === undefined ? [] : [{ name, text, begins: { kind: 'step', at: entry.start } }]
    }
    case 'drill': {
      const { name, title, level, layer, best } = entry.drill
      const remarks = [
        ...(entry.isOffered ? ['next for you'] : []),
        ...(best === undefined ? [] : [`best ${best}`]),
        `level ${level}`,
        layer,
      ]
      return [{ name, text: `${title} (${remarks.join(', ')})`, begins: { kind: 'drill', name } }]
    }
    case 'session': {
      const { header, status } = entry.summary
      const text = `${header.startedAt.slice(0, 16).replace('T', ' ')} ${entry.title}, ${header.target}, ${status}`
      return [{ name: header.sessionId, text, begins: { kind: 'session', summary: entry.summary } }]
    }
  }
}

/** What stands before the numbers of a section, and is typed for the whole of it; runbooks have bare numbers. */
export const letters: Readonly<Record<HomeSection, string>> = {
  symptom: 'w',
  runbook: '',
  drill: 'd',
  session: 's',
}

/** The ways of what the home screen lists, numbered in each section. */
export const homeWays = (entries: readonly HomeEntry[]): HomeWays => {
  const ofKind = (kind: HomeSection): readonly Way[] =>
    entries
      .filter(entry => entry.kind === kind)
      .flatMap(wayOf)
      .map((way, at) => ({ ...way, key: `${letters[kind]}${at + 1}` }))
  return {
    symptom: ofKind('symptom'),
    runbook: ofKind('runbook'),
    drill: ofKind('drill'),
    session: ofKind('session'),
  }
}

const foundWay = ({ kind, name, where, ref, home, cause }: SearchEntry): readonly Told[] => {
  if (home !== undefined) return wayOf(home)
  if (ref === undefined) return []
  const text = `${name} (${kind}, ${where})`
  return [{ name: cause ?? `${ref.runbook}#${ref.step}`, text, begins: { kind: 'step', at: ref } }]
}

/** What holds the words, as the screens find it, numbered anew. */
export const findWays = (sources: SearchSources, words: string): readonly Way[] =>
  searchEntries(sources, words)
    .flatMap(foundWay)
    .map((way, at) => ({ ...way, key: `f${at + 1}` }))
