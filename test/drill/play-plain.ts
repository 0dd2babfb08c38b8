import { describe, expect, it } from 'vitest'
import { followDrill } from '../../src/cli/drill/drill-plain.ts'
import { drillSeed } from '../../src/cli/drill/drill-seed.ts'
import { loadDrills } from '../../src/cli/drill/drills.ts'
import { createJudges } from '../../src/cli/drill/judges.ts'
import { loadKnowledge } from '../../src/cli/load-knowledge.ts'
import { beginDrill, type Drill, failedChecks, fillHandles } from '../../src/drill/index.ts'

const PATIENCE_MS = 60_000

const knowledge = loadKnowledge()

/** Types what a drill's solution says, names its cause and finishes, all in linear text. */
const play = async (drill: Drill) => {
  const run = await beginDrill(drill, { ...drillSeed(5), isTimed: true, judges: createJudges(knowledge) })
  const lines = [
    'story',
    ...drill.solution.map(line => fillHandles(run.world, line)),
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
  return { end, run, text: said.join('\n') }
}

/** Tests that those of the bundled drills that are chosen can be done in linear text. */
export const playPlain = (isChosen: (drill: Drill) => boolean): void => {
  const chosen = loadDrills().filter(isChosen)
  describe.each(chosen.map(drill => [drill.name, drill] as const))('%s as linear text', (_name, drill) => {
    it('is told, repaired and named', { timeout: PATIENCE_MS }, async () => {
      const { end, run, text } = await play(drill)
      expect(end).toBe('finish')
      expect(text).toContain(fillHandles(run.world, drill.story).trim().split(/\s+/).slice(0, 4).join(' '))
      expect(text).toContain(`Right: ${drill.causes[0]}`)
      expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f]/)
      expect(await failedChecks(drill, run.world)).toEqual([])
    })
  })
}
