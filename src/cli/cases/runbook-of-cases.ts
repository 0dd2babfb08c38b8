import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Tree } from '../../tree/index.ts'
import { bundledRunbooks } from '../load-library.ts'
import { loadTree } from '../load-tree.ts'
import { UserError } from '../user-error.ts'
import type { CaseFile } from './types.ts'

/** Where a runbook that cases name may lie: a path seen from their file, beside it, above it, or among the bundled ones. */
const pathsOf = ({ path, runbook }: Pick<CaseFile, 'path' | 'runbook'>): readonly string[] => {
  const folder = dirname(path)
  const bundled = bundledRunbooks().get(runbook)
  return [
    join(folder, runbook),
    join(folder, `${runbook}.md`),
    join(dirname(folder), `${runbook}.md`),
    ...(bundled === undefined ? [] : [bundled]),
  ].filter(candidate => /\.(md|markdown)$/i.test(candidate))
}

/** The path of the runbook that a file's cases are about; a UserError when it cannot be found. */
export const runbookPathOfCases = (file: CaseFile): string => {
  const found = pathsOf(file).find(existsSync)
  if (found !== undefined) return found
  throw new UserError({
    code: 'E_TEST_RUNBOOK_UNKNOWN',
    message: `${file.path} is about "${file.runbook}", and there is no such runbook.`,
    hint: 'Put "runbook:" with its name, or with its path seen from this file, at the top of the file.',
  })
}

/** The runbook that a file's cases are about; a UserError when it cannot be found. */
export const runbookOfCases = (file: CaseFile): Tree => loadTree(runbookPathOfCases(file)).tree
