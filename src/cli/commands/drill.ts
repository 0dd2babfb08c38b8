import { nearestWord } from '../../base/index.ts'
import type { Invocation, RunWithSettings } from '../command.ts'
import { UserError } from '../user-error.ts'

/** What a subcommand runs with: the operands behind its name. */
type Subcommand = (operands: readonly string[], invocation: Invocation) => Promise<number> | number

const usage = (message: string, hint = '"runtree drill --help" shows how it is written.'): UserError =>
  new UserError({ code: 'E_CLI_USAGE', message, hint })

const nameIn = (operands: readonly string[]): string => {
  const [name, ...rest] = operands
  if (name === undefined)
    throw usage('The name of a drill is missing.', '"runtree drill list" lists the drills.')
  if (rest.length > 0) throw usage(`"${rest[0]}" is one word too many.`)
  return name
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  pick: async (_, invocation) => (await import('../drill/drill-pick.ts')).drillPick(invocation),
  list: async (_, invocation) => (await import('../drill/drill-list.ts')).drillList(invocation),
  exec: async ([name = 'healthy', ...lines], invocation) =>
    (await import('../drill/drill-exec.ts')).drillExec(name, lines, invocation),
  solve: async (operands, invocation) =>
    (await import('../drill/drill-solve.ts')).drillSolve(nameIn(operands), invocation),
  scores: async (_, invocation) => (await import('../drill/drill-scores.ts')).drillScores(invocation),
  start: async (operands, invocation) => {
    const name = nameIn(operands)
    const isScripted = invocation.flags.has('headless') || invocation.values.has('script')
    if (!isScripted) return (await import('../drill/drill-start.ts')).drillStart(name, invocation)
    return (await import('../drill/drill-script.ts')).drillScript(name, invocation)
  },
}

/** `runtree drill …`: fire drills on the simulated cluster. */
export const runDrill: RunWithSettings = async invocation => {
  const [word = 'pick', ...operands] = invocation.operands
  const subcommand = Object.hasOwn(subcommands, word) ? subcommands[word] : undefined
  if (subcommand !== undefined) return subcommand(operands, invocation)
  const near = nearestWord(word, Object.keys(subcommands))
  throw usage(
    `There is no "drill ${word}".`,
    near === undefined
      ? '"runtree drill --help" shows how it is written.'
      : `Did you mean "runtree drill ${near}"?`,
  )
}
