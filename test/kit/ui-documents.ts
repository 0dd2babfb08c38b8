import type { Tree } from '../../src/tree/index.ts'
import { nodeContext } from './render-runbook.ts'
import { aTree, type StepParts } from './render-tree.ts'

/** Sections of ten steps each, every third with a title that is hard to draw. */
const parts = (count: number): readonly StepParts[] =>
  Array.from({ length: count }, (_, at): StepParts => {
    const section = Math.floor(at / 10) * 10
    const isSection = at === section
    const hard =
      ['節点の状態を確認する', '🚀 roll-out 👩‍🔧 of everything', 'a long title '.repeat(12)][at % 3] ?? ''
    return {
      id: `s${at}`,
      title: at % 3 === 0 ? `${hard} ${at}` : `Step ${at}`,
      level: isSection ? 2 : 3,
      parent: isSection ? undefined : `s${section}`,
      children: isSection
        ? Array.from({ length: Math.min(9, count - at - 1) }, (_child, by) => `s${at + by + 1}`)
        : [],
      layer: 'node',
      explanation: `Look at ${hard} number ${at}.`,
      commands: [`systemctl status unit-${at}`],
    }
  })

/** A runbook of as many steps as are asked for, in sections of ten. */
export const longRunbook = (count: number): Tree => aTree('long', parts(count), { title: 'A long runbook' })

/** What a session about the long runbook is decided with. */
export const longContext = (count: number) => ({
  ...nodeContext,
  library: { trees: new Map([['long', longRunbook(count)]]) },
})
