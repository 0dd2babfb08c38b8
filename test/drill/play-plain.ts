import { followDrill } from '../../src/cli/drill/drill-plain.ts'
import type { World } from '../../src/cluster/index.ts'
import { beginIn, type Drill, fillHandles } from '../../src/drill/index.ts'
import { drillTime, judges, knowledge } from './kit.ts'

/** What a drill said that was done in linear text, how it ended, and which causes the outputs showed. */
export type PlayedPlain = { readonly end: string; readonly text: string; readonly shown: ReadonlySet<string> }

/** Types in linear text what a drill's solution says, in a world that is broken by it, names its cause and finishes. */
export const playPlain = async (drill: Drill, world: World): Promise<PlayedPlain> => {
  const run = beginIn(world, drill, { ...drillTime, isTimed: true, judges })
  const lines = [
    'story',
    ...drill.solution.map(line => fillHandles(world, line)),
    `diagnose ${drill.causes[0]}`,
    'finish',
  ]
  const said: string[] = []
  const end = await followDrill(
    {
      run,
      knowledge,
      isTeacher: false,
      say: rows => void said.push(...rows),
      columns: () => 80,
      triage: async () => 'done',
    },
    async () => lines.shift(),
    () => '',
  )
  const shown = run.log().entries.flatMap(entry => (entry.type === 'line-run' ? entry.shows : []))
  return { end, text: said.join('\n'), shown: new Set(shown) }
}
