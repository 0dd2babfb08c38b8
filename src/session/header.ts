import type { Place } from '../base/index.ts'

/** What a session is about: fixed when it is opened, the first line of its journal. */
export type SessionHeader = {
  readonly sessionId: string
  /** `runtree 0.1.0` */
  readonly tool: string
  readonly runbook: string
  readonly digest: string
  /** Where the runbook lies that is not one of runtree's own. */
  readonly origin?: string
  /** As given to `--target`: `local`, `ssh:ops@worker-2`. */
  readonly target: string
  /** The name of the machine that the target reaches, as an approval shows it. */
  readonly host: string
  /** The place that the target stands for: what the runbook's commands are meant for unless they say otherwise. */
  readonly place?: Place
  /** `machine` when the target is one machine, so that other places are asked for; otherwise it knows them by itself. */
  readonly reach?: 'machine' | 'cluster'
  readonly startedAt: string
  readonly readOnly: boolean
}

/** Where commands run: a target as given to `--target`, and the name of the machine that it reaches. */
export type Machine = { readonly target: string; readonly host: string }
