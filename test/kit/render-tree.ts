import type { Span } from '../../src/base/index.ts'
import type { Branch, LookFor, Step, StepCommand, Tree, Variable } from '../../src/tree/index.ts'

const nowhere: Span = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }

/** A command of a made-up step; what is not given is as the plainest command has it. */
export const aCommand = (id: string, run: string, more: Partial<StepCommand> = {}): StepCommand => ({
  id,
  run,
  caption: undefined,
  place: undefined,
  block: 0,
  mode: undefined,
  timeoutMs: undefined,
  cwd: undefined,
  declaredEffect: undefined,
  optional: false,
  excludeFromRunAll: false,
  placeholders: [...run.matchAll(/<([a-z-]+)>/g)].map(([text, name = '']) => ({ name, text })),
  sample: undefined,
  span: nowhere,
  ...more,
})

/** What a made-up step is given; commands are lines. */
export type StepParts = Omit<Partial<Step>, 'commands' | 'branches' | 'lookFor'> & {
  readonly id: string
  readonly commands?: readonly (string | StepCommand)[]
  readonly branches?: readonly Omit<Branch, 'line' | 'when'>[]
  readonly lookFor?: readonly Omit<LookFor, 'line'>[]
}

const aStep = (parts: StepParts, next: string | undefined): Step => ({
  title: parts.id,
  number: undefined,
  level: 2,
  parent: undefined,
  children: [],
  layer: undefined,
  span: nowhere,
  explanation: '',
  links: [],
  next,
  ...parts,
  commands: (parts.commands ?? []).map((command, at) =>
    typeof command === 'string' ? aCommand(`${parts.id}/${at + 1}`, command) : command,
  ),
  branches: (parts.branches ?? []).map(branch => ({ ...branch, when: '', line: 1 })),
  lookFor: (parts.lookFor ?? []).map(item => ({ ...item, line: 1 })),
})

/** A runbook of made-up steps, in order. */
export const aTree = (name: string, steps: readonly StepParts[], more: Partial<Tree> = {}): Tree => {
  const made = steps.map((parts, at) => aStep(parts, steps[at + 1]?.id))
  return {
    name,
    title: name,
    summary: undefined,
    digest: 'made-up',
    start: made[0]?.id,
    symptoms: [],
    variables: made
      .flatMap(step => step.commands.flatMap(command => command.placeholders))
      .map(
        ({ name: variable }): Variable => ({
          name: variable,
          about: undefined,
          type: 'text',
          from: undefined,
        }),
      ),
    requires: [],
    steps: made,
    stepById: new Map(made.map(step => [step.id, step])),
    ...more,
  }
}

/** A branch to another step of the same runbook. */
export const branchTo = (
  runbook: string,
  step: string,
  rest: Pick<Branch, 'condition' | 'label'>,
): Omit<Branch, 'line' | 'when'> => ({ ...rest, to: { kind: 'step', ref: { runbook, step } } })
