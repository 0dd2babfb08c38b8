import { type Diagnostic, lazily } from '../base/index.ts'
import { type RunbookDocument, spanOfLines } from '../document/index.ts'
import { checkReferences } from './check-references.ts'
import { compileCommands } from './compile-commands.ts'
import { type Draft, draftSteps } from './draft-steps.ts'
import { explain } from './explanation.ts'
import { layersOf } from './layers.ts'
import { collectVariables } from './placeholders/collect-variables.ts'
import { createPlaceholderFinder } from './placeholders/find-placeholders.ts'
import { readReference } from './read-destination.ts'
import { sectionNumber } from './section-number.ts'
import type { Step, Symptom, Tree } from './types.ts'

/** A tree and what was wrong with the references between its parts. */
export type CompiledTree = { readonly tree: Tree; readonly diagnostics: readonly Diagnostic[] }

/** What `compileTree` is given; `digest` makes the SHA-256 of the source, once somebody needs to tell versions apart: what only shows a tree is spared it. */
export type TreeSource = { readonly document: RunbookDocument; readonly digest?: () => string }

const childrenOf = (drafts: readonly Draft[]): ReadonlyMap<string, readonly string[]> => {
  const children = new Map<string, string[]>()
  for (const { id, parent } of drafts) {
    if (parent === undefined) continue
    const siblings = children.get(parent)
    if (siblings === undefined) children.set(parent, [id])
    else siblings.push(id)
  }
  return children
}

const compileSteps = (document: RunbookDocument, drafts: readonly Draft[]): readonly Step[] => {
  const { frontMatter, lines } = document
  const layers = layersOf(frontMatter, drafts)
  const children = childrenOf(drafts)
  const findPlaceholders = createPlaceholderFinder(frontMatter.variables)
  return drafts.map((draft, order): Step => {
    const { id, title, level, parent, parts, claims, indent } = draft
    return {
      id,
      title,
      number: sectionNumber(title),
      level,
      parent,
      children: children.get(id) ?? [],
      layer: layers.get(id),
      span: spanOfLines(lines, draft.lines),
      explanation: explain(lines, draft.range, { claims, indent }),
      commands: compileCommands(parts.blocks, {
        stepId: id,
        defaultPlace: frontMatter.where,
        findPlaceholders,
      }),
      lookFor: parts.lookFor,
      branches: parts.branches,
      links: parts.links,
      next: drafts[order + 1]?.id,
    }
  })
}

const titleOf = ({ frontMatter, sections, name }: RunbookDocument): string => {
  const headings = sections.filter(section => section.level > 0)
  const top = headings.find(section => section.level === 1) ?? headings[0]
  return frontMatter.title ?? (top?.title || name)
}

const symptomsOf = ({ frontMatter, name, anchors }: RunbookDocument): readonly Symptom[] =>
  frontMatter.symptoms.map(({ say, go, line }) => ({
    say,
    go: readReference(go, { runbook: name, anchors }),
    line,
  }))

const startOf = ({ frontMatter, anchors }: RunbookDocument, steps: readonly Step[]): string | undefined => {
  const wanted = frontMatter.start?.slug ?? ''
  const ids = new Set(steps.map(step => step.id))
  return [wanted, anchors.get(wanted) ?? ''].find(id => ids.has(id)) ?? steps[0]?.id
}

/**
 * Compiles a document into a decision tree. Never throws: a reference to a step that does not exist is a diagnostic, and the
 * tree then does without it (triage begins at the first step).
 */
export const compileTree = ({ document, digest = () => '' }: TreeSource): CompiledTree => {
  const drafts = draftSteps(document)
  const steps = compileSteps(document, drafts)
  const digestOnce = lazily(digest)
  const tree: Tree = {
    name: document.name,
    title: titleOf(document),
    summary: document.frontMatter.summary,
    get digest() {
      return digestOnce()
    },
    start: startOf(document, steps),
    symptoms: symptomsOf(document),
    variables: collectVariables(document.frontMatter, steps),
    requires: document.frontMatter.requires,
    ...(document.frontMatter.where === undefined ? {} : { where: document.frontMatter.where }),
    steps,
    stepById: new Map(steps.map(step => [step.id, step])),
  }
  return { tree, diagnostics: checkReferences(document, tree, drafts) }
}
