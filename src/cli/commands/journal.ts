import { basename } from 'node:path'
import { parsers } from '../../facts/index.ts'
import { type Remark, sessionFolders, type Verification, verifySession } from '../../runtime/index.ts'
import type { Invocation, RunWithSettings } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { sessionFolderOf } from '../find-session.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { print } from '../print.ts'
import { stateDirOf } from '../state-dir-of.ts'
import { UserError } from '../user-error.ts'

const isWrong = ({ kind }: Remark): boolean => kind !== 'remark'

const presentRemark = ({ kind, text, line, runId }: Remark): string => {
  const place = [...(runId === undefined ? [] : [runId]), ...(line === undefined ? [] : [`line ${line}`])]
  return `  ${kind.padEnd(6)}  ${place.length === 0 ? '' : `${place.join(', ')}: `}${text}`
}

const verdictOf = (remarks: readonly Remark[]): string => {
  if (remarks.some(({ kind }) => kind === 'damage')) return 'damaged'
  return remarks.some(isWrong) ? 'whole, but today it would be concluded otherwise' : 'whole'
}

const present = ({ id, events, outputs, remarks }: Verification): readonly string[] => [
  `${id}  ${verdictOf(remarks)}: ${events} events and ${outputs} outputs looked at`,
  ...remarks.map(presentRemark),
]

const foldersOf = ({ flags, operands: [, id] }: Invocation, stateDir: string): readonly string[] => {
  if (!flags.has('all')) return [sessionFolderOf(stateDir, id)]
  if (id === undefined) return sessionFolders(stateDir)
  throw new UserError({
    code: 'E_CLI_USAGE',
    message: `--all means every session, and ${basename(id)} is one.`,
    hint: 'Leave out one of the two.',
  })
}

/** `runtree journal verify`: looks through the journal and the outputs of a session, the newest where none is named, or of all. */
export const runJournal: RunWithSettings = async invocation => {
  if (invocation.operands[0] !== 'verify')
    throw new UserError({
      code: 'E_CLI_USAGE',
      message: `There is no "journal ${invocation.operands[0]}".`,
      hint: 'Write "runtree journal verify [ID]".',
    })
  const today = { parsers, knowledge: loadKnowledge() }
  const verified = foldersOf(invocation, stateDirOf(invocation)).map(path => verifySession(path, today))
  for (const one of verified) {
    if (invocation.flags.has('json'))
      print.json(JSON.stringify({ ...one, whole: !one.remarks.some(isWrong) }))
    else present(one).forEach(print.out)
  }
  return verified.some(({ remarks }) => remarks.some(isWrong)) ? exitCodes.problem : exitCodes.done
}
