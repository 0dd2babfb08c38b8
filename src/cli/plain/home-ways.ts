import { rankTexts, type StepRef } from '../../base/index.ts'
import type { SessionSummary } from '../../runtime/index.ts'
import { type DecideContext, findStep } from '../../session/index.ts'
import type { HomeEntry } from '../../ui/index.ts'

/** What is begun from the home list: a step of a runbook, a drill, or an earlier session. */
export type Beginning =
  | { readonly kind: 'step'; readonly at: StepRef }
  | { readonly kind: 'drill'; readonly name: string }
  | { readonly kind: 'session'; readonly summary: SessionSummary }

type Told = { readonly name: string; readonly text: string; readonly begins: Beginning }

/** Something to begin, and what is typed for it: its key, or its name. */
export type Way = Told & { readonly key: string }

/** The ways of the home list by section, each in its order. */
export type HomeWays = Readonly<Record<HomeEntry['kind'], readonly Way[]>>

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

const letters: Readonly<Record<HomeEntry['kind'], string>> = {
  symptom: 'w',
  runbook: '',
  drill: 'd',
  session: 's',
}

/** The ways of what the home screen lists, numbered in each section. */
export const homeWays = (entries: readonly HomeEntry[]): HomeWays => {
  const ofKind = (kind: HomeEntry['kind']): readonly Way[] =>
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

const stepWays = ({ library }: DecideContext): readonly Told[] =>
  [...library.trees.values()].flatMap(tree =>
    tree.steps.map(({ id, title }) => ({
      name: `${tree.name}#${id}`,
      text: `${title} (step of ${tree.title})`,
      begins: { kind: 'step', at: { runbook: tree.name, step: id } },
    })),
  )

const commandWays = ({ library }: DecideContext): readonly Told[] =>
  [...library.trees.values()].flatMap(tree =>
    tree.steps.flatMap(({ id, title, commands }) =>
      commands.map(
        ({ run }): Told => ({
          name: `${tree.name}#${id}`,
          text: `${run.replace(/\s*\n\s*/g, '; ')} (command of ${title}, ${tree.title})`,
          begins: { kind: 'step', at: { runbook: tree.name, step: id } },
        }),
      ),
    ),
  )

const causeWays = ({ library, knowledge }: DecideContext): readonly Told[] =>
  [...knowledge.causes.values()].flatMap(({ id, title, next }): readonly Told[] => {
    const at = next.find(ref => findStep(library, ref) !== undefined)
    return at === undefined
      ? []
      : [{ name: id, text: `${title} (cause ${id})`, begins: { kind: 'step', at } }]
  })

const MOST_FOUND = 20

const fitting = (told: readonly Told[], words: string): readonly Told[] => {
  const texts = told.map(({ name, text }) => `${text} ${name}`.toLowerCase())
  return rankTexts(texts, words).flatMap(at => told[at] ?? [])
}

/** What holds the words, numbered anew: what has a title first, the commands of all runbooks after it. */
export const findWays = (ways: HomeWays, context: DecideContext, words: string): readonly Way[] => {
  const { symptom, runbook, drill, session } = ways
  const titled = [...symptom, ...stepWays(context), ...causeWays(context), ...runbook, ...drill, ...session]
  return [...fitting(titled, words), ...fitting(commandWays(context), words)]
    .slice(0, MOST_FOUND)
    .map((way, at) => ({ ...way, key: `f${at + 1}` }))
}
