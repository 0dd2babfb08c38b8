import { findCaseFiles } from '../cases/find-case-files.ts'
import { presentCase, presentUntested } from '../cases/present-cases.ts'
import { readCaseFile } from '../cases/read-case-file.ts'
import { type CaseResult, runCases } from '../cases/run-cases.ts'
import { runDrillCases } from '../cases/run-drill-cases.ts'
import { runbookOfCases } from '../cases/runbook-of-cases.ts'
import type { CaseFile } from '../cases/types.ts'
import { untestedBranches } from '../cases/untested-branches.ts'
import type { RunCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { bundledRunbooks } from '../load-library.ts'
import { print } from '../print.ts'
import { UserError } from '../user-error.ts'

const readFiles = (operands: readonly string[]): readonly CaseFile[] => {
  const bundled = bundledRunbooks()
  const paths = (operands.length === 0 ? [undefined] : operands).flatMap(findCaseFiles)
  const files = paths.flatMap(path => readCaseFile(path, name => bundled.has(name)) ?? [])
  if (files.length > 0) return files
  throw new UserError({
    code: 'E_TEST_NO_CASES',
    message: 'No file of cases was found.',
    hint: 'A YAML file with a list "cases" is one; docs/authoring.md shows how to write it.',
  })
}

const printUntested = (files: readonly CaseFile[], results: readonly CaseResult[]): number => {
  const trees = new Map(files.map(file => [file.runbook, runbookOfCases(file)] as const))
  const open = [...trees.values()].flatMap(tree =>
    untestedBranches(tree, results).map(branch => ({ runbook: tree.name, ...branch })),
  )
  for (const branch of open) print.out(presentUntested(branch))
  return open.length
}

/** The results of all cases of all files, drills after the outputs of their file. */
const runAll = async (files: readonly CaseFile[]): Promise<readonly CaseResult[]> => {
  const knowledge = loadKnowledge()
  const results: CaseResult[] = []
  for (const file of files)
    results.push(...runCases(knowledge, file), ...(await runDrillCases(knowledge, file)))
  return results
}

/** `runtree test`: runs the cases below the folders given; 1 when one fails, 2 when a file cannot be read. */
export const runTest: RunCommand = async ({ operands, flags }) => {
  const files = readFiles(operands)
  const results = await runAll(files)
  const failed = results.filter(({ wrong }) => wrong.length > 0)
  if (flags.has('json')) for (const result of results) print.json(JSON.stringify(caseLine(result)))
  else {
    for (const result of failed) print.out(presentCase(result))
    const open = printUntested(files, results)
    print.out(
      `${results.length - failed.length} passed, ${failed.length} failed in ${files.length} files, ${open} branches open`,
    )
  }
  return failed.length > 0 ? exitCodes.problem : exitCodes.done
}

const caseLine = ({ path, line, runbook, step, expected, judged, wrong }: CaseResult) => ({
  file: path,
  line,
  runbook,
  step,
  passed: wrong.length === 0,
  expected,
  goes: judged.goes,
  causes: judged.causes,
  wrong,
})
