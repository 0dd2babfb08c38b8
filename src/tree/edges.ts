import type { Destination } from '../base/index.ts'
import type { Branch, Step, Tree } from './types.ts'

/** A way from a step: by a branch, by a link in the prose, or on to the step that follows in the document. */
export type Edge =
  | { readonly kind: 'branch'; readonly to: Destination; readonly branch: Branch }
  | { readonly kind: 'link'; readonly to: Destination }
  | { readonly kind: 'next'; readonly to: Destination }

/** Whether the branches cover every case, so that nobody falls through to the step that follows. */
export const isExhaustive = ({ branches }: Step): boolean =>
  branches.some(({ condition }) => condition.kind === 'otherwise')

/** The ways on from a step, branches first. */
export const edgesOf = (tree: Tree, step: Step): readonly Edge[] => {
  const falls = step.next !== undefined && !isExhaustive(step)
  return [
    ...step.branches.map((branch): Edge => ({ kind: 'branch', to: branch.to, branch })),
    ...step.links.map((link): Edge => ({ kind: 'link', to: link.to })),
    ...(falls && step.next !== undefined
      ? [
          {
            kind: 'next' as const,
            to: { kind: 'step' as const, ref: { runbook: tree.name, step: step.next } },
          },
        ]
      : []),
  ]
}

/** The id of a destination that is a step of this tree; `undefined` for any other. */
export const ownStep = (tree: Tree, to: Destination): string | undefined =>
  to.kind === 'step' && to.ref.runbook === tree.name && tree.stepById.has(to.ref.step)
    ? to.ref.step
    : undefined
