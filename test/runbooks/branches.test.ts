import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Case } from '../../src/cli/cases/types.ts'
import { isFixStep } from '../../src/session/index.ts'
import type { Branch, Step } from '../../src/tree/index.ts'
import {
  judgeOutputs,
  library,
  loadCases,
  nameOf,
  runbookOf,
  stepNamed,
  stepOf,
  testedRunbooks,
} from './kit.ts'

const isFix = (step: Step): boolean => isFixStep(step, new Map())
const isMachines = ({ condition }: Branch): boolean => ['cause', 'fact', 'text'].includes(condition.kind)

const name = ({ step, outputs, expect: { goes } }: Case): string =>
  `${step} → ${goes}: ${outputs.map(({ run, file, out, err }) => `${run} ${file ?? (out ?? err ?? '').slice(0, 40)}`).join(' + ')}`

const casesOf = (runbook: string): readonly Case[] =>
  readdirSync(new URL(`${runbook}/`, import.meta.url))
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => loadCases(`${runbook}/${file}`))

describe.each(testedRunbooks)('%s', runbook => {
  const tree = runbookOf(runbook)
  const cases = casesOf(runbook)

  describe('branches', () => {
    test.each(cases.map(item => [name(item), item] as const))('%s', (_, item) => {
      const judged = judgeOutputs(tree, stepOf(tree, item.step), item.outputs)
      expect(judged.goes).toBe(item.expect.goes)
      expect(judged.causes).toEqual(expect.arrayContaining([...(item.expect.causes ?? [])]))
    })

    const judgedBy = new Map(
      tree.steps.map(step => [
        step.id,
        cases
          .filter(item => item.step === step.id)
          .map(item => judgeOutputs(tree, step, item.outputs).judgement),
      ]),
    )
    const conditions = tree.steps
      .filter(step => !isFix(step))
      .flatMap(step =>
        step.branches.flatMap((branch, at) => (isMachines(branch) ? [{ step, branch, at }] : [])),
      )
      .map(({ step, branch, at }) => [step.id, branch.when, at] as const)

    test.each(conditions)('%s has a case that takes, and one that does not take, `%s`', (id, _, at) => {
      const judgements = judgedBy.get(id) ?? []
      expect(judgements.filter(({ recommended }) => recommended === at).length, 'taken').toBeGreaterThan(0)
      expect(
        judgements.filter(({ verdicts }) => verdicts[at]?.status !== 'holds').length,
        'not',
      ).toBeGreaterThan(0)
    })
  })

  describe('fixes', () => {
    const fixes = tree.steps.filter(isFix)

    test('are not where triage begins', () => {
      expect(fixes.map(({ id }) => id)).not.toContain(tree.start)
    })

    test.each(fixes.map(step => [step.id, step] as const))(
      '%s leads to a check that reads when it worked',
      (_, step) => {
        const run = step.commands[0]?.run ?? ''
        const goes = judgeOutputs(tree, step, [{ run, exit: 0 }]).goes
        expect(stepNamed(tree, goes).commands.length).toBeGreaterThan(0)
        expect(isFix(stepNamed(tree, goes))).toBe(false)
      },
    )

    test.each(fixes.map(step => [step.id, step] as const))('%s leads elsewhere when it failed', (_, step) => {
      const run = step.commands[0]?.run ?? ''
      const worked = judgeOutputs(tree, step, [{ run, exit: 0 }]).goes
      const failed = judgeOutputs(tree, step, [{ run, exit: 1, err: 'failed' }]).goes
      expect(['ask', worked]).not.toContain(failed)
    })

    test.each(fixes.map(step => [step.id, step.explanation] as const))(
      '%s says what it changes and how to undo it',
      (_, text) => {
        expect(text).toMatch(/\*\*Changes:\*\*/)
        expect(text).toMatch(/\*\*Undo:\*\*/)
      },
    )
  })

  describe('ways', () => {
    test('lead from every symptom to a step that is there', () => {
      const ends = tree.symptoms.flatMap(({ go }) => (go.kind === 'step' ? [go.ref] : []))
      expect(ends.filter(({ runbook, step }) => !library.trees.get(runbook)?.stepById.has(step))).toEqual([])
    })

    test('end at a step, or at one of the two ends', () => {
      const goes = tree.steps.flatMap(step => step.branches.map(branch => nameOf(tree, branch)))
      for (const id of goes) if (!['resolved', 'escalate'].includes(id)) stepNamed(tree, id)
    })
  })
})
