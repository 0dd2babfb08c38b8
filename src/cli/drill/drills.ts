import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { nearestWord } from '../../base/index.ts'
import { worldNames } from '../../cluster/index.ts'
import { type Drill, type ParsedDrill, parseDrill } from '../../drill/index.ts'
import { builtOr } from '../bundled/built.ts'
import { type SourceText, sourceText } from '../bundled/pack.ts'
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

const sourceAt = (path: string): SourceText => sourceText('drill', basename(path, ENDING), readFileSync(path))

const pathOf = (name: string): string => join(runbooksFolder(), 'drills', `${name}${ENDING}`)

/** The bundled drills' files, in order. */
export const drillSources = (): readonly SourceText[] => drillNames().map(name => sourceAt(pathOf(name)))

/** Reads a drill's text. */
export const makeDrill = ({ name, text }: SourceText): ParsedDrill => parseDrill(name, text)

const readDrill = (path: string): Drill => {
  const { drill, diagnostics } = builtOr(sourceAt(path), makeDrill)
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
  if (names.includes(name)) return readDrill(pathOf(name))
  const near = nearestWord(name, names)
  throw new UserError({
    code: 'E_CLI_DRILL_UNKNOWN',
    message: `There is no drill "${name}".`,
    hint: near === undefined ? '"runtree drill list" lists the drills.' : `Did you mean "${near}"?`,
  })
}

/** A beginner meets the usual kind of cluster before the others. */
const worldRank = ({ world }: Drill): number => worldNames.indexOf(world)

/** Every bundled drill, the easiest for a beginner first: by level, kind of cluster, time and length of the short path, then by name. */
export const loadDrills = (): readonly Drill[] =>
  drillNames()
    .map(loadDrill)
    .sort(
      (a, b) =>
        a.level - b.level ||
        worldRank(a) - worldRank(b) ||
        a.parMinutes - b.parMinutes ||
        a.solution.length - b.solution.length ||
        (a.name < b.name ? -1 : 1),
    )
