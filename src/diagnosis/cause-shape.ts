import * as v from 'valibot'
import { layers } from '../base/index.ts'

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'))
const severity = v.optional(v.picklist(['error', 'warning', 'info']), 'error')
const id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be words of small letters joined by hyphens'),
)

const pattern = v.union([
  text,
  v.strictObject({
    match: text,
    sources: v.optional(v.array(text), []),
    severity,
    rule: v.optional(id),
  }),
])

const condition = v.strictObject({
  each: v.optional(text),
  when: text,
  says: text,
  severity,
  rule: v.optional(id),
})

const sign = v.union([
  v.strictObject({ of: text }),
  v.strictObject({ of: v.optional(text), says: text, broad: v.optional(v.boolean(), false) }),
])

const stepLink = v.pipe(v.string(), v.regex(/^[^#\s]+#[^#\s]+$/, 'must be written runbook#step'))

/** The shape of one cause in a causes file. */
export const causeShape = v.strictObject({
  id,
  title: text,
  layer: v.picklist(layers),
  meaning: text,
  patterns: v.optional(v.array(pattern), []),
  conditions: v.optional(v.array(condition), []),
  benign: v.optional(v.array(text), []),
  recovered: v.optional(v.array(text), []),
  signs: v.optional(v.array(sign), []),
  program: v.optional(v.pipe(v.string(), v.regex(/^[a-z][a-z-]*$/, 'must be the name of a program'))),
  generic: v.optional(v.boolean(), false),
  explains: v.optional(v.array(id), []),
  next: v.optional(v.array(stepLink), []),
})

/** A cause as it is written. */
export type WrittenCause = v.InferOutput<typeof causeShape>
