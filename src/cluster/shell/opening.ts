import { OPENING, TARGET } from '../files/redirections.ts'
import type { Command, Statement } from './script.ts'
import { plainText } from './script.ts'

type Redirection = Extract<Command, { type: 'SimpleCommand' }>['redirections'][number]
type Word = Extract<Redirection['target'], { type: 'Word' }>
type Parse = (text: string) => readonly Statement[]

const opensToWrite = new Set(['>', '>>', '>|', '&>', '&>>'])
const simple = new Set(['Literal', 'SingleQuoted', 'DoubleQuoted', 'Escaped', 'ParameterExpansion'])
const isSimple = (part: { readonly type: string }): boolean => simple.has(part.type)

/** The files that a command's redirections write to, as far as their names can be worked out twice. */
const targetsOf = (command: Command): readonly Word[] => {
  if (command.type === 'FunctionDef') return []
  return command.redirections.flatMap(({ operator, target }) => {
    if (target.type !== 'Word' || !opensToWrite.has(operator)) return []
    const isPlain = target.parts.every(
      part => isSimple(part) && (part.type !== 'DoubleQuoted' || part.parts.every(isSimple)),
    )
    return isPlain && plainText(target)?.startsWith('/dev/') !== true ? [target] : []
  })
}

/** A command behind the question whether the files that it writes to can be opened: where not, the shell does not run it. */
export const openedFirst = (command: Command, parse: Parse): Command => {
  const targets = targetsOf(command)
  if (targets.length === 0) return command
  const [model] = parse(`[[ -e "${OPENING}/$PWD/${TARGET}"x ]]`)
  const [pipeline] = model?.pipelines ?? []
  const [question] = pipeline?.commands ?? []
  if (model === undefined || pipeline === undefined || question?.type !== 'ConditionalCommand') return command
  const { expression } = question
  if (expression.type !== 'CondUnary') return command
  const [start] = expression.operand.parts
  if (start === undefined) return command
  const asked = targets.map(({ parts }) => {
    const operand: Word = { type: 'Word', parts: [start, { type: 'Literal', value: 'x' }, ...parts] }
    return { ...pipeline, commands: [{ ...question, expression: { ...expression, operand } }] }
  })
  const then = { ...pipeline, commands: [command] }
  const operators = asked.map(() => '&&' as const)
  return {
    type: 'Group',
    body: [{ ...model, pipelines: [...asked, then], operators }],
    redirections: [],
  }
}
