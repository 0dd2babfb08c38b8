import { withNeighbours } from './neighbours.ts'
import type { Command, Script, SimpleCommand, Statement } from './script.ts'
import { wordsOf } from './script.ts'

/** What is put into a script before it runs. */
export type Instruments = {
  /** Asks at each turn of a loop whether the script may go on. */
  readonly check: readonly Statement[]
  /** Asks the same between statements and leaves `$?` as it is; empty where nothing but a loop could go on for too long. */
  readonly between: readonly Statement[]
  /** Where a loop's output goes at each turn: to somebody who watches. */
  readonly shown: Statement | undefined
  /** Whether each command's output goes there, whatever it stands in. */
  readonly isShownAtOnce?: boolean
  /** Puts a statement that is to run in the background away and gives what begins it. */
  readonly detach: (statement: Statement) => Statement
  /** Keeps the shell's state before an `exit`, which then has the words that it had; `undefined` where the state is of no use. */
  readonly leave: Statement | undefined
}

type Loop = Extract<Command, { type: 'For' | 'CStyleFor' | 'While' | 'Until' }>

const inside = (instruments: Instruments): Instruments => ({
  ...instruments,
  leave: undefined,
  shown: undefined,
})

/** The loop's body as one group whose output goes where that of the model goes. */
const showTurns = (body: readonly Statement[], model: Statement): readonly Statement[] => {
  const [pipeline] = model.pipelines
  const [group] = pipeline?.commands ?? []
  if (pipeline === undefined || group?.type !== 'Group') return body
  return [{ ...model, pipelines: [{ ...pipeline, commands: [{ ...group, body: [...body] }] }] }]
}

const loopBody = (body: readonly Statement[], instruments: Instruments): Statement[] => {
  const { shown } = instruments
  if (instruments.isShownAtOnce === true) return instrumentList(body, instruments)
  const turn = instrumentList(body, { ...instruments, shown: undefined })
  return [...(shown === undefined ? turn : showTurns(turn, shown))]
}

const leaveBy = (exit: Command, leave: Statement): Command => {
  const [pipeline] = leave.pipelines
  const [group] = pipeline?.commands ?? []
  if (group?.type !== 'Group') return exit
  const last: Statement = {
    type: 'Statement',
    pipelines: [{ type: 'Pipeline', commands: [exit], negated: false }],
    operators: [],
    background: false,
  }
  return { ...group, body: [...group.body, last] }
}

const instrumentLoop = (loop: Loop, instruments: Instruments): Loop => {
  const shown = loop.redirections.length === 0 ? instruments.shown : undefined
  const body = loopBody(loop.body, { ...instruments, shown })
  // Before the condition the question hides no `$?` that the body could want.
  return loop.type === 'While' || loop.type === 'Until'
    ? { ...loop, condition: [...instruments.check, ...loop.condition], body }
    : { ...loop, body: [...instruments.check, ...body] }
}

/** The interpreter's own `wait` knows nothing of our jobs; by its path our program is found. */
const waitByProgram = (command: SimpleCommand): Command => ({
  ...command,
  name: { type: 'Word', parts: [{ type: 'Literal', value: '/usr/bin/wait' }] },
})

/** Whether what a compound command says goes where that of its script goes. */
const hasOwnOutput = (command: Command): boolean =>
  !('redirections' in command) || command.redirections.length === 0

const instrumentCommand = (command: Command, instruments: Instruments): Command => {
  const stays = instruments.isShownAtOnce === true && hasOwnOutput(command)
  const shown = stays ? instruments.shown : undefined
  const within = (body: readonly Statement[]): Statement[] => instrumentList(body, { ...instruments, shown })
  switch (command.type) {
    case 'SimpleCommand':
      if (wordsOf(command)[0] === 'wait') return waitByProgram(command)
      return instruments.leave !== undefined && wordsOf(command)[0] === 'exit'
        ? leaveBy(command, instruments.leave)
        : command
    case 'If':
      return {
        ...command,
        clauses: command.clauses.map(({ condition, body }) => ({ condition, body: within(body) })),
        elseBody: command.elseBody === null ? null : within(command.elseBody),
      }
    case 'For':
    case 'CStyleFor':
    case 'While':
    case 'Until':
      return instrumentLoop(command, instruments)
    case 'Case':
      return { ...command, items: command.items.map(item => ({ ...item, body: within(item.body) })) }
    case 'Group':
      return { ...command, body: within(command.body) }
    case 'Subshell':
      return { ...command, body: instrumentList(command.body, inside(instruments)) }
    case 'FunctionDef': {
      const body = instrumentCommand(command.body, { ...instruments, shown: undefined })
      return { ...command, body: body as typeof command.body }
    }
    default:
      return command
  }
}

const instrumentStatement = (statement: Statement, instruments: Instruments): Statement => ({
  ...statement,
  pipelines: statement.pipelines.map(pipeline => {
    const isAlone = pipeline.commands.length === 1
    const here = isAlone ? instruments : inside(instruments)
    return {
      ...pipeline,
      commands: pipeline.commands.map((command, _, all) =>
        instrumentCommand(withNeighbours(command, all), here),
      ),
    }
  }),
})

/** Whether a statement asks how the parts of the one before it ended, which nothing may come between. */
const looksBack = (statement: Statement, { between }: Instruments): boolean =>
  between.length > 0 && JSON.stringify(statement).includes('"PIPESTATUS')

const isSimple = ({ pipelines, background }: Statement): boolean =>
  !background && pipelines.every(({ commands }) => commands.every(({ type }) => type === 'SimpleCommand'))

/** A statement whose output is to be seen at once. */
const atOnce = (statement: Statement, { shown, isShownAtOnce }: Instruments): readonly Statement[] =>
  isShownAtOnce === true && shown !== undefined ? showTurns([statement], shown) : [statement]

const instrumentList = (list: readonly Statement[], instruments: Instruments): Statement[] =>
  list.flatMap((statement, index) => {
    const done = statement.background
      ? instruments.detach({ ...statement, background: false })
      : instrumentStatement(statement, instruments)
    const seen = isSimple(statement) ? atOnce(done, instruments) : [done]
    return index > 0 && !looksBack(statement, instruments) ? [...instruments.between, ...seen] : seen
  })

/** A script that asks on its way whether it may go on, and keeps what would be lost when it leaves. */
export const instrumentScript = (script: Script, instruments: Instruments): Script => ({
  ...script,
  statements: instrumentList(script.statements, instruments),
})
