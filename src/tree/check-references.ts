import type { Diagnostic } from '../base/index.ts'
import type { RunbookDocument } from '../document/index.ts'
import type { Draft } from './draft-steps.ts'
import { diagnose } from './lint/remark.ts'
import type { Tree } from './types.ts'

const checkStart = ({ frontMatter, anchors }: RunbookDocument, tree: Tree): readonly Diagnostic[] => {
  const { start } = frontMatter
  if (start === undefined || tree.stepById.has(start.slug) || anchors.has(start.slug)) return []
  return [
    diagnose({
      code: 'E_TREE_START_UNKNOWN',
      severity: 'error',
      message: `The front matter starts at "${start.slug}", which is no step.`,
      advice:
        'Write the slug of a heading, as a link to it would have it. Triage begins at the first step for now.',
      line: start.line,
    }),
  ]
}

const checkLayers = ({ frontMatter }: RunbookDocument, tree: Tree): readonly Diagnostic[] =>
  frontMatter.layers
    .filter(({ slug }) => !tree.stepById.has(slug.replace(/^#/, '')))
    .map(({ slug, line }) =>
      diagnose({
        code: 'E_TREE_LAYER_STEP_UNKNOWN',
        severity: 'error',
        message: `"layers" names "${slug}", which is no step.`,
        advice: 'Write the slug of a heading, as a link to it would have it.',
        line,
      }),
    )

const checkArrows = (drafts: readonly Draft[]): readonly Diagnostic[] =>
  drafts.flatMap(({ parts }) =>
    parts.looseArrows.map(line =>
      diagnose({
        code: 'E_TREE_ARROW_WITHOUT_LINK',
        severity: 'hint',
        message: 'This item has an arrow but no link to a step, so it is read as text.',
        advice: 'Write → [Title](#slug) to make it a branch.',
        line,
      }),
    ),
  )

/** Checks what the front matter and the list items of a document refer to, as far as the document itself can tell. */
export const checkReferences = (
  document: RunbookDocument,
  tree: Tree,
  drafts: readonly Draft[],
): readonly Diagnostic[] => [
  ...checkStart(document, tree),
  ...checkLayers(document, tree),
  ...checkArrows(drafts),
]
