import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { nearestWord } from '../../base/index.ts'
import { type Drill, parseDrill } from '../../drill/index.ts'
import { presentDiagnostic } from '../present-diagnostic.ts'
import { runbooksFolder } from '../project-root.ts'
import { UserError } from '../user-error.ts'

const ENDING = '.yaml'

/** The names of the bundled drills, in order. */
export const drillNames = (): readonly string[] => {
  const folder = join(runbooksFolder(), 'drills')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => name.endsWith(ENDING))
    .map(name => basename(name, ENDING))
    .sort()
}

const readDrill = (path: string): Drill => {
  const { drill, diagnostics } = parseDrill(basename(path, ENDING), readFileSync(path, 'utf8'))
  if (drill !== undefined) return drill
  throw new UserError({
    code: 'E_CLI_DRILL_FILE',
    message: diagnostics.map(diagnostic => presentDiagnostic(path, diagnostic)).join('\n'),
    hint: 'Mend the file; docs/drills.md describes it.',
  })
}

/** A drill by the name of a bundled one or by the path of a file; a UserError names what is near when there is none. */
export const loadDrill = (name: string): Drill => {
  if (name.endsWith(ENDING) && existsSync(name)) return readDrill(name)
  const names = drillNames()
  if (names.includes(name)) return readDrill(join(runbooksFolder(), 'drills', `${name}${ENDING}`))
  const near = nearestWord(name, names)
  throw new UserError({
    code: 'E_CLI_DRILL_UNKNOWN',
    message: `There is no drill "${name}".`,
    hint: near === undefined ? '"runtree drill list" lists the drills.' : `Did you mean "${near}"?`,
  })
}

/** Every bundled drill, easy ones first, then by name. */
export const loadDrills = (): readonly Drill[] =>
  drillNames()
    .map(loadDrill)
    .sort((a, b) => a.level - b.level || (a.name < b.name ? -1 : 1))
