import type { CommandMode, Condition, Destination, Layer, Place, Span, TextPattern } from '../base/index.ts'

/** A runbook as a decision tree. Steps stand in document order. */
export type Tree = {
  /** The name under which the library knows the runbook: `mks-node`, or a path for a document from outside. */
  readonly name: string
  readonly title: string
  readonly summary: string | undefined
  /** SHA-256 of the source text, hexadecimal. */
  readonly digest: string
  /** Id of the step where guided triage begins; `undefined` only when there is no step at all. */
  readonly start: string | undefined
  readonly symptoms: readonly Symptom[]
  readonly variables: readonly Variable[]
  /** Programs that the runbook's commands need. */
  readonly requires: readonly string[]
  readonly steps: readonly Step[]
  /** The place that its commands are meant for unless they say otherwise. */
  readonly where?: Place
  readonly stepById: ReadonlyMap<string, Step>
}

/** What someone would complain of, and the step to begin with. */
export type Symptom = { readonly say: string; readonly go: Destination; readonly line: number }

/** The types a placeholder's value may be declared to have. */
export type VariableType =
  | 'ip'
  | 'host'
  | 'port'
  | 'name'
  | 'path'
  | 'number'
  | 'duration'
  | 'text'
  | 'secret'

/** A placeholder of the runbook with what is known of it. Declared in front matter or found in a command. */
export type Variable = {
  readonly name: string
  readonly about: string | undefined
  readonly type: VariableType
  /** A CEL expression over collected facts that suggests values. */
  readonly from: string | undefined
}

/** One step: a heading's section, or one item of an ordered list that holds commands. */
export type Step = {
  /** GitHub's slug of the heading; sub-steps append `-1`, `-2` … */
  readonly id: string
  readonly title: string
  /** Section number written in the heading, such as `7.2`. */
  readonly number: string | undefined
  /** Heading level 1–6; a list sub-step is one deeper than its section; 0 for text before the first heading. */
  readonly level: number
  readonly parent: string | undefined
  readonly children: readonly string[]
  readonly layer: Layer | undefined
  readonly span: Span
  /** Markdown of the explanation, without the command fences, look-for items and branch items. */
  readonly explanation: string
  readonly commands: readonly StepCommand[]
  readonly lookFor: readonly LookFor[]
  readonly branches: readonly Branch[]
  /** Links to steps that stand in the prose and are no branch. */
  readonly links: readonly Link[]
  /** The step that follows in the document; `undefined` for the last. */
  readonly next: string | undefined
}

/** One runnable command of a step. */
export type StepCommand = {
  /** Unique in the tree: `<step id>/<name or ordinal>`. */
  readonly id: string
  /** The logical command, continuation lines joined, prompts stripped, placeholders still in it. */
  readonly run: string
  readonly caption: string | undefined
  readonly place: Place | undefined
  /** Which fence of the step it stands in, counted from 0: a block can be run as a whole. */
  readonly block: number
  readonly mode: CommandMode | undefined
  readonly timeoutMs: number | undefined
  readonly cwd: string | undefined
  /** The author's word on the effect; it can only make the classifier stricter unless the operator is told. */
  readonly declaredEffect: 'read' | 'change' | 'destructive' | undefined
  readonly optional: boolean
  readonly excludeFromRunAll: boolean
  readonly placeholders: readonly Placeholder[]
  /** Sample output that the document shows behind the command; never run. */
  readonly sample: string | undefined
  readonly span: Span
}

/** A placeholder as it stands in a command: `text` is its exact spelling there, `name` the variable that fills it. */
export type Placeholder = { readonly name: string; readonly text: string }

/** What to look for in the step's output and what it means. */
export type LookFor = {
  readonly pattern: TextPattern
  readonly means: string
  readonly line: number
  /** Where the pattern stands on its line, behind the backtick; counted from 1. */
  readonly column?: number
}

/** One way on from a step. Branches are tried in order. */
export type Branch = {
  readonly condition: Condition
  /** The condition as written, without backticks; empty for a choice. */
  readonly when: string
  /** The prose beside it: the reason the operator reads. */
  readonly label: string
  readonly to: Destination
  readonly line: number
  /** Where the condition stands on its line, behind the backtick; counted from 1. */
  readonly column?: number
}

/** A link in the prose that leads to a step. */
export type Link = { readonly text: string; readonly to: Destination; readonly line: number }
