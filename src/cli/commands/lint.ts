import type { Diagnostic } from '../../base/index.ts'
import { checkCondition } from '../../diagnosis/index.ts'
import { factDocs } from '../../facts/index.ts'
import { classify } from '../../shell/index.ts'
import { lintTree } from '../../tree/index.ts'
import type { RunCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { loadKnowledge } from '../load-knowledge.ts'
import { loadLibrary } from '../load-library.ts'
import { presentDiagnostic } from '../present-diagnostic.ts'
import { print } from '../print.ts'
import { runbookPath } from '../resolve-runbook.ts'

const facts = Object.keys(factDocs)

const lintFile = (operand: string): readonly Diagnostic[] => {
  const { entry, library } = loadLibrary(runbookPath(operand))
  const { causes } = loadKnowledge()
  const found = lintTree(entry.tree, {
    knownCause: id => causes.has(id),
    checkCondition: expression => checkCondition(expression, facts),
    effectOf: line => classify(line).effect,
    knownRunbookStep: ref => library.trees.get(ref.runbook)?.stepById.has(ref.step) === true,
  })
  return [...entry.diagnostics, ...found]
}

const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error'

/** `runtree lint`: what is wrong in documents, a line each; 2 when there is an error. */
export const runLint: RunCommand = async ({ operands, flags }) => {
  const results = operands.map(file => ({ file, diagnostics: lintFile(file) }))
  for (const { file, diagnostics } of results)
    for (const diagnostic of diagnostics)
      if (flags.has('json')) print.json(JSON.stringify({ file, ...diagnostic }))
      else print.out(presentDiagnostic(file, diagnostic))
  const all = results.flatMap(r => r.diagnostics)
  const count = (severity: Diagnostic['severity']): number => all.filter(d => d.severity === severity).length
  if (!flags.has('json'))
    print.out(
      `${count('error')} errors, ${count('warning')} warnings, ${count('hint')} hints in ${operands.length} documents`,
    )
  return all.some(isError) ? exitCodes.usage : exitCodes.done
}
