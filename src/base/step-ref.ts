/** Names a step of a runbook. `runbook` is the name under which the library knows the document. */
export type StepRef = { readonly runbook: string; readonly step: string }

/** Where a branch or a link leads: a step, or one of the two ends of a triage. */
export type Destination =
  | { readonly kind: 'step'; readonly ref: StepRef }
  | { readonly kind: 'resolved' }
  | { readonly kind: 'escalate' }
