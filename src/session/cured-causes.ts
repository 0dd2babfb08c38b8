import { couldLook } from './could-run.ts'
import { findStep } from './lookup.ts'
import type { Run } from './run.ts'
import { stepKey } from './step-key.ts'
import type { Library, Session } from './types.ts'

/** A finished run with its place in the order of all. */
type Placed = { readonly at: number; readonly run: Run }

/** The same command on the same machine looks at the same thing, wherever in the runbook it stands. */
const lookOf = ({ line, machine, place }: Run): string =>
  `${machine?.target ?? ''} ${place ?? ''} ${line.replace(/^\s*sudo\s+/, '').trim()}`

const shows = ({ findings }: Run, cause: string): boolean => findings.some(finding => finding.cause === cause)

/** The newest run of a step whose verdict, by evidence and not by choice, is that the problem is resolved. */
const resolvedAt = (session: Session, library: Library, runs: readonly Placed[]): number => {
  const proofs = runs.filter(({ run: { ref } }) => {
    const recommended = session.judgements.get(stepKey(ref))?.recommended
    const branch = recommended === undefined ? undefined : findStep(library, ref)?.branches[recommended]
    const kind = branch?.condition.kind
    return branch?.to.kind === 'resolved' && (kind === 'cause' || kind === 'fact' || kind === 'text')
  })
  return proofs.at(-1)?.at ?? -1
}

/** Whether a command that had shown a cause was run again, after all that show it, and shows it no more. */
const wasLookedAtAgain = (runs: readonly Placed[], cause: string, lastSeen: number): boolean => {
  const telling = new Set(runs.filter(({ run }) => shows(run, cause)).map(({ run }) => lookOf(run)))
  return runs.some(({ at, run }) => at > lastSeen && couldLook(run) && telling.has(lookOf(run)))
}

/**
 * The causes that were found and are known to be gone: a command that had shown one shows it no more, or a later step's outputs say
 * that the problem is resolved. What shows up again after that counts again.
 */
export const curedCauses = (session: Session, library: Library): ReadonlySet<string> => {
  const runs = [...session.runs.values()]
    .filter(({ phase }) => phase === 'finished')
    .map((run, at): Placed => ({ at, run }))
  const proof = resolvedAt(session, library, runs)
  const causes = new Set(runs.flatMap(({ run }) => run.findings.map(({ cause }) => cause)))
  const cured = [...causes].filter(cause => {
    const lastSeen = runs.findLastIndex(({ run }) => shows(run, cause))
    return lastSeen < proof || wasLookedAtAgain(runs, cause, lastSeen)
  })
  return new Set(cured)
}
