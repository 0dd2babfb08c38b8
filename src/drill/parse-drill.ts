import * as v from 'valibot'
import { LineCounter, parseDocument } from 'yaml'
import { createYamlPlaces, type Diagnostic, type Position, type YamlPath } from '../base/index.ts'
import { type FaultParameters, faults } from '../cluster/index.ts'
import { drillShape, type WrittenDrill } from './drill-shape.ts'
import type { Check, Drill, FaultStep } from './types.ts'

/** What a drill's file gives: the drill when it is right, and what is wrong. */
export type ParsedDrill = { readonly drill: Drill | undefined; readonly diagnostics: readonly Diagnostic[] }

type Problem = { readonly message: string; readonly path: YamlPath }

const problemAt = (code: string, message: string, at: Position): Diagnostic => ({
  code,
  severity: 'error',
  message,
  advice: 'Mend the file of the drill; docs/drills.md describes it.',
  span: { start: at, end: at },
})

/** A pattern between slashes is a regular expression; anything else is looked for as it stands. */
const patternOf = (text: string | undefined): RegExp | undefined => {
  if (text === undefined) return undefined
  const regex = /^\/(.*)\/([im]*)$/s.exec(text)
  if (regex !== null) return new RegExp(regex[1] ?? '', `${regex[2]}`)
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}

const checkOf = ({ run, on, exit, shows, lacks }: WrittenDrill['repaired'][number]): Check => ({
  on,
  line: run,
  exit,
  shows: patternOf(shows),
  lacks: patternOf(lacks),
})

const faultOf = (written: WrittenDrill['faults'][number]): FaultStep => {
  if ('wait' in written && typeof written.wait === 'number') return { kind: 'wait', minutes: written.wait }
  if ('run' in written && typeof written.run === 'string')
    return { kind: 'run', on: String(written.on), line: written.run }
  const [[name = '', parameters] = []] = Object.entries(written as Record<string, FaultParameters>)
  return { kind: 'fault', name, parameters: parameters ?? {} }
}

const drillOf = (name: string, written: WrittenDrill): Drill => ({
  name,
  title: written.title,
  world: written.world,
  layer: written.layer,
  level: written.level,
  node: written.node,
  story: written.story,
  runbook: written.runbook,
  causes: written.causes,
  parMinutes: written.par,
  sinceMinutes: written.since,
  faults: written.faults.map(faultOf),
  repaired: written.repaired.map(checkOf),
  hints: written.hints,
  solution: written.solution,
  otherFix: written['other-fix'],
  wrongFix: written['wrong-fix'],
  scenarios: written.scenarios,
})

const patternProblems = (written: WrittenDrill): readonly Problem[] =>
  written.repaired.flatMap((check, index) =>
    (['shows', 'lacks'] as const).flatMap(field => {
      try {
        patternOf(check[field])
        return []
      } catch (error) {
        return [{ message: `${field}: ${(error as Error).message}`, path: ['repaired', index, field] }]
      }
    }),
  )

const faultProblems = (written: WrittenDrill): readonly Problem[] =>
  written.faults.flatMap((entry, index) => {
    if ('run' in entry || 'wait' in entry) return []
    const [name = ''] = Object.keys(entry)
    return faults[name] === undefined
      ? [
          {
            message: `there is no fault ${name}; known are ${Object.keys(faults).join(', ')}`,
            path: ['faults', index],
          },
        ]
      : []
  })

/** Reads a drill's file (YAML). What is wrong is reported with line and column, and then there is no drill. Never throws. */
export const parseDrill = (name: string, text: string): ParsedDrill => {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const { of, trouble } = createYamlPlaces(document, counter)
  if (trouble !== undefined) {
    const message = `${name} is not right YAML: ${trouble.message}`
    return { drill: undefined, diagnostics: [problemAt('E_DRILL_YAML', message, trouble.at)] }
  }
  const result = v.safeParse(drillShape, document.toJS())
  const found: readonly Problem[] = result.success
    ? [...patternProblems(result.output), ...faultProblems(result.output)]
    : result.issues.map(issue => ({
        message: issue.message,
        path: (issue.path ?? []).map(item => item.key as string | number),
      }))
  const diagnostics = found.map(({ message, path }) =>
    problemAt('E_DRILL_SHAPE', `${path.length === 0 ? name : path.join('.')}: ${message}`, of(path, 'value')),
  )
  const drill = result.success && diagnostics.length === 0 ? drillOf(name, result.output) : undefined
  return { drill, diagnostics }
}
