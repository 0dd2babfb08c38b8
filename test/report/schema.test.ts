import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CloseStatus, Intent } from '../../src/session/index.ts'
import { begun, dfOutput, exited, printed } from '../session/kit.ts'
import { context, drilled, reportOf, told } from './kit.ts'

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'))

/** The schema with every object closed, so that a field that it does not describe is an error too. */
const closed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => [key, closed(value)])
  const isObject = 'properties' in node && !('additionalProperties' in node)
  return Object.fromEntries(isObject ? [...entries, ['additionalProperties', false]] : entries)
}

const ajv = new Ajv2020({ strict: true, allErrors: true })
const validate = ajv.compile(closed(schema) as object)

const problems = (report: unknown): unknown => {
  validate(JSON.parse(JSON.stringify(report)))
  return validate.errors ?? []
}

const statuses: readonly CloseStatus[] = [
  'healthy',
  'resolved',
  'problem-found',
  'escalated',
  'asked',
  'failed',
  'interrupted',
  'left',
]

const intents: fc.Arbitrary<Intent> = fc.oneof(
  fc.constantFrom<Intent>(
    { type: 'run-command', commandId: 'disk/1' },
    { type: 'run-command', commandId: 'disk/2' },
    { type: 'run-ad-hoc', line: 'uptime' },
    { type: 'answer-approval', answer: 'run' },
    { type: 'answer-approval', answer: 'no' },
    { type: 'take-recommended' },
    { type: 'go-next' },
    { type: 'go-back' },
    { type: 'cancel-run' },
    { type: 'add-note', text: 'seen' },
  ),
  fc.constantFrom(...statuses).map((status): Intent => ({ type: 'close', status })),
)

/** Intents, and between them the end of what runs. */
const deeds = fc.array(
  fc.oneof(intents, fc.constantFrom(dfOutput(97), dfOutput(20), 'df: cannot read', '')),
  { maxLength: 25 },
)

describe('the schema of reports', () => {
  it('fits a triage and a drill', () => {
    expect(problems(told())).toEqual([])
    expect(problems(drilled())).toEqual([])
  })

  it('refuses what is no report', () => {
    expect(problems({ ...told(), status: 'fine' })).not.toEqual([])
    expect(problems({ ...told(), extra: 1 })).not.toEqual([])
    expect(problems({ ...drilled(), points: 101 })).not.toEqual([])
  })

  it('fits whatever a session went through', () => {
    fc.assert(
      fc.property(deeds, all => {
        const play = begun(context, 'disk')
        const outputs: Record<string, ReturnType<typeof printed>> = {}
        for (const deed of all) {
          const running = [...play.session().runs.values()].find(({ phase }) => phase === 'running')
          if (typeof deed !== 'string') play.attempt(deed)
          else if (running !== undefined) {
            outputs[running.runId] = printed(deed)
            play.finish(deed, exited(deed === '' ? 1 : 0))
          }
        }
        expect(problems(reportOf({ events: play.events(), session: play.session(), outputs }))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
