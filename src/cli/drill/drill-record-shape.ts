import * as v from 'valibot'
import { layers } from '../../base/index.ts'
import type { DrillRecord } from '../../drill/index.ts'

const texts = v.array(v.string())
const at = { atMs: v.number() }

const entry = v.variant('type', [
  v.object({
    ...at,
    type: v.literal('line-run'),
    line: v.string(),
    exit: v.number(),
    effect: v.picklist(['read', 'change', 'destructive', 'unknown']),
    shows: texts,
  }),
  v.object({ ...at, type: v.literal('cause-named'), cause: v.string(), isRight: v.boolean() }),
  v.object({ ...at, type: v.literal('hint-taken'), number: v.number(), text: v.string() }),
  v.object({ ...at, type: v.literal('fault-injected'), name: v.string() }),
  v.object({ ...at, type: v.literal('finished'), isRepaired: v.boolean(), harm: texts }),
])

const part = v.object({
  name: v.picklist(['cause', 'repair', 'harm', 'time', 'path', 'hints']),
  points: v.number(),
  of: v.number(),
  because: v.string(),
})

const debrief = v.object({
  score: v.object({ points: v.number(), parts: v.array(part), tookMs: v.number(), hints: v.number() }),
  path: v.array(entry),
  shortPath: v.array(v.object({ line: v.string(), shows: texts, wasRun: v.boolean() })),
  missedEvidence: texts,
  causes: texts,
})

/** The record of a drill as it lies on disk. */
export const drillRecordShape: v.GenericSchema<unknown, DrillRecord> = v.object({
  format: v.literal(1),
  id: v.string(),
  tool: v.string(),
  trainee: v.string(),
  finishedAt: v.pipe(v.string(), v.isoTimestamp()),
  drill: v.object({
    name: v.string(),
    title: v.string(),
    layer: v.picklist(layers),
    level: v.picklist([1, 2, 3, 4]),
    parMinutes: v.number(),
    story: v.string(),
  }),
  log: v.object({
    drill: v.string(),
    seed: v.number(),
    beganMs: v.number(),
    isTimed: v.boolean(),
    entries: v.array(entry),
  }),
  debrief,
})
