import type { Destination, StepRef } from '../base/index.ts'
import { findStep, type Library, type StampedEvent, stepKey } from '../session/index.ts'
import type { ReportStep, ReportWay } from './types.ts'

type Entered = Extract<StampedEvent, { type: 'step-entered' }>
type Judged = Extract<StampedEvent, { type: 'branches-judged' }>

const titleOf = (library: Library, to: Destination): string =>
  to.kind === 'step' ? (findStep(library, to.ref)?.title ?? stepKey(to.ref)) : to.kind

const sameStep = (one: StepRef, other: StepRef): boolean => stepKey(one) === stepKey(other)

const reasons: Readonly<Record<Entered['reason'], string>> = {
  start: 'the start',
  jump: 'chosen',
  branch: 'by a branch',
  next: 'next in the document',
  back: 'back',
  forward: 'forward again',
}

/** The ways on from a step as they were judged last while one stood there, and which was taken. */
const waysOf = (library: Library, ref: StepRef, during: readonly StampedEvent[]): readonly ReportWay[] => {
  const step = findStep(library, ref)
  const judged = during.findLast(
    (event): event is Judged & StampedEvent => event.type === 'branches-judged' && sameStep(event.ref, ref),
  )
  const taken = during.find(event => event.type === 'branch-taken' && sameStep(event.ref, ref))
  return (step?.branches ?? []).map((branch, index) => {
    const verdict = judged?.judgement.verdicts.find(one => one.branch === index)
    return {
      label: branch.label || branch.when || 'otherwise',
      to: titleOf(library, branch.to),
      status: verdict?.status ?? 'unknown',
      because: verdict?.because ?? 'not looked at',
      taken: taken?.type === 'branch-taken' && taken.branch === index,
    }
  })
}

/** Every step that was entered, with what was known of its ways on when it was left. */
export const reportPath = (events: readonly StampedEvent[], library: Library): readonly ReportStep[] => {
  const entries = events.flatMap((event, index) => (event.type === 'step-entered' ? [{ event, index }] : []))
  return entries.map(({ event, index }, position) => {
    const until = entries[position + 1]?.index ?? events.length
    const step = findStep(library, event.ref)
    return {
      at: event.at,
      id: stepKey(event.ref),
      title: step?.title ?? event.ref.step,
      layer: step?.layer,
      reason: reasons[event.reason],
      ways: waysOf(library, event.ref, events.slice(index, until)),
    }
  })
}
