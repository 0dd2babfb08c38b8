import { fail, nearestWord, type Result, succeed } from '../../base/index.ts'
import type { Branch, Step } from '../../tree/index.ts'

/** How the destination of a branch may be written. */
const targetNames = ({ to }: Branch): readonly string[] =>
  to.kind === 'step' ? [to.ref.step, `${to.ref.runbook}#${to.ref.step}`] : [to.kind]

const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase()

const bare = (text: string): string => plain(text).replace(/^#/, '')

/** What an answer may name, the surest first; the first kind that fits anything decides. */
const matchers: readonly ((branch: Branch, answer: string) => boolean)[] = [
  (branch, answer) => targetNames(branch).includes(bare(answer)),
  ({ label }, answer) => plain(label) === plain(answer),
  ({ label }, answer) => plain(label).includes(plain(answer)),
]

const listOf = ({ branches }: Step): string =>
  branches.map((branch, at) => `${at + 1} ${branch.label || (targetNames(branch)[0] ?? '')}`).join('; ')

const byNumber = (step: Step, number: number): Result<number, string> =>
  Number.isInteger(number) && number >= 1 && number <= step.branches.length
    ? succeed(number - 1)
    : fail(`${step.id} has no branch ${number}; it has ${listOf(step)}`)

/** The branch of a step that an answer names: its number from 1, its destination, or its words; otherwise a sentence with those that there are. */
export const findBranch = (step: Step, answer: string): Result<number, string> => {
  if (step.branches.length === 0) return fail(`${step.id} asks nothing: it has no branches`)
  if (/^\d+$/.test(answer.trim())) return byNumber(step, Number(answer))
  for (const matches of matchers) {
    const fitting = step.branches.flatMap((branch, at) => (matches(branch, answer) ? [at] : []))
    const [only, another] = fitting
    if (only !== undefined && another === undefined) return succeed(only)
    if (only !== undefined)
      return fail(
        `"${answer}" names branches ${fitting.map(at => at + 1).join(' and ')} of ${step.id}; write a number`,
      )
  }
  const near = nearestWord(bare(answer), step.branches.flatMap(targetNames))
  const meant = near === undefined ? `it has ${listOf(step)}` : `did you mean ${near}?`
  return fail(`"${answer}" is no branch of ${step.id}; ${meant}`)
}
