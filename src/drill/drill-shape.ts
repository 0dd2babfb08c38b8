import * as v from 'valibot'
import { layers } from '../base/index.ts'
import { worldNames } from '../cluster/index.ts'

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'))
const lines = v.optional(v.array(text), [])
const minutes = v.pipe(v.number(), v.minValue(0, 'must not be negative'))
const parameter = v.union([v.string(), v.number(), v.boolean()])

const run = v.strictObject({ run: text, on: text })
const wait = v.strictObject({ wait: minutes })
const fault = v.pipe(
  v.record(v.string(), v.record(v.string(), parameter)),
  v.check(written => Object.keys(written).length === 1, 'must name one fault with its parameters'),
)

const check = v.strictObject({
  run: text,
  on: text,
  exit: v.optional(v.pipe(v.number(), v.integer())),
  shows: v.optional(text),
  lacks: v.optional(text),
})

/** The shape of a drill's file. */
export const drillShape = v.strictObject({
  title: text,
  world: v.picklist(worldNames),
  layer: v.picklist(layers),
  level: v.picklist([1, 2, 3, 4]),
  node: v.optional(text, 'worker-1'),
  story: text,
  runbook: v.optional(text, 'start-here'),
  causes: v.pipe(v.array(text), v.minLength(1, 'must name a cause')),
  par: minutes,
  since: v.optional(minutes, 25),
  faults: v.pipe(v.array(v.union([run, wait, fault])), v.minLength(1, 'must hold a fault')),
  repaired: v.pipe(v.array(check), v.minLength(1, 'must hold a check')),
  hints: v.pipe(v.array(text), v.length(3, 'must be three')),
  solution: v.pipe(v.array(text), v.minLength(1, 'must hold a line')),
  'other-fix': lines,
  'wrong-fix': lines,
  scenarios: v.optional(v.array(text), []),
})

/** A drill as it is written. */
export type WrittenDrill = v.InferOutput<typeof drillShape>
