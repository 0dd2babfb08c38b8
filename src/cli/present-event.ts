import { formatCounted, type StepRef, wordOutcome } from '../base/index.ts'
import type { CloseStatus, Library, SessionEvent, StampedEvent } from '../session/index.ts'
import type { Branch } from '../tree/index.ts'

const endings: Readonly<Record<CloseStatus, string>> = {
  healthy: 'Healthy: nothing was found.',
  resolved: 'Resolved.',
  'problem-found': 'A problem was found.',
  escalated: 'To be escalated.',
  asked: 'Stopped: from here on a person has to decide.',
  failed: 'Failed: the target, or what it lacks, kept commands from being run.',
  interrupted: 'Interrupted.',
  left: 'Left.',
}

type Names = {
  readonly titleOf: (ref: StepRef) => string
  readonly branchOf: (ref: StepRef, index: number) => Branch | undefined
}

const namesIn = ({ trees }: Library): Names => {
  const stepOf = (ref: StepRef) => trees.get(ref.runbook)?.stepById.get(ref.step)
  return {
    titleOf: ref => stepOf(ref)?.title ?? ref.step,
    branchOf: (ref, index) => stepOf(ref)?.branches[index],
  }
}

const destinationOf = (branch: Branch | undefined, names: Names): string => {
  if (branch === undefined) return '?'
  return branch.to.kind === 'step' ? names.titleOf(branch.to.ref) : branch.to.kind
}

const presentConclusion = (event: SessionEvent, names: Names): readonly string[] => {
  if (event.type === 'findings-derived')
    return event.findings.flatMap(f => [
      `    ${f.severity}: ${f.cause}: ${f.title}`,
      ...f.evidence.slice(0, 2).map(e => `      ${e.line > 0 ? `line ${e.line}: ` : ''}${e.text.trim()}`),
    ])
  if (event.type === 'branches-judged') {
    const { recommended, verdicts } = event.judgement
    if (recommended === undefined) return []
    const branch = names.branchOf(event.ref, recommended)
    return [`  → ${destinationOf(branch, names)}: ${verdicts[recommended]?.because ?? ''}`]
  }
  return []
}

const presentEvent = (event: StampedEvent, names: Names): readonly string[] => {
  switch (event.type) {
    case 'step-entered':
      return ['', `${names.titleOf(event.ref)}  #${event.ref.step}`]
    case 'place-mapped':
      return [`${event.place} is ${event.machine.host} (${event.machine.target})`]
    case 'run-finished':
      return [`    ${wordOutcome(event.outcome)}, ${formatCounted(event.totalLines, 'line')}`]
    case 'session-closed':
      return [
        '',
        endings[event.status],
        ...(event.causes.length > 0 ? [`Causes: ${event.causes.join(', ')}`] : []),
      ]
    default:
      return presentConclusion(event, names)
  }
}

/**
 * A listener that tells a session's events to people, line by line. A command is told when it starts, and only the last verdict of a
 * step, when the step is left.
 */
export const createTextReporter = (
  library: Library,
  out: (line: string) => void,
): ((event: StampedEvent) => void) => {
  const names = namesIn(library)
  const commands = new Map<string, string>()
  let verdict: readonly string[] = []
  return event => {
    if (event.type === 'run-requested') commands.set(event.run.runId, event.run.line)
    if (event.type === 'run-started') out(`  $ ${commands.get(event.runId) ?? ''}`)
    if (event.type === 'step-entered' || event.type === 'session-closed') {
      verdict.forEach(out)
      verdict = []
    }
    if (event.type === 'branches-judged') verdict = presentConclusion(event, names)
    else presentEvent(event, names).forEach(out)
  }
}
