import { formatCounted } from '../../base/index.ts'
import type { WeighedSession } from '../../runtime/index.ts'
import { clearRemains, type PrunePlan, planPrune, removeSession, weighSessions } from '../../runtime/index.ts'
import type { Invocation } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { createLineReader } from '../plain/line-reader.ts'
import { print } from '../print.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { UserError } from '../user-error.ts'
import { type Pruned, presentRows, prunedJson, type Spared, tellPruned, totalOf } from './present-pruned.ts'
import { pruneLimits } from './prune-limits.ts'
import { wordBytes } from './word-bytes.ts'

const openOnes = ({ open }: PrunePlan): readonly Spared[] =>
  open.map(session => ({ session, because: `process ${session.owner} has it open` }))

const remove = (plan: PrunePlan): Pruned => {
  const removed: WeighedSession[] = []
  const failed: Spared[] = []
  for (const session of plan.gone) {
    const result = removeSession(session.path)
    if (result.ok) removed.push(session)
    else failed.push({ session, because: result.error })
  }
  const left = [...plan.left, ...failed.map(({ session }) => session)]
  return { removed, spared: [...openOnes(plan), ...failed], left }
}

/** Asks on the terminal; where nobody can be asked, the command line has to have said yes. */
const isWanted = async ({ gone }: PrunePlan, { flags }: Invocation): Promise<boolean> => {
  if (flags.has('yes')) return true
  const size = wordBytes(totalOf(gone))
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true || flags.has('json'))
    throw new UserError({
      code: 'E_CLI_CONFIRM',
      message: `This would remove ${formatCounted(gone.length, 'session')} (${size}), and nobody can be asked here.`,
      hint: 'Say --yes to remove them, or --dry-run to see which.',
    })
  presentRows('to go', gone).forEach(print.out)
  print.out(
    `Remove ${formatCounted(gone.length, 'session')} and free ${size}? Type yes; anything else keeps them.`,
  )
  const reader = createLineReader(() => reader.close())
  const answer = await reader.ask()
  reader.close()
  return /^\s*yes\s*$/i.test(answer ?? '')
}

/** `runtree sessions prune`: removes sessions by age, total size or number. Open ones stay; says what was freed. */
export const pruneSessions = async (invocation: Invocation): Promise<number> => {
  const limits = pruneLimits(invocation)
  const stateDir = stateDirOf(invocation)
  const isDryRun = invocation.flags.has('dry-run')
  const plan = planPrune(await weighSessions(stateDir), limits, Date.now())
  if (!isDryRun && plan.gone.length > 0 && !(await isWanted(plan, invocation))) {
    print.out('Nothing was removed.')
    return exitCodes.done
  }
  if (!isDryRun) clearRemains(stateDir)
  const pruned = isDryRun ? { removed: plan.gone, spared: openOnes(plan), left: plan.left } : remove(plan)
  if (invocation.flags.has('json')) print.json(JSON.stringify({ dryRun: isDryRun, ...prunedJson(pruned) }))
  else tellPruned(isDryRun ? 'would go' : 'removed', pruned)
  return pruned.removed.length === plan.gone.length ? exitCodes.done : exitCodes.problem
}
