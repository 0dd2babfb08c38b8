import { checkCondition } from '../src/diagnosis/index.ts'
import { parseDocument } from '../src/document/index.ts'
import { factDocs } from '../src/facts/index.ts'
import { classify } from '../src/shell/index.ts'
import { compileTree, lintTree } from '../src/tree/index.ts'
import type { Benchmark, Figure } from './figure.ts'
import { spreadOf } from './interleave.ts'

const facts = Object.keys(factDocs)

/** A section as runbooks have them: prose with markup, a table, a fence with commands, a branch. */
const section = (index: number): string => `## ${index} Look at part ${index}

When **part ${index}** fails, its \`unit-${index}.service\` says so first; see [the next part](#${index + 1}-look-at-part-${index + 1}).

| sign | means |
| --- | --- |
| \`error ${index}\` | it is down |

\`\`\`bash
systemctl status unit-${index}.service
journalctl -u unit-${index} -n 50 --no-pager | grep -i error
\`\`\`

Look for:

- \`Failed to start\`: it does not come up
- \`out of memory ${index}\`: it was killed

`

/** A document of at least so many bytes, the same each time. */
export const documentOf = (bytes: number): string => {
  const parts = ['# A long runbook\n\n']
  for (let size = 0, index = 1; size < bytes; index += 1) {
    const text = section(index)
    size += text.length
    parts.push(text)
  }
  return parts.join('')
}

/** Parses, compiles and lints a text as `runtree lint` does; milliseconds. */
export const lintOnce = (text: string): number => {
  const start = performance.now()
  const { document } = parseDocument({ name: 'long', text })
  const { tree } = compileTree({ document })
  lintTree(tree, {
    knownCause: () => true,
    checkCondition: expression => checkCondition(expression, facts),
    effectOf: line => classify(line).effect,
    knownRunbookStep: () => true,
  })
  return performance.now() - start
}

const sizes = [
  { name: '1 MB', bytes: 1e6, limit: 500 },
  { name: '10 MB', bytes: 10e6, limit: 5_000 },
] as const

/** Parsing, compiling and linting long documents, in one process that has done it before. */
export const documents: Benchmark = {
  rounds: 5,
  shortRounds: 1,
  run: rounds => {
    const figures = sizes.map(({ name, bytes, limit }): Figure => {
      const text = documentOf(bytes)
      lintOnce(documentOf(100_000))
      const times = Array.from({ length: rounds }, () => lintOnce(text))
      return { name: `parse and lint of ${name}`, unit: 'ms', spread: spreadOf(times), limit }
    })
    return { figures, skipped: [] }
  },
}
