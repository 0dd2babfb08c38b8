import { wordOutcome } from '../../base/index.ts'
import type { Tree } from '../../tree/index.ts'
import type { RunWithSettings } from '../command.ts'
import { composeExecutor } from '../compose-executor.ts'
import { type Inspection, inspectTools, type Tool } from '../doctor/inspect-tools.ts'
import { requiredTools } from '../doctor/required-tools.ts'
import { exitCodes } from '../exit-codes.ts'
import { loadBundledLibrary, loadLibrary } from '../load-library.ts'
import { print } from '../print.ts'
import { runbookPath } from '../resolve-runbook.ts'
import { sessionSettings } from '../session-settings.ts'

const treesOf = (runbook: string | undefined): readonly Tree[] =>
  runbook === undefined
    ? [...loadBundledLibrary().trees.values()]
    : [loadLibrary(runbookPath(runbook)).entry.tree]

type Need = { readonly runbook: string; readonly tools: readonly Tool[] }

const presentTool = ({ name, state, path }: Tool): string => {
  if (state === 'missing') return `  missing  ${name}`
  return `  ok       ${name}  ${path ?? ''}${state === 'off-path' ? ' (not on the PATH there)' : ''}`
}

const presentNeed = ({ runbook, tools }: Need): string =>
  [`${runbook}${tools.length === 0 ? ': nothing is required' : ''}`, ...tools.map(presentTool)].join('\n')

const needsOf = (trees: readonly Tree[], tools: readonly Tool[]): readonly Need[] => {
  const known = new Map(tools.map(tool => [tool.name, tool]))
  return trees.map(tree => ({
    runbook: tree.name,
    tools: requiredTools(tree).flatMap(name => known.get(name) ?? []),
  }))
}

const inspect = async (
  invocation: Parameters<RunWithSettings>[0],
  trees: readonly Tree[],
): Promise<Inspection & { readonly where: { readonly target: string; readonly host: string } }> => {
  const executor = await composeExecutor({
    settings: sessionSettings(invocation),
    lendTerminal: use => use(),
    isUnattended: true,
  })
  const names = [...new Set(trees.flatMap(requiredTools))]
  const inspection = await inspectTools(executor, names)
  await executor.close()
  return { ...inspection, where: { target: executor.target.name, host: executor.target.host } }
}

/** `runtree doctor`: which tools the target has of those that a runbook requires; 1 when one is missing, 3 when it cannot be asked. */
export const runDoctor: RunWithSettings = async invocation => {
  const trees = treesOf(invocation.operands[0])
  const inspection = await inspect(invocation, trees)
  const { target, host } = inspection.where
  const isJson = invocation.flags.has('json')
  if (inspection.kind === 'failed') {
    const problem = wordOutcome(inspection.outcome)
    if (isJson) print.json(JSON.stringify({ target, host, problem, runbooks: [] }))
    else print.error(`runtree: ${target} could not be asked. ${problem}`)
    return exitCodes.target
  }
  const runbooks = needsOf(trees, inspection.tools)
  if (isJson) print.json(JSON.stringify({ target, host, runbooks }))
  else print.out([`${host} (${target})`, ...runbooks.map(presentNeed)].join('\n\n'))
  const isMissing = inspection.tools.some(({ state }) => state === 'missing')
  return isMissing ? exitCodes.problem : exitCodes.done
}
