import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { LineCounter, parseDocument } from 'yaml'
import { createYamlPlaces } from '../../base/index.ts'
import { readTextFile } from '../read-text-file.ts'
import { UserError } from '../user-error.ts'
import type { CaseFile } from './types.ts'

const recorded = v.strictObject({
  run: v.string(),
  out: v.optional(v.string()),
  err: v.optional(v.string()),
  file: v.optional(v.string()),
  exit: v.optional(v.number()),
  timedOut: v.optional(v.boolean()),
})

const expectation = v.strictObject({ goes: v.string(), causes: v.optional(v.array(v.string())) })

const outputCase = v.strictObject({ step: v.string(), outputs: v.array(recorded), expect: expectation })

const drillCase = v.strictObject({
  drill: v.string(),
  step: v.optional(v.string()),
  expect: expectation,
})

const caseFile = v.looseObject({
  runbook: v.optional(v.string()),
  files: v.optional(v.string()),
  cases: v.array(v.unknown()),
})

const refuse = (path: string, line: number, message: string): UserError =>
  new UserError({
    code: 'E_TEST_CASE',
    message: `${path}:${line}: ${message}`,
    hint: 'A case is {step, outputs: [{run, out, err, exit}], expect: {goes, causes}} or {drill, step, expect}; docs/authoring.md shows both.',
  })

type Yaml = { readonly path: string; readonly value: unknown; readonly lineOf: (index: number) => number }

const holdsCases = /^cases:/m

/** Aliases share samples among cases; more than this many times over, a file means to use up the memory. */
const MOST_ALIASES = 10_000

const readYaml = (path: string): Yaml | undefined => {
  const text = readTextFile(path)
  if (!holdsCases.test(text)) return undefined
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, merge: true, logLevel: 'silent' })
  const { of, trouble } = createYamlPlaces(document, lineCounter)
  if (trouble !== undefined) throw refuse(path, trouble.at.line, trouble.message)
  const lineOf = (index: number): number => of(['cases', index], 'value').line
  return { path, value: document.toJS({ maxAliasCount: MOST_ALIASES }), lineOf }
}

const problemOf = (issues: readonly v.BaseIssue<unknown>[]): string =>
  issues.map(issue => `${v.getDotPath(issue) ?? 'the case'}: ${issue.message}`).join('; ')

type Numbered = { readonly value: unknown; readonly index: number }

const isDrill = (value: unknown): boolean => typeof value === 'object' && value !== null && 'drill' in value

/** A case of a shape at its place in a file; a UserError with its line when it has another one. */
const readAs = <T extends object>(
  shape: v.GenericSchema<unknown, T>,
  { path, lineOf }: Yaml,
  at: Numbered,
): T & { readonly line: number } => {
  const line = lineOf(at.index)
  const result = v.safeParse(shape, at.value)
  if (!result.success) throw refuse(path, line, problemOf(result.issues))
  return { ...result.output, line }
}

const yamlEnding = /\.ya?ml$/i

/** The runbook that a file is about when it does not say: the one that its folder or else itself is named after. */
const namedAfter = (path: string, isRunbook: (name: string) => boolean): string => {
  const folder = basename(dirname(path))
  return isRunbook(folder) ? folder : basename(path).replace(yamlEnding, '')
}

/**
 * Reads the test cases of a YAML file; `undefined` when it has no list `cases`, so that it is no file of cases. A UserError with
 * the line where the file or a case cannot be read. `isRunbook` tells whether a runbook of that name exists.
 */
export const readCaseFile = (path: string, isRunbook: (name: string) => boolean): CaseFile | undefined => {
  const yaml = readYaml(path)
  const shape = v.safeParse(caseFile, yaml?.value)
  if (yaml === undefined || !shape.success) return undefined
  const { runbook, files, cases } = shape.output
  const numbered = cases.map((value, index) => ({ value, index }))
  return {
    path,
    runbook: runbook ?? namedAfter(path, isRunbook),
    recordings: join(dirname(path), files ?? '.'),
    cases: numbered.filter(({ value }) => !isDrill(value)).map(at => readAs(outputCase, yaml, at)),
    drills: numbered
      .filter(({ value }) => isDrill(value))
      .map(at => ({ step: undefined, ...readAs(drillCase, yaml, at) })),
  }
}
