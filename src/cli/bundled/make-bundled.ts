import { parseCauses } from '../../diagnosis/index.ts'
import { drillSources, makeDrill } from '../drill/drills.ts'
import { causesSources } from '../load-knowledge.ts'
import { runbookSources } from '../load-library.ts'
import { makeTree } from '../load-tree.ts'
import type { SourceText } from './pack.ts'

type Made = readonly (readonly [source: SourceText, value: unknown])[]

const madeOf = (sources: readonly SourceText[], make: (source: SourceText) => unknown): Made =>
  sources.map(source => [source, make(source)])

/** What the build makes of the bundled runbooks, causes and drills, so that a start need not. */
export const makeBundled = (): ReadonlyMap<SourceText, unknown> =>
  new Map([
    ...madeOf(runbookSources(), makeTree),
    ...madeOf(causesSources(), parseCauses),
    ...madeOf(drillSources(), makeDrill),
  ])
