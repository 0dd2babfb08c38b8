import * as v from 'valibot'
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml'
import { createYamlPlaces, type Diagnostic, type Position } from '../base/index.ts'
import { causeOf } from './cause-of.ts'
import { causeShape } from './cause-shape.ts'
import { type CausePlace, checkCause } from './check-cause.ts'
import type { Cause } from './types.ts'

/** The text of a causes file; `name` is used in messages. */
export type CausesFile = { readonly name: string; readonly text: string }

/** What a causes file gives: the causes that are right, and what is wrong with the others. */
export type ParsedCauses = { readonly causes: readonly Cause[]; readonly diagnostics: readonly Diagnostic[] }

const problem = (code: string, message: string, at: Position): Diagnostic => ({
  code,
  severity: 'error',
  message,
  advice: 'Mend the causes file; this cause is left out until then.',
  span: { start: at, end: at },
})

const shapeProblems = (issues: readonly v.BaseIssue<unknown>[], index: number, place: CausePlace) =>
  issues.map(issue => {
    const path = (issue.path ?? []).map(item => item.key as string | number)
    const field = path.length === 0 ? '' : `${path.join('.')}: `
    return problem('E_CAUSES_SHAPE', `${field}${issue.message}`, place(['causes', index, ...path]))
  })

const readOne = (written: unknown, index: number, place: CausePlace): ParsedCauses => {
  const result = v.safeParse(causeShape, written)
  if (!result.success) return { causes: [], diagnostics: shapeProblems(result.issues, index, place) }
  const cause = causeOf(result.output)
  const faults = checkCause(cause, path => place(['causes', index, ...path]))
  const diagnostics = faults.map(fault => problem(fault.code, fault.message, fault.at))
  return { causes: diagnostics.length === 0 ? [cause] : [], diagnostics }
}

/**
 * Reads a causes file (YAML: a map with a list `causes`). A cause that is wrong in any way is left out and reported with its
 * line and column: syntax, shape, patterns that do not compile, conditions that do not parse or name unknown facts.
 */
export const parseCauses = ({ name, text }: CausesFile): ParsedCauses => {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const { of, trouble } = createYamlPlaces(document, counter)
  if (trouble !== undefined) {
    const message = `${name} is not right YAML: ${trouble.message}`
    return { causes: [], diagnostics: [problem('E_CAUSES_YAML', message, trouble.at)] }
  }
  if (!isMap(document.contents) || !isSeq(document.get('causes', true))) {
    const message = `${name} must be a map with a list named causes`
    return { causes: [], diagnostics: [problem('E_CAUSES_SHAPE', message, { line: 1, column: 1 })] }
  }
  const { causes } = document.toJS() as { readonly causes: readonly unknown[] }
  const read = causes.map((written, index) => readOne(written, index, path => of(path, 'value')))
  return { causes: read.flatMap(one => one.causes), diagnostics: read.flatMap(one => one.diagnostics) }
}
