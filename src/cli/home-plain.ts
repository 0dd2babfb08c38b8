import type { StepRef } from '../base/index.ts'
import { listSessions } from '../runtime/index.ts'
import type { Tree } from '../tree/index.ts'
import type { Workbench } from './compose-session.ts'
import { exitCodeOf } from './exit-codes.ts'
import { print } from './print.ts'
import type { TerminalLoan } from './terminal-loan.ts'
import { toolName } from './version.ts'
import { type ChooseStep, walkPlain } from './walk-plain.ts'

const EARLIER_SHOWN = 5

const presentRunbook = (tree: Tree, index: number): string =>
  `  ${index + 1}  ${tree.name}: ${tree.title}${tree.summary === undefined ? '' : `. ${tree.summary}`}`

const showHome = (workbench: Workbench, trees: readonly Tree[]): void => {
  const { name, host } = workbench.executor.target
  print.out(`${toolName}. Target ${name} (${host}).\n\nRunbooks`)
  trees.map(presentRunbook).forEach(print.out)
  const earlier = listSessions(workbench.stateDir).sessions.slice(0, EARLIER_SHOWN)
  if (earlier.length > 0) print.out('\nEarlier sessions')
  for (const { header, status, path } of earlier)
    print.out(`  ${header.startedAt}  ${header.runbook}  ${status}  ${path}`)
  print.out('\nType the number of a runbook, or q to leave.')
}

const startOf = (tree: Tree | undefined): StepRef | undefined =>
  tree?.start === undefined ? undefined : { runbook: tree.name, step: tree.start }

const chooseRunbook =
  (trees: readonly Tree[]): ChooseStep =>
  async reader => {
    for (;;) {
      const line = (await reader.ask())?.trim()
      if (line === undefined || line === 'q') return undefined
      const start = startOf(trees.find((tree, index) => line === tree.name || Number(line) === index + 1))
      if (start !== undefined) return start
      if (line !== '') print.out(`There is no runbook "${line}" in the list.`)
    }
  }

/** The home screen as linear text: lists the runbooks and walks the one whose number or name is typed. Gives the exit code. */
export const homePlain = async (workbench: Workbench, loan: TerminalLoan): Promise<number> => {
  const trees = [...workbench.context.library.trees.values()]
  showHome(workbench, trees)
  return exitCodeOf(await walkPlain(workbench, { choose: chooseRunbook(trees) }, loan))
}
