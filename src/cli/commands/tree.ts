import { classify } from '../../shell/index.ts'
import { presentMermaid, presentTreeJson, presentTreeText, type Tree } from '../../tree/index.ts'
import type { RunCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { loadTree } from '../load-tree.ts'
import { presentDiagnostic } from '../present-diagnostic.ts'
import { print } from '../print.ts'
import { runbookPath } from '../resolve-runbook.ts'

const present = (tree: Tree, flags: ReadonlySet<string>): string => {
  const effectOf = (line: string) => classify(line).effect
  if (flags.has('json')) return JSON.stringify(presentTreeJson(tree, effectOf), undefined, 2)
  return flags.has('mermaid') ? presentMermaid(tree) : presentTreeText(tree, effectOf)
}

/** `runtree tree`: a runbook as a decision tree; 2 when the document has errors, which are told on stderr. */
export const runTree: RunCommand = async ({ operands, flags }) => {
  const { tree, diagnostics, origin } = loadTree(runbookPath(operands[0] ?? ''))
  const errors = diagnostics.filter(d => d.severity === 'error')
  for (const error of errors) print.error(presentDiagnostic(origin, error))
  const say = flags.has('json') ? print.json : print.out
  say(present(tree, flags))
  return errors.length > 0 ? exitCodes.usage : exitCodes.done
}
