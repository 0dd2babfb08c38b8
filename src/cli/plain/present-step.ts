import type { Condition } from '../../base/index.ts'
import { wordOutcome } from '../../base/index.ts'
import {
  effectOfCommand,
  judgementOf,
  type Library,
  latestRunOf,
  type Run,
  type Session,
} from '../../session/index.ts'
import type { Branch, Step, StepCommand } from '../../tree/index.ts'

const effectWords: Readonly<Record<Run['effect'], string>> = {
  read: 'reads',
  change: 'CHANGES',
  destructive: 'DESTROYS',
  unknown: 'UNKNOWN EFFECT',
}

const stateOf = (run: Run | undefined): string =>
  run === undefined ? '' : run.outcome === undefined ? ` (${run.phase})` : ` (${wordOutcome(run.outcome)})`

const presentCommand = (session: Session, command: StepCommand, index: number): readonly string[] => {
  const { effect } = effectOfCommand(command, session.variables)
  const caption = command.caption === undefined ? [] : [`      ${command.caption.replaceAll('\n', ' ')}`]
  const [first = '', ...rest] = command.run.split('\n')
  const place = command.place === undefined ? '' : `, on ${command.place}`
  const label = `  c${index + 1}  `
  const state = stateOf(latestRunOf(session, command.id))
  return [
    `${label}${first}  [${effectWords[effect]}${place}]${state}`,
    ...rest.map(l => `      ${l}`),
    ...caption,
  ]
}

const titleOf = ({ to }: Branch, library: Library): string => {
  if (to.kind === 'resolved') return 'Resolved: the problem is solved'
  if (to.kind === 'escalate') return 'Escalate: hand over to someone who knows more'
  return (
    library.trees.get(to.ref.runbook)?.stepById.get(to.ref.step)?.title ?? `${to.ref.runbook}#${to.ref.step}`
  )
}

const verdictWords = { holds: 'holds', fails: 'not indicated', unknown: 'unknown' } as const

const waysOf: Readonly<Record<Condition['kind'], string>> = {
  cause: 'not checked yet',
  fact: 'not checked yet',
  text: 'not checked yet',
  otherwise: 'when nothing above holds',
  choice: 'your choice',
}

type View = { readonly session: Session; readonly library: Library }

const presentBranch = ({ session, library }: View, branch: Branch, index: number): string => {
  const judgement = judgementOf(session)
  const verdict = judgement?.verdicts[index]
  const mark = judgement?.recommended === index ? 'RECOMMENDED ' : ''
  const words =
    verdict === undefined
      ? waysOf[branch.condition.kind]
      : `${verdictWords[verdict.status]}: ${verdict.because}`
  const label = branch.label === '' ? '' : `, ${branch.label}`
  return `  ${index + 1}  ${mark}${titleOf(branch, library)}${label} (${words})`
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines]

/** A step as linear text: title, explanation, commands, what to look for, ways on. */
export const presentStep = (session: Session, library: Library, step: Step): readonly string[] => [
  '',
  `## ${step.title}  (#${step.id})`,
  ...(step.explanation.trim() === '' ? [] : ['', step.explanation.trim()]),
  ...section(
    'Commands',
    step.commands.flatMap((command, index) => presentCommand(session, command, index)),
  ),
  ...section(
    'Look for',
    step.lookFor.map(
      l => `  ${l.pattern.kind === 'literal' ? l.pattern.text : l.pattern.source}: ${l.means}`,
    ),
  ),
  ...presentNext(session, library, step),
]

/** The ways on from a step, numbered. */
export const presentNext = (session: Session, library: Library, step: Step): readonly string[] => {
  const next =
    step.next === undefined ? [] : [`  ]  next in the document: ${titleOfStep(session, library, step.next)}`]
  return section('Next', [
    ...step.branches.map((branch, index) => presentBranch({ session, library }, branch, index)),
    ...next,
  ])
}

const titleOfStep = (session: Session, library: Library, id: string): string =>
  library.trees.get(session.current?.runbook ?? '')?.stepById.get(id)?.title ?? id
