import type { Destination, StepRef } from '../../base/index.ts'
import { findStep, type Intent, judgementOf, type Library, type Session } from '../../session/index.ts'
import type { Branch, Step } from '../../tree/index.ts'
import { keyOf } from '../keys/key-of.ts'
import type { AppServices } from '../services.ts'

/** How much speaks for a way on. `open` means that nothing has been judged yet; `free` needs no judgement. */
export type Standing = 'recommended' | 'holds' | 'ruled-out' | 'unknown' | 'open' | 'choice' | 'free'

/** One way on from the step. */
export type Choice = {
  /** The key that takes it: a digit, or the key of its own binding. */
  readonly key: string
  readonly title: string
  /** The author's words on when to go there. */
  readonly label: string
  readonly standing: Standing
  /** Why it stands so. */
  readonly because: string
  /** What taking it means for the session; absent for the free choice of a step. */
  readonly intent: Intent | undefined
}

const sameRef = (one: StepRef, other: StepRef): boolean =>
  one.runbook === other.runbook && one.step === other.step

const titleOf = (library: Library, to: Destination): string => {
  if (to.kind === 'resolved') return 'Resolved: close this triage'
  if (to.kind === 'escalate') return 'Escalate: hand over to the next person'
  return findStep(library, to.ref)?.title ?? `${to.ref.runbook}#${to.ref.step} (not found)`
}

type Verdicts = NonNullable<ReturnType<typeof judgementOf>>

const standingOf = (branch: Branch, at: number, judgement: Verdicts | undefined): Standing => {
  if (judgement?.recommended === at) return 'recommended'
  if (branch.condition.kind === 'choice') return 'choice'
  const status = judgement?.verdicts.find(verdict => verdict.branch === at)?.status
  if (status === undefined) return 'open'
  return status === 'holds' ? 'holds' : status === 'fails' ? 'ruled-out' : 'unknown'
}

/** What choices are made of. */
export type Situation = {
  readonly session: Session
  readonly library: Library
  readonly ref: StepRef
  readonly step: Step
}

/** The same with the keys of the ways that have a binding of their own. */
type KeyedSituation = Situation & { readonly keys: Pick<AppServices, 'bindings'> }

/** The branches of a step as ways on. */
export const branchChoices = ({ session, library, ref, step }: Situation): readonly Choice[] => {
  const judgement = judgementOf(session, ref)
  return step.branches.map((branch, at) => ({
    key: at < 9 ? `${at + 1}` : '',
    title: titleOf(library, branch.to),
    label: branch.label,
    standing: standingOf(branch, at, judgement),
    because: judgement?.verdicts.find(verdict => verdict.branch === at)?.because ?? '',
    intent: { type: 'take-branch', branch: at },
  }))
}

const linkChoices = ({ library, ref, step }: Situation, taken: number): readonly Choice[] => {
  const isBranch = (to: StepRef): boolean =>
    step.branches.some(branch => branch.to.kind === 'step' && sameRef(branch.to.ref, to))
  const refs = step.links.flatMap(link => (link.to.kind === 'step' ? [link.to.ref] : []))
  const fresh = refs.filter(
    (to, at) => !isBranch(to) && !sameRef(to, ref) && refs.findIndex(other => sameRef(other, to)) === at,
  )
  return fresh.map((to, at) => ({
    key: taken + at < 9 ? `${taken + at + 1}` : '',
    title: titleOf(library, { kind: 'step', ref: to }),
    label: 'named in the text',
    standing: 'free',
    because: '',
    intent: { type: 'enter-step', ref: to },
  }))
}

const nextChoice = ({ library, ref, step, keys }: KeyedSituation): readonly Choice[] => {
  if (step.next === undefined) return []
  const title = titleOf(library, { kind: 'step', ref: { ...ref, step: step.next } })
  return [
    {
      key: keyOf(keys, 'go-next'),
      title,
      label: 'next in the document',
      standing: 'free',
      because: '',
      intent: { type: 'go-next' },
    },
  ]
}

const freeChoice = ({ keys }: KeyedSituation): Choice => ({
  key: keyOf(keys, 'jump'),
  title: 'Choose another step…',
  label: '',
  standing: 'free',
  because: '',
  intent: undefined,
})

/** Every way on from a step: its branches, steps that its text names, the next in the document, and any other. */
export const choicesOf = (situation: KeyedSituation): readonly Choice[] => {
  const branches = branchChoices(situation)
  return [
    ...branches,
    ...linkChoices(situation, branches.length),
    ...nextChoice(situation),
    freeChoice(situation),
  ]
}
